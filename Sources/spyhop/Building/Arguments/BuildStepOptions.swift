import ArgumentParser
import Engine

/// What RUN steps are given.
struct BuildStepOptions: ParsableArguments {
    @Option(
        name: .long, parsing: .unconditional,
        help: .init("Network of RUN steps: default, none or host.", valueName: "mode"),
        completion: .list(["default", "none", "host"]))
    var network: String?

    @Option(
        name: .customLong("add-host"), parsing: .unconditionalSingleValue,
        help: .init("A line for /etc/hosts of RUN steps.", valueName: "name:address"))
    var addHost: [String] = []

    @Option(
        name: .customLong("shm-size"), parsing: .unconditional,
        help: .init("Size of /dev/shm; 64m is usual.", valueName: "bytes"))
    var shmSize: String?

    @Option(
        name: .long, parsing: .unconditionalSingleValue,
        help: .init("Limit of processes.", valueName: "name=soft[:hard]"))
    var ulimit: [String] = []

    @Option(
        name: [.customShort("m", allowingJoined: true), .long], parsing: .unconditional,
        help: .init("Memory limit.", valueName: "bytes"))
    var memory: String?

    @Option(
        name: .customLong("memory-swap"), parsing: .unconditional,
        help: .init("Limit of memory and swap together; -1 for unlimited swap.", valueName: "bytes"))
    var memorySwap: String?

    @Option(
        name: [.customShort("c", allowingJoined: true), .customLong("cpu-shares")], parsing: .unconditional,
        help: .init("Weight when CPUs are short; 1024 is usual.", valueName: "int"))
    var cpuShares: Int64?

    @Option(
        name: .customLong("cpu-period"), parsing: .unconditional,
        help: .init("Length of the period that --cpu-quota is for.", valueName: "usec"))
    var cpuPeriod: Int64?

    @Option(
        name: .customLong("cpu-quota"), parsing: .unconditional,
        help: .init("CPU time in each period.", valueName: "usec"))
    var cpuQuota: Int64?

    @Option(
        name: .customLong("cpuset-cpus"), parsing: .unconditional,
        help: .init("CPUs to run on (0-3, 0,1).", valueName: "list"))
    var cpusetCPUs: String?

    @Option(
        name: .customLong("cpuset-mems"), parsing: .unconditional,
        help: .init("Memory nodes to use (0-3, 0,1).", valueName: "list"))
    var cpusetMems: String?

    /// Puts them into the request.
    /// - Throws: `EngineError` `.invalidArgument` or `.unsupported`.
    func apply(to request: inout BuildRequest) throws {
        if let network { try Self.apply(network: network, to: &request) }
        request.extraHosts = try addHost.map(NameOption.host)
        request.sharedMemory = try shmSize.map { try ByteSize.bytes($0, for: "--shm-size") }
        for limit in ulimit { _ = try UlimitOption.parse(limit) }
        request.ulimits = ulimit
        request.limits = try ResourceOptions.limits(
            memory: memory, memorySwap: memorySwap, cpuShares: cpuShares, cpuPeriod: cpuPeriod, cpuQuota: cpuQuota,
            cpusetCPUs: cpusetCPUs, cpusetMems: cpusetMems)
    }

    /// Puts `--network` into the request.
    static func apply(network: String, to request: inout BuildRequest) throws {
        request.network = try Self.network(network)
        // Whoever says so on the command line need not say it twice.
        if request.network == .host { request.entitlements.insert("network.host") }
    }

    private static func network(_ text: String) throws -> BuildRequest.Network {
        switch text {
        case "default", "bridge", "sandbox", "": return .default
        case "none": return .none
        case "host": return .host
        default:
            throw EngineError(
                .unsupported, "--network \(text): a build has the usual network, none, or the host's",
                hint: "use default, none or host")
        }
    }
}
