/// A seccomp filter (runtime-spec, config-linux.md, "Seccomp"), with the further members of docker's profile format:
/// `archMap`, and `includes` and `excludes` of rules.
public struct LinuxSeccomp: Sendable, Hashable, Codable {
    /// `SCMP_ACT_ERRNO` and the like.
    public var defaultAction: String
    /// The errno of `SCMP_ACT_ERRNO` where a rule names none; EPERM when absent.
    public var defaultErrnoRet: UInt32?
    /// `SCMP_ARCH_X86_64` and the like.
    public var architectures: [String]?
    /// Docker: which further architectures a native one brings.
    public var archMap: [Architecture]?
    /// `SECCOMP_FILTER_FLAG_LOG` and the like.
    public var flags: [String]?
    /// A unix socket that gets the descriptor of `SCMP_ACT_NOTIFY`.
    public var listenerPath: String?
    /// Free words for the listener.
    public var listenerMetadata: String?
    /// The exceptions from the default action.
    public var syscalls: [Rule]?

    /// Makes a filter.
    public init(
        defaultAction: String, defaultErrnoRet: UInt32? = nil, architectures: [String]? = nil,
        archMap: [Architecture]? = nil, flags: [String]? = nil, listenerPath: String? = nil,
        listenerMetadata: String? = nil, syscalls: [Rule]? = nil
    ) {
        self.defaultAction = defaultAction
        self.defaultErrnoRet = defaultErrnoRet
        self.architectures = architectures
        self.archMap = archMap
        self.flags = flags
        self.listenerPath = listenerPath
        self.listenerMetadata = listenerMetadata
        self.syscalls = syscalls
    }

    /// A native architecture and those that run beside it (docker's profile format).
    public struct Architecture: Sendable, Hashable, Codable {
        /// The native one.
        public var architecture: String
        /// Those filtered with it.
        public var subArchitectures: [String]?

        /// Makes a pair.
        public init(architecture: String, subArchitectures: [String]? = nil) {
            self.architecture = architecture
            self.subArchitectures = subArchitectures
        }
    }

    /// What happens to system calls (docker also takes a single `name`).
    public struct Rule: Sendable, Hashable, Codable {
        /// The system calls.
        public var names: [String]?
        /// One system call, in docker's older spelling.
        public var name: String?
        /// `SCMP_ACT_ALLOW` and the like.
        public var action: String
        /// The errno of `SCMP_ACT_ERRNO`.
        public var errnoRet: UInt32?
        /// All must hold.
        public var args: [Argument]?
        /// For the reader.
        public var comment: String?
        /// The rule counts only where all of this holds.
        public var includes: Condition?
        /// The rule does not count where any of this holds.
        public var excludes: Condition?

        /// Makes a rule.
        public init(
            names: [String], action: String, errnoRet: UInt32? = nil, args: [Argument]? = nil,
            includes: Condition? = nil, excludes: Condition? = nil
        ) {
            self.names = names
            self.action = action
            self.errnoRet = errnoRet
            self.args = args
            self.includes = includes
            self.excludes = excludes
        }
    }

    /// A comparison with one argument of a system call.
    public struct Argument: Sendable, Hashable, Codable {
        /// Which argument, 0 to 5.
        public var index: UInt32
        /// What it is compared with; the mask of `SCMP_CMP_MASKED_EQ`.
        public var value: UInt64
        /// What the masked argument must be.
        public var valueTwo: UInt64?
        /// `SCMP_CMP_EQ` and the like.
        public var op: String

        /// Makes a comparison.
        public init(index: UInt32, value: UInt64, valueTwo: UInt64? = nil, op: String) {
            self.index = index
            self.value = value
            self.valueTwo = valueTwo
            self.op = op
        }
    }

    /// When a rule counts (docker's profile format).
    public struct Condition: Sendable, Hashable, Codable {
        /// Go's names: `amd64`, `arm64`.
        public var arches: [String]?
        /// `CAP_SYS_ADMIN` and the like.
        public var caps: [String]?
        /// `4.8`.
        public var minKernel: String?

        /// Makes a condition.
        public init(arches: [String]? = nil, caps: [String]? = nil, minKernel: String? = nil) {
            self.arches = arches
            self.caps = caps
            self.minKernel = minKernel
        }
    }
}
