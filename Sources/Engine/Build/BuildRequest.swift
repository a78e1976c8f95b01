/// What an image is to be built from, and what becomes of it (`docker build`).
public struct BuildRequest: Sendable, Hashable {
    /// Where `COPY` and `ADD` find files.
    public enum Context: Sendable, Hashable {
        /// A directory, by absolute path.
        case directory(String)
        /// A tar archive, plain or compressed, on an open descriptor (`-` on standard input).
        case archive(descriptor: Int32)
        /// A git repository or an archive's URL, as docker spells them: `https://host/repo.git#ref:directory`.
        case remote(String)
        /// None: the Dockerfile alone.
        case empty
    }

    /// Where the Dockerfile is.
    public enum File: Sendable, Hashable {
        /// `Dockerfile` at the top of the context (or `Containerfile`).
        case standard
        /// A path: absolute, or within a context that is no directory.
        case path(String)
        /// Its text, read from somewhere else (`-f -`).
        case text([UInt8])
    }

    /// How a step's network is made.
    public enum Network: String, Sendable, Hashable, CaseIterable {
        case `default`, none, host
    }

    /// Where `COPY` and `ADD` find files.
    public var context: Context
    /// Where the Dockerfile is.
    public var file: File = .standard
    /// Names that the image gets: `name[:tag]`.
    public var tags: [String] = []
    /// The stage to build; `nil` is the last.
    public var target: String?
    /// `--build-arg`: values of ARGs.
    public var arguments: [String: String] = [:]
    /// Labels of the image.
    public var labels: [String: String] = [:]
    /// `os/architecture[/variant]`; `nil` is the host's.
    public var platform: String?
    /// What RUN's secret mounts give, by identifier.
    public var secrets: [String: BuildSecret] = [:]
    /// Sockets of ssh agents that RUN's ssh mounts give, by identifier; the usual one is `default`.
    public var sshAgents: [String: String] = [:]
    /// Nothing is taken from the cache.
    public var noCache = false
    /// Stages for which nothing is taken from the cache.
    public var noCacheFilter: [String] = []
    /// Base images are asked for in their registries even when they are here.
    public var pull = false
    /// Of RUN steps that name none.
    public var network = Network.default
    /// Other caches to take steps from.
    public var cacheFrom: [BuildCacheLocation] = []
    /// Where the steps are put as a cache for others.
    public var cacheTo: [BuildCacheLocation] = []
    /// What is made of the result; empty: an image in the store.
    public var outputs: [BuildOutput] = []
    /// The layers that the build adds become one.
    public var squash = false
    /// Further contexts by name (`--build-context`): a directory's absolute path, `docker-image://name`,
    /// `oci-layout://path`, or a URL.
    public var namedContexts: [String: String] = [:]
    /// Lines for RUN's /etc/hosts, `name:address` (`--add-host`).
    public var extraHosts: [String] = []
    /// Limits of RUN steps.
    public var limits = ResourceLimits()
    /// Bytes of RUN's /dev/shm; `nil` is 64 MiB.
    public var sharedMemory: Int64?
    /// Limits of RUN's processes (`--ulimit`): `nofile=1024:2048`.
    public var ulimits: [String] = []
    /// What a Dockerfile may ask for beyond the usual: `security.insecure`, `network.host` (`--allow`).
    public var entitlements: Set<String> = []
    /// Seconds since 1970 that stand for every newer time in the image (SOURCE_DATE_EPOCH).
    public var sourceDateEpoch: Int64?
    /// Steps that run at once at most; `nil` is as many as there are processors.
    public var parallelism: Int?

    /// Makes a request with docker's defaults.
    public init(context: Context) { self.context = context }
}

/// A secret for RUN's secret mounts.
public enum BuildSecret: Sendable, Hashable {
    /// A file's content, by absolute path; read when it is asked for.
    case file(String)
    /// A value, as of a variable of the environment.
    case value([UInt8])
}

/// A cache elsewhere (`--cache-from`, `--cache-to`).
public enum BuildCacheLocation: Sendable, Hashable {
    /// A reference in a registry; `max`: steps of all stages and not of the result alone.
    case registry(reference: String, isComplete: Bool)
    /// A directory, an OCI image layout, by absolute path.
    case directory(path: String, isComplete: Bool)
}

/// What becomes of a built file system (`--output`).
public enum BuildOutput: Sendable, Hashable {
    /// An image in the store, with these names beside the request's tags; with `push` it goes to its registry as well.
    case image(names: [String], push: Bool)
    /// Its files, beneath a directory, by absolute path.
    case local(path: String)
    /// Its files as a tar archive.
    case tar(ImageSaveTarget)
    /// The image as an OCI archive; with `unpacked`, an OCI image layout in a directory.
    case oci(ImageSaveTarget, unpacked: Bool)
    /// The image as `docker save` writes it.
    case docker(ImageSaveTarget)
    /// Nothing: the build was all.
    case none
}
