/// RUN.
public struct RunInstruction: Sendable, Hashable {
    /// What is run. Of the shell form with here-documents this is the text without their bodies: `python3 <<EOF`.
    public var command: CommandLine
    /// Its here-documents, in order.
    public var hereDocuments: [HereDocument]
    /// `--mount`.
    public var mounts: [RunMount]
    /// `--network`: `default`, `none`, `host`.
    public var network: String?
    /// `--security`: `insecure`, `sandbox`.
    public var security: String?

    /// Makes the instruction.
    public init(
        command: CommandLine, hereDocuments: [HereDocument] = [], mounts: [RunMount] = [], network: String? = nil,
        security: String? = nil
    ) {
        self.command = command
        self.hereDocuments = hereDocuments
        self.mounts = mounts
        self.network = network
        self.security = security
    }
}

/// One `RUN --mount`. Texts are as written, to be expanded.
public struct RunMount: Sendable, Hashable {
    /// What is mounted.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case bind, cache, tmpfs, secret, ssh
    }

    /// Who may use a cache at the same time.
    public enum Sharing: String, Sendable, Hashable, CaseIterable {
        case shared, `private`, locked
    }

    /// What is mounted.
    public var kind: Kind
    /// Of a cache, a secret, an agent.
    public var id: String?
    /// Where in the container.
    public var target: String?
    /// A stage, an image or a named context; `nil` is the context, of a cache nothing.
    public var from: String?
    /// A path within `from`; of a secret not used.
    public var source: String?
    /// Writes are refused, or of a bind: written and thrown away.
    public var readOnly: Bool?
    /// Of a cache.
    public var sharing: Sharing?
    /// Of a secret, an agent: the build fails without it.
    public var required: Bool
    /// Permission bits of a secret, an agent, a new cache.
    public var mode: UInt32?
    /// Owner of a secret, an agent, a new cache.
    public var uid: UInt32?
    /// Group of a secret, an agent, a new cache.
    public var gid: UInt32?
    /// Bytes of a tmpfs.
    public var size: Int64?
    /// The variable that a secret is given in.
    public var environment: String?
    /// As it is written.
    public var original: String

    /// Makes a mount of which nothing is said.
    public init(kind: Kind, original: String) {
        self.kind = kind
        self.original = original
        required = false
    }
}
