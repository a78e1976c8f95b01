import ArgumentParser
import Engine

/// What of the machine a container is given, in docker's words.
struct SystemArguments: ParsableArguments {
    @Option(
        name: .long, parsing: .unconditionalSingleValue,
        help: .init("Give the container a device of the host.", valueName: "host[:container[:rwm]]"))
    var device: [String] = []

    @Option(
        name: .customLong("device-cgroup-rule"), parsing: .unconditionalSingleValue,
        help: .init("Allow devices by number.", valueName: "c|b|a major:minor rwm"))
    var deviceRule: [String] = []

    @Option(
        name: .long, parsing: .unconditionalSingleValue,
        help: .init("Limit of the processes: nofile=1024:2048.", valueName: "name=soft[:hard]"))
    var ulimit: [String] = []

    @Option(
        name: .long, parsing: .unconditionalSingleValue,
        help: .init("Kernel parameter of the container's namespaces.", valueName: "name=value"))
    var sysctl: [String] = []

    @Option(
        name: .customLong("shm-size"), parsing: .unconditional,
        help: .init("Size of /dev/shm (64m).", valueName: "bytes"))
    var shmSize: String?

    @Option(
        name: .long, parsing: .unconditional,
        help: .init("View of the cgroups: private (the default) or host.", valueName: "mode"))
    var cgroupns: String?

    /// What was asked for; `nil` when nothing was.
    /// - Throws: `EngineError` `.invalidArgument`.
    func options(cgroupParent: String?) throws -> SystemOptions? {
        var options = SystemOptions()
        options.devices = try device.map(DeviceOption.parse)
        options.deviceRules = try deviceRule.map(DeviceOption.checkedRule)
        options.ulimits = try ulimit.map(UlimitOption.parse)
        for text in sysctl {
            guard let equals = text.firstIndex(of: "="), equals > text.startIndex else {
                throw EngineError(
                    .invalidArgument, "--sysctl \(text) wants a name and a value",
                    hint: "for instance net.core.somaxconn=1024")
            }
            options.sysctls[String(text[..<equals])] = String(text[text.index(after: equals)...])
        }
        if let shmSize {
            let size = try ByteSize.bytes(shmSize, for: "--shm-size")
            guard size >= 0 else { throw EngineError(.invalidArgument, "--shm-size cannot be negative") }
            // Docker's zero means the usual size.
            options.shmSize = size == 0 ? nil : size
        }
        switch cgroupns {
        case nil, "", "private": break
        case "host": options.hostCgroupNamespace = true
        case let mode?:
            throw EngineError(.invalidArgument, "--cgroupns \"\(mode)\" is not known", hint: "use private or host")
        }
        options.cgroupParent = cgroupParent.flatMap { $0.isEmpty ? nil : $0 }
        return options == SystemOptions() ? nil : options
    }
}
