import Foundation

/// The programs of this build, beside the test bundle.
package enum Programs {
    /// Where they are.
    package static let directory: String = {
        let executable = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        return (executable as NSString).deletingLastPathComponent
    }()

    package static let spyhop = directory + "/spyhop"

    /// The path of a program of this machine; nil when it is not installed.
    package static func installed(_ name: String) -> String? {
        ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"].map { "\($0)/\(name)" }
            .first { access($0, X_OK) == 0 }
    }
}
