import Engine

/// A place for a container's cgroup that somebody named: `cgroupsPath` of the runtime-spec, or `--cgroup-parent`.
///
/// With a slash in front it counts from each hierarchy's mount point, without one from the caller's own place (on version
/// 2 from the nearest ancestor that may give controllers to children, see `CgroupPlacement`).
public struct CgroupPath: Sendable, Hashable {
    /// The path as it was given.
    public let text: String

    /// Takes a path of cgroup names.
    /// - Parameter field: what it is called in words about it.
    /// - Throws: `.invalidArgument` for what climbs (`..`), names nothing, or has a NUL or a line's end in it.
    public init(_ text: String, field: String = "cgroup path") throws(EngineError) {
        let isSafe =
            !text.utf8.contains(0) && !text.utf8.contains(0x0a)
            && !text.split(separator: "/").contains { $0 == ".." || $0 == "." }
        guard isSafe, text.contains(where: { $0 != "/" }) else {
            throw EngineError(.invalidArgument, "\(field) '\(text)' is not a path of cgroup names")
        }
        self.text = text
    }

    var isAbsolute: Bool { text.hasPrefix("/") }

    /// The directory it names in a hierarchy where the caller stands at `own`.
    func directory(mountPoint: String, own: String) -> String {
        let names = text.split(separator: "/").joined(separator: "/")
        return (isAbsolute ? mountPoint : own) + "/" + names
    }
}
