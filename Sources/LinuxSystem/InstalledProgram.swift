import Glibc

/// Programs of the host that do a part of the work.
public enum InstalledProgram {
    /// Where a program is: in `searchPath` (a PATH), else where distributions keep such; `nil` when nowhere.
    public static func find(_ name: String, searchPath: String? = nil) -> String? {
        let places =
            (searchPath ?? "").split(separator: ":").map(String.init).filter { $0.hasPrefix("/") }
            + ["/usr/bin", "/bin", "/usr/local/bin", "/usr/sbin", "/sbin", "/run/wrappers/bin"]
        return places.lazy.map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
    }
}
