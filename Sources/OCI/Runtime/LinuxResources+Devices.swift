extension LinuxResources {
    /// Block devices (runtime-spec, config-linux.md, "Block IO").
    public struct BlockIO: Sendable, Hashable, Codable {
        /// 10 to 1000.
        public var weight: UInt16?
        /// Against cgroups below (cgroup v1, CFQ).
        public var leafWeight: UInt16?
        /// Weights of single devices.
        public var weightDevice: [WeightDevice]?
        /// Bytes read in a second.
        public var throttleReadBpsDevice: [ThrottleDevice]?
        /// Bytes written in a second.
        public var throttleWriteBpsDevice: [ThrottleDevice]?
        /// Reads in a second.
        public var throttleReadIOPSDevice: [ThrottleDevice]?
        /// Writes in a second.
        public var throttleWriteIOPSDevice: [ThrottleDevice]?

        /// Makes limits.
        public init(
            weight: UInt16? = nil, leafWeight: UInt16? = nil, weightDevice: [WeightDevice]? = nil,
            throttleReadBpsDevice: [ThrottleDevice]? = nil, throttleWriteBpsDevice: [ThrottleDevice]? = nil,
            throttleReadIOPSDevice: [ThrottleDevice]? = nil, throttleWriteIOPSDevice: [ThrottleDevice]? = nil
        ) {
            self.weight = weight
            self.leafWeight = leafWeight
            self.weightDevice = weightDevice
            self.throttleReadBpsDevice = throttleReadBpsDevice
            self.throttleWriteBpsDevice = throttleWriteBpsDevice
            self.throttleReadIOPSDevice = throttleReadIOPSDevice
            self.throttleWriteIOPSDevice = throttleWriteIOPSDevice
        }
    }

    /// A block device's weight.
    public struct WeightDevice: Sendable, Hashable, Codable {
        /// The driver's number.
        public var major: Int64
        /// The device's number.
        public var minor: Int64
        /// 10 to 1000.
        public var weight: UInt16?
        /// Against cgroups below (cgroup v1, CFQ).
        public var leafWeight: UInt16?

        /// Makes a weight.
        public init(major: Int64, minor: Int64, weight: UInt16? = nil, leafWeight: UInt16? = nil) {
            self.major = major
            self.minor = minor
            self.weight = weight
            self.leafWeight = leafWeight
        }
    }

    /// A block device's upper limit.
    public struct ThrottleDevice: Sendable, Hashable, Codable {
        /// The driver's number.
        public var major: Int64
        /// The device's number.
        public var minor: Int64
        /// Bytes or operations in a second; 0 is unlimited.
        public var rate: UInt64

        /// Makes a limit.
        public init(major: Int64, minor: Int64, rate: UInt64) {
            self.major = major
            self.minor = minor
            self.rate = rate
        }
    }

    /// A limit on huge pages (runtime-spec, config-linux.md, "Huge page limits").
    public struct HugepageLimit: Sendable, Hashable, Codable {
        /// `2MB`, `1GB`.
        public var pageSize: String
        /// Bytes.
        public var limit: UInt64

        /// Makes a limit.
        public init(pageSize: String, limit: UInt64) {
            self.pageSize = pageSize
            self.limit = limit
        }
    }

    /// Class and priorities of network traffic (runtime-spec, config-linux.md, "Network"; cgroup v1).
    public struct Network: Sendable, Hashable, Codable {
        /// The class that packets are tagged with.
        public var classID: UInt32?
        /// One an interface.
        public var priorities: [InterfacePriority]?

        /// Makes them.
        public init(classID: UInt32? = nil, priorities: [InterfacePriority]? = nil) {
            self.classID = classID
            self.priorities = priorities
        }
    }

    /// The priority of traffic through an interface.
    public struct InterfacePriority: Sendable, Hashable, Codable {
        /// The interface, as the runtime's network namespace names it.
        public var name: String
        /// Its priority.
        public var priority: UInt32

        /// Makes a priority.
        public init(name: String, priority: UInt32) {
            self.name = name
            self.priority = priority
        }
    }

    /// Limits on an RDMA device (runtime-spec, config-linux.md, "RDMA").
    public struct RDMA: Sendable, Hashable, Codable {
        /// Handles.
        public var hcaHandles: UInt32?
        /// Objects.
        public var hcaObjects: UInt32?

        /// Makes limits.
        public init(hcaHandles: UInt32? = nil, hcaObjects: UInt32? = nil) {
            self.hcaHandles = hcaHandles
            self.hcaObjects = hcaObjects
        }
    }
}
