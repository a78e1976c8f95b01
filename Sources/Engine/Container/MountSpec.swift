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

    /// Where the content comes from.
    public var source: Source
    /// Absolute path in the container.
    public var target: String
    /// Writes are refused.
    public var readOnly: Bool
    /// How mounts made later beneath it travel between host and container.
    public var propagation: Propagation

    /// Makes a mount.
    public init(source: Source, target: String, readOnly: Bool = false, propagation: Propagation = .rprivate) {
        self.source = source
        self.target = target
        self.readOnly = readOnly
        self.propagation = propagation
    }
}
