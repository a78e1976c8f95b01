import ArgumentParser
import Engine

/// Limits on block devices that a container has from its creation on.
struct BlockIOOptions: ParsableArguments {
    @Option(
        name: .customLong("blkio-weight-device"), parsing: .unconditionalSingleValue,
        help: .init("Weight at one block device, 10 to 1000.", valueName: "path:weight"))
    var weightDevice: [String] = []

    @Option(
        name: .customLong("device-read-bps"), parsing: .unconditionalSingleValue,
        help: .init("Most bytes read from a device in a second.", valueName: "path:rate"))
    var readBps: [String] = []

    @Option(
        name: .customLong("device-write-bps"), parsing: .unconditionalSingleValue,
        help: .init("Most bytes written to a device in a second.", valueName: "path:rate"))
    var writeBps: [String] = []

    @Option(
        name: .customLong("device-read-iops"), parsing: .unconditionalSingleValue,
        help: .init("Most reads from a device in a second.", valueName: "path:rate"))
    var readIOPS: [String] = []

    @Option(
        name: .customLong("device-write-iops"), parsing: .unconditionalSingleValue,
        help: .init("Most writes to a device in a second.", valueName: "path:rate"))
    var writeIOPS: [String] = []

    @Option(
        name: .customLong("memory-swappiness"), parsing: .unconditional,
        help: .init("How readily memory is swapped, 0 to 100 (cgroup v1); -1 for the host's way.", valueName: "int"))
    var swappiness: Int64?

    @Flag(name: .customLong("oom-kill-disable"), help: "Let processes wait when memory runs out (cgroup v1).")
    var oomKillDisable = false

    /// Adds what was asked for.
    /// - Throws: `EngineError` `.invalidArgument`.
    func add(to limits: inout ResourceLimits) throws {
        func rates(_ texts: [String], _ option: String, bytes: Bool) throws -> [DeviceLimit]? {
            guard !texts.isEmpty else { return nil }
            return try texts.map { text in
                try DeviceOption.limit(text, for: option) { bytes ? try ByteSize.bytes($0, for: option) : Int64($0) }
            }
        }
        limits.blkioWeightDevices = try rates(weightDevice, "--blkio-weight-device", bytes: false)
        limits.deviceReadBps = try rates(readBps, "--device-read-bps", bytes: true)
        limits.deviceWriteBps = try rates(writeBps, "--device-write-bps", bytes: true)
        limits.deviceReadIOPS = try rates(readIOPS, "--device-read-iops", bytes: false)
        limits.deviceWriteIOPS = try rates(writeIOPS, "--device-write-iops", bytes: false)
        limits.memorySwappiness = swappiness == -1 ? nil : swappiness
        if oomKillDisable { limits.oomKillDisable = true }
    }
}
