import Cgroups
import Engine
import LinuxSystem
import OCI

/// What a specification depends on in the host, as values.
public struct HostFeatures: Sendable, Hashable {
    /// Capabilities that this process may hand on, as bits by number: `ALL` means these.
    public var capabilities: UInt64
    /// How cgroups are mounted.
    public var cgroupMode: CgroupHierarchies.Mode
    /// On what footing the engine stands.
    public var footing = Footing.current
    /// The host's devices, for `--privileged` alone.
    public var devices: [LinuxDevice]

    /// Makes a description.
    public init(capabilities: UInt64, cgroupMode: CgroupHierarchies.Mode, devices: [LinuxDevice] = []) {
        self.capabilities = capabilities
        self.cgroupMode = cgroupMode
        self.devices = devices
    }

    /// Looks at the host. `privileged`: the devices are wanted too, which takes a walk through /dev.
    public static func detect(_ hierarchies: CgroupHierarchies, privileged: Bool = false) -> HostFeatures {
        HostFeatures(
            capabilities: ownCapabilities(), cgroupMode: hierarchies.mode,
            devices: privileged ? HostDevices.all() : [])
    }

    private static func ownCapabilities() -> UInt64 {
        guard let status = try? Files.readText("/proc/self/status", limit: 64 << 10) else { return 0 }
        var permitted: UInt64 = 0
        var bounding: UInt64 = 0
        for line in status.split(separator: "\n") {
            if line.hasPrefix("CapPrm:") { permitted = UInt64(line.dropFirst(8), radix: 16) ?? 0 }
            if line.hasPrefix("CapBnd:") { bounding = UInt64(line.dropFirst(8), radix: 16) ?? 0 }
        }
        return permitted & bounding
    }
}
