/// Something mounted into a container (`-v`, `--mount`, `--tmpfs`).
public struct MountSpec: Sendable, Hashable, Codable {
    /// Where the content comes from.
    public enum Source: Sendable, Hashable, Codable {
        /// A file or directory of the host, by absolute path. `createMissing` is `-v`'s habit of making
        /// a directory that is not there; `--mount` refuses instead.
        case bind(path: String, createMissing: Bool)
        /// Memory; `size` in bytes and `mode` in octal permission bits where given.
        case tmpfs(size: Int64?, mode: UInt32?)
        /// A volume; it is made when it is missing.
        case volume(VolumeMount)
    }

    /// A volume as a container mounts it.
    public struct VolumeMount: Sendable, Hashable, Codable {
        /// `nil`: an anonymous one, made for this container.
        public var name: String?
        /// What the image has at the target is not copied into an empty volume (`nocopy`).
        public var noCopy: Bool
        /// A directory within the volume (`volume-subpath`).
        public var subpath: String?
        /// Driver, options and labels of a volume that is made here.
        public var spec: VolumeSpec

        /// Names a volume.
        public init(name: String?, noCopy: Bool = false, subpath: String? = nil, spec: VolumeSpec = VolumeSpec()) {
            self.name = name
            self.noCopy = noCopy
            self.subpath = subpath
            self.spec = spec
        }
    }

    /// Mount propagation of a bind, by the kernel's names (shared-subtree documentation).
    public enum Propagation: String, Sendable, Hashable, Codable {
        case `private`, rprivate, slave, rslave, shared, rshared
    }

    /// What becomes of the mounts that lie beneath a bind's source (`bind-recursive`).
    public enum Recursion: String, Sendable, Hashable, Codable {
        /// They come along; read-only with a read-only bind where the kernel can do that.
        case enabled
        /// They stay away.
        case disabled
        /// They come along and stay writable beneath a read-only bind.
        case writable
        /// They come along and are read-only, or the container does not start.
        case readonly
    }

    /// How the mount was asked for, which decides where `inspect` shows it.
    public enum Origin: Sendable, Hashable, Codable {
        /// `-v`, with what stood behind its last colon.
        case volumeOption(mode: String)
        /// `--mount`.
        case mountOption
        /// `--tmpfs`, with what stood behind its colon.
        case tmpfsOption(options: String)
        /// The image's `VOLUME`.
        case image
        /// `--volumes-from`.
        case inherited
    }

    /// Where the content comes from.
    public var source: Source
    /// Absolute path in the container.
    public var target: String
    /// Writes are refused.
    public var readOnly: Bool
    /// How mounts made later beneath it travel between host and container.
    public var propagation: Propagation
    /// Of a bind; `nil` is `.enabled`.
    public var recursion: Recursion?
    /// Further options of a tmpfs as mount(8) spells them: `exec`, `uid=1000`.
    public var options: [String]?
    /// `nil` as `.mountOption`.
    public var origin: Origin?

    /// Makes a mount.
    public init(
        source: Source, target: String, readOnly: Bool = false, propagation: Propagation = .rprivate,
        recursion: Recursion? = nil, options: [String]? = nil, origin: Origin? = nil
    ) {
        self.source = source
        self.target = target
        self.readOnly = readOnly
        self.propagation = propagation
        self.recursion = recursion
        self.options = options
        self.origin = origin
    }

    /// The volume's name; `nil` for what is none and for one that is still to be named.
    public var volumeName: String? {
        if case .volume(let volume) = source { volume.name } else { nil }
    }
}
