/// What is asked of the runtime when a container is created.
public struct BundleCreation: Sendable {
    /// The container's name.
    public var id: String
    /// The bundle's directory.
    public var bundle: String
    /// The container waits to be started; otherwise its program runs at once.
    public var waits: Bool
    /// Nobody stays to carry the terminal's output on.
    public var isDetached = false
    /// A unix socket that gets the terminal's master.
    public var consoleSocket: String?
    /// Gets the first process's number.
    public var pidFile: String?
    /// Further descriptors for the program, beginning with 3.
    public var preservedDescriptors = 0
    /// `NAME=value`, added to the process's environment.
    public var environment: [String] = []
    /// The root is moved instead of pivoted.
    public var noPivot = false
    /// The caller's session keyring is kept.
    public var keepsKeyring = false

    /// Describes a creation.
    public init(id: String, bundle: String, waits: Bool) {
        self.id = id
        self.bundle = bundle
        self.waits = waits
    }
}
