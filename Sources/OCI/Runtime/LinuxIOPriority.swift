/// The I/O priority of the process (runtime-spec, config.md, "ioPriority"; ioprio_set(2)).
public struct LinuxIOPriority: Sendable, Hashable, Codable {
    /// `IOPRIO_CLASS_RT`, `IOPRIO_CLASS_BE` or `IOPRIO_CLASS_IDLE`.
    public var `class`: String
    /// 0, the most, to 7.
    public var priority: Int?

    /// Makes a priority.
    public init(`class`: String, priority: Int? = nil) {
        self.class = `class`
        self.priority = priority
    }
}
