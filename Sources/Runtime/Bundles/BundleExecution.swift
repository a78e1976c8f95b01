import OCI

/// What is asked of the runtime when a further process is to run in a container.
public struct BundleExecution: Sendable {
    /// The container's name.
    public var id: String
    /// What runs.
    public var process: OCI.Process
    /// A unix socket that gets the terminal's master.
    public var consoleSocket: String?
    /// Gets the process's number.
    public var pidFile: String?
    /// Further descriptors for the program, beginning with 3.
    public var preservedDescriptors = 0
    /// A cgroup below the container's, after the names of controllers and a colon where version 1 has several.
    public var subgroups: [String] = []
    /// A paused container takes the process too, which then waits.
    public var ignoresPause = false

    /// Describes a process.
    public init(id: String, process: OCI.Process) {
        self.id = id
        self.process = process
    }
}
