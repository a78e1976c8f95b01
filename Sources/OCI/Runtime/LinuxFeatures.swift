/// What a runtime can do on Linux (runtime-spec, features-linux.md).
public struct LinuxFeatures: Sendable, Hashable, Codable {
    /// Kinds of namespaces.
    public var namespaces: [String]?
    /// Capabilities by name.
    public var capabilities: [String]?
    /// Control groups.
    public var cgroup: Cgroup?
    /// Seccomp filters.
    public var seccomp: Seccomp?
    /// AppArmor profiles.
    public var apparmor: Enabled?
    /// SELinux labels.
    public var selinux: Enabled?
    /// Shares of caches.
    public var intelRdt: Enabled?
    /// Further members of mounts.
    public var mountExtensions: MountExtensions?

    /// Makes a description.
    public init(
        namespaces: [String]? = nil, capabilities: [String]? = nil, cgroup: Cgroup? = nil, seccomp: Seccomp? = nil,
        apparmor: Enabled? = nil, selinux: Enabled? = nil, intelRdt: Enabled? = nil,
        mountExtensions: MountExtensions? = nil
    ) {
        self.namespaces = namespaces
        self.capabilities = capabilities
        self.cgroup = cgroup
        self.seccomp = seccomp
        self.apparmor = apparmor
        self.selinux = selinux
        self.intelRdt = intelRdt
        self.mountExtensions = mountExtensions
    }

    /// Something that is there or not.
    public struct Enabled: Sendable, Hashable, Codable {
        /// The runtime was built with it.
        public var enabled: Bool?

        /// Makes the answer.
        public init(enabled: Bool? = nil) { self.enabled = enabled }
    }

    /// Control groups.
    public struct Cgroup: Sendable, Hashable, Codable {
        /// Version 1.
        public var v1: Bool?
        /// Version 2.
        public var v2: Bool?
        /// Through systemd's system manager.
        public var systemd: Bool?
        /// Through a user's systemd.
        public var systemdUser: Bool?
        /// The RDMA controller.
        public var rdma: Bool?

        /// Makes the answers.
        public init(
            v1: Bool? = nil, v2: Bool? = nil, systemd: Bool? = nil, systemdUser: Bool? = nil, rdma: Bool? = nil
        ) {
            self.v1 = v1
            self.v2 = v2
            self.systemd = systemd
            self.systemdUser = systemdUser
            self.rdma = rdma
        }
    }

    /// Seccomp filters.
    public struct Seccomp: Sendable, Hashable, Codable {
        /// The runtime was built with it.
        public var enabled: Bool?
        /// `SCMP_ACT_ALLOW` and the like.
        public var actions: [String]?
        /// `SCMP_CMP_EQ` and the like.
        public var operators: [String]?
        /// `SCMP_ARCH_X86_64` and the like.
        public var archs: [String]?
        /// Flags that the runtime has heard of.
        public var knownFlags: [String]?
        /// Flags that it and the kernel take.
        public var supportedFlags: [String]?

        /// Makes the answers.
        public init(
            enabled: Bool? = nil, actions: [String]? = nil, operators: [String]? = nil, archs: [String]? = nil,
            knownFlags: [String]? = nil, supportedFlags: [String]? = nil
        ) {
            self.enabled = enabled
            self.actions = actions
            self.operators = operators
            self.archs = archs
            self.knownFlags = knownFlags
            self.supportedFlags = supportedFlags
        }
    }

    /// Further members of mounts.
    public struct MountExtensions: Sendable, Hashable, Codable {
        /// `uidMappings` and `gidMappings`.
        public var idmap: Enabled?

        /// Makes the answers.
        public init(idmap: Enabled? = nil) { self.idmap = idmap }
    }
}
