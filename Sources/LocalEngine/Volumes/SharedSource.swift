import Engine
import LinuxSystem

/// Whether mounts made below a path can travel to others: whether it lies on a shared mount (proc_pid_mountinfo(5)).
enum SharedSource {
    /// Refuses binds that want to share mounts with the host where their source cannot.
    static func check(_ mounts: [MountSpec]) throws(EngineError) {
        let wanted = mounts.filter { $0.propagation == .shared || $0.propagation == .rshared }
        guard !wanted.isEmpty else { return }
        let table = try inWords("read the mounts") { () throws(SystemError) in
            try Files.readText("/proc/self/mountinfo")
        }
        for mount in wanted {
            guard case .bind(let path, _) = mount.source else {
                throw EngineError(.invalidArgument, "only binds can share mounts, not what is at \(mount.target)")
            }
            guard let found = holder(of: path, in: table) else { continue }
            guard found.isShared else {
                throw EngineError(
                    .invalidArgument, "path \(path) is mounted on \(found.place) but it is not a shared mount",
                    hint: "mount --make-rshared \(found.place) makes it one")
            }
        }
    }

    /// The mount that a path lies on. Of two on one place the later one is on top.
    static func holder(of path: String, in table: String) -> (place: String, isShared: Bool)? {
        var best: (place: String, isShared: Bool)?
        for line in table.split(separator: "\n") {
            let fields = line.split(separator: " ")
            guard fields.count > 6 else { continue }
            let place = unescaped(String(fields[4]))
            guard place == "/" || path == place || path.hasPrefix(place + "/"),
                place.utf8.count >= (best?.place.utf8.count ?? 0)
            else { continue }
            let tags = fields[6...].prefix { $0 != "-" }
            best = (place, tags.contains { $0.hasPrefix("shared:") })
        }
        return best
    }

    /// The kernel writes blanks and backslashes as octal.
    private static func unescaped(_ text: String) -> String {
        guard text.contains("\\") else { return text }
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            let digits = rest.prefix(3)
            if byte == 0x5C, digits.count == 3, let code = UInt8(String(decoding: digits, as: UTF8.self), radix: 8) {
                bytes.append(code)
                rest = rest.dropFirst(3)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
