/// Everything that a container's cgroups can be told, for either version of cgroups.
///
/// The fields follow the runtime-spec (config-linux.md, "Control groups"). `nil` and empty leave the kernel's value as it
/// is; -1 lifts a limit.
public struct CgroupResources: Sendable, Hashable {
    /// Limits on memory.
    public var memory = Memory()
    /// Processor time and the processors themselves.
    public var cpu = CPU()
    /// Most processes and threads; -1 is unlimited.
    public var pids: Int64?
    /// Block devices.
    public var blockIO = BlockIO()
    /// Bytes of huge pages by their size as the kernel writes it (`2MB`, `1GB`).
    public var hugePages: [String: UInt64] = [:]
    /// Which devices may be used: from none on, the last rule that fits an access decides. `nil` leaves them as they are,
    /// which for a new cgroup is as the cgroup above has them.
    public var devices: [DeviceRule]?
    /// Class and priorities of network traffic; version 1 only.
    public var network = Network()
    /// Limits by RDMA device.
    public var rdma: [String: RDMA] = [:]
    /// Files of the version 2 directory and what is written to them.
    public var unified: [String: String] = [:]

    /// Limits nothing.
    public init() {}

    /// Bytes; -1 is unlimited.
    public struct Memory: Sendable, Hashable {
        /// The most memory.
        public var limit: Int64?
        /// Memory and swap together.
        public var swap: Int64?
        /// What is left to it when the host runs short.
        public var reservation: Int64?
        /// 0 to 100: how readily it is swapped; version 1 only.
        public var swappiness: UInt64?
        /// Out of memory its processes wait instead of being killed; version 1 only.
        public var disableOOMKiller: Bool?
        /// Kernels no longer limit this by itself: a warning is all it comes to.
        public var kernel: Int64?
        /// Buffers of TCP; version 1 only, and where the kernel still has it.
        public var kernelTCP: Int64?
        /// A limit below what is in use is refused, where the kernel would kill for it (version 2).
        public var checkBeforeUpdate: Bool?

        /// Limits nothing.
        public init() {}
    }

    /// Times are in microseconds.
    public struct CPU: Sendable, Hashable {
        /// Relative weight on version 1's scale, 2 to 262144.
        public var shares: UInt64?
        /// Time in each period; -1 is unlimited.
        public var quota: Int64?
        /// The period; the kernel's own is 100 000.
        public var period: UInt64?
        /// Time that may be saved up for bursts.
        public var burst: UInt64?
        /// 1: runs only when nothing else would.
        public var idle: Int64?
        /// Real-time scheduling's time in each of its periods; version 1 only.
        public var realtimeRuntime: Int64?
        /// Real-time scheduling's period; version 1 only.
        public var realtimePeriod: UInt64?
        /// Processors, in the kernel's list syntax (`0-2,4`).
        public var cpus: String?
        /// Memory nodes, in the kernel's list syntax.
        public var mems: String?

        /// Limits nothing.
        public init() {}
    }

    /// Block devices.
    public struct BlockIO: Sendable, Hashable {
        /// 10 to 1000.
        public var weight: UInt16?
        /// Against cgroups below, 10 to 1000; version 1 only.
        public var leafWeight: UInt16?
        /// Weights of single devices.
        public var weightDevices: [DeviceWeight] = []
        /// Bytes read in a second.
        public var readBps: [DeviceRate] = []
        /// Bytes written in a second.
        public var writeBps: [DeviceRate] = []
        /// Reads in a second.
        public var readIOPS: [DeviceRate] = []
        /// Writes in a second.
        public var writeIOPS: [DeviceRate] = []

        /// Limits nothing.
        public init() {}
    }

    /// A block device's weight.
    public struct DeviceWeight: Sendable, Hashable {
        /// The driver's number.
        public var major: Int64
        /// The device's number.
        public var minor: Int64
        /// 10 to 1000.
        public var weight: UInt16?
        /// Against cgroups below; version 1 only.
        public var leafWeight: UInt16?

        /// Names a device and its weights.
        public init(major: Int64, minor: Int64, weight: UInt16?, leafWeight: UInt16? = nil) {
            self.major = major
            self.minor = minor
            self.weight = weight
            self.leafWeight = leafWeight
        }
    }

    /// A block device's upper limit.
    public struct DeviceRate: Sendable, Hashable {
        /// The driver's number.
        public var major: Int64
        /// The device's number.
        public var minor: Int64
        /// Bytes or operations in a second; 0 is unlimited.
        public var rate: UInt64

        /// Names a device and its limit.
        public init(major: Int64, minor: Int64, rate: UInt64) {
            self.major = major
            self.minor = minor
            self.rate = rate
        }
    }

    /// Class and priorities of network traffic.
    public struct Network: Sendable, Hashable {
        /// The class that packets are tagged with.
        public var classID: UInt32?
        /// Priority by interface of the caller's network namespace.
        public var priorities: [String: UInt32] = [:]

        /// Leaves traffic as it is.
        public init() {}
    }

    /// Limits on an RDMA device.
    public struct RDMA: Sendable, Hashable {
        /// Most handles.
        public var handles: UInt32?
        /// Most objects.
        public var objects: UInt32?

        /// Names limits.
        public init(handles: UInt32?, objects: UInt32?) {
            self.handles = handles
            self.objects = objects
        }
    }
}
