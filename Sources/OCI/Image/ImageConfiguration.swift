/// An image's configuration: what to run and of which layers it is made (image-spec, config.md).
public struct ImageConfiguration: Sendable, Hashable, Codable {
    /// RFC 3339.
    public var created: String?
    /// Who made it.
    public var author: String?
    /// GOARCH: `amd64`, `arm64`.
    public var architecture: String
    /// GOOS: `linux`.
    public var os: String
    /// The version of the system, for Windows.
    public var osVersion: String?
    /// What the system must offer, for Windows.
    public var osFeatures: [String]?
    /// The processor's variant: `v7`, `v8`.
    public var variant: String?
    /// The defaults of containers.
    public var config: ExecutionDefaults?
    /// The layers.
    public var rootfs: RootFS
    /// How the layers came about, oldest first.
    public var history: [History]?

    enum CodingKeys: String, CodingKey {
        case created, author, architecture, os, variant, config, rootfs, history
        case osVersion = "os.version"
        case osFeatures = "os.features"
    }

    /// Makes a configuration.
    public init(
        created: String? = nil, author: String? = nil, architecture: String, os: String, variant: String? = nil,
        config: ExecutionDefaults? = nil, rootfs: RootFS, history: [History]? = nil
    ) {
        self.created = created
        self.author = author
        self.architecture = architecture
        self.os = os
        self.variant = variant
        self.config = config
        self.rootfs = rootfs
        self.history = history
    }

    /// The layers by the digests of their uncompressed archives, lowest first.
    public struct RootFS: Sendable, Hashable, Codable {
        /// Always `layers`.
        public var type: String
        /// Digests of the uncompressed archives, lowest layer first.
        public var diffIDs: [String]

        enum CodingKeys: String, CodingKey {
            case type
            case diffIDs = "diff_ids"
        }

        /// Names the layers.
        public init(diffIDs: [String]) {
            type = "layers"
            self.diffIDs = diffIDs
        }
    }

    /// How one layer, or a change without a layer, came about.
    public struct History: Sendable, Hashable, Codable {
        /// RFC 3339.
        public var created: String?
        /// The command that made it.
        public var createdBy: String?
        /// Who made it.
        public var author: String?
        /// A free note.
        public var comment: String?
        /// It changed the configuration alone: there is no layer for it.
        public var emptyLayer: Bool?

        enum CodingKeys: String, CodingKey {
            case created, author, comment
            case createdBy = "created_by"
            case emptyLayer = "empty_layer"
        }

        /// Makes one entry.
        public init(
            created: String? = nil, createdBy: String? = nil, author: String? = nil, comment: String? = nil,
            emptyLayer: Bool? = nil
        ) {
            self.created = created
            self.createdBy = createdBy
            self.author = author
            self.comment = comment
            self.emptyLayer = emptyLayer
        }
    }
}
