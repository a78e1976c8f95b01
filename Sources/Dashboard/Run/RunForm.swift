/// What a person has filled in to run a container, each field as it was typed.
public struct RunForm: Sendable, Hashable {
    /// The fields, in the order of the form.
    public enum Field: String, Sendable, Hashable, CaseIterable {
        case image, name, command, ports, environment, volumes, network, restart, autoRemove
    }

    /// Why it cannot be run: a sentence for each field that is wrong.
    public struct Refusal: Error, Sendable, Hashable {
        /// By field.
        public var reasons: [Field: String]

        /// Makes a refusal.
        public init(_ reasons: [Field: String]) { self.reasons = reasons }
    }

    /// `name[:tag]` or an identifier.
    public var image = ""
    /// Empty: one is made up.
    public var name = ""
    /// Words as a shell splits them; empty is the image's.
    public var command = ""
    /// What `-p` takes, with blanks between.
    public var ports = ""
    /// What `-e` takes, with blanks between.
    public var environment = ""
    /// What `-v` takes, with blanks between.
    public var volumes = ""
    /// What `--network` takes; empty is the usual.
    public var network = ""
    /// What `--restart` takes.
    public var restart = "no"
    /// `--rm`.
    public var autoRemove = false

    /// An empty form.
    public init() {}
}
