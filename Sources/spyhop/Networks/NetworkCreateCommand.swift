import ArgumentParser
import Engine

/// `network create`: a bridge with subnets of its own.
struct NetworkCreateCommand: SpyhopCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Create a network.", usage: "spyhop network create [<options>] <network>")

    @OptionGroup(title: GlobalOptions.title) var global: GlobalOptions

    @Option(
        name: [.customShort("d", allowingJoined: true), .long], parsing: .unconditional,
        help: .init("bridge, the only one.", valueName: "driver"))
    var driver: String?

    @Option(
        name: .long, parsing: .unconditionalSingleValue,
        help: .init("Addresses of the network; one for each family.", valueName: "prefix"))
    var subnet: [String] = []

    @Option(
        name: .long, parsing: .unconditionalSingleValue,
        help: .init("The host's address on it; the first one otherwise.", valueName: "address"))
    var gateway: [String] = []

    @Option(
        name: .customLong("ip-range"), parsing: .unconditionalSingleValue,
        help: .init("Part of the subnet that addresses are given out of.", valueName: "prefix"))
    var ipRange: [String] = []

    @Option(
        name: .customLong("aux-address"), parsing: .unconditionalSingleValue,
        help: .init("An address that is never given out.", valueName: "name=address"))
    var auxAddress: [String] = []

    @Flag(name: .long, help: "Give out IPv6 addresses as well.")
    var ipv6 = false

    @Option(name: .long, parsing: .unconditional, help: .init("Give out IPv4 addresses.", valueName: "true|false"))
    var ipv4: String?

    @Flag(name: .long, help: "No way out, and none in.")
    var `internal` = false

    @Option(name: .long, parsing: .unconditionalSingleValue, help: .init("Set a label.", valueName: "key=value"))
    var label: [String] = []

    @Option(
        name: [.customShort("o", allowingJoined: true), .customLong("opt")], parsing: .unconditionalSingleValue,
        help: .init("Option of the driver (com.docker.network.…).", valueName: "key=value"))
    var option: [String] = []

    /// Every network here is: what the flag is for is Swarm's.
    @Flag(name: .long, help: .hidden)
    var attachable = false

    @Option(name: .long, parsing: .unconditional, help: .hidden)
    var scope: String?

    @Option(name: .customLong("ipam-driver"), parsing: .unconditional, help: .hidden)
    var ipamDriver: String?

    @Flag(name: .long, help: .hidden)
    var ingress = false

    @Flag(name: .customLong("config-only"), help: .hidden)
    var configOnly = false

    @Argument(help: .init("Its name.", valueName: "network"))
    var name: String

    func execute(_ context: CommandContext) async throws -> Int32 {
        let id = try await context.engine.createNetwork(try spec())
        try await context.print(id.rawValue + "\n")
        return 0
    }

    /// What was asked for.
    func spec() throws -> NetworkSpec {
        guard !ingress, !configOnly, scope.map({ $0 == "local" }) ?? true, ipamDriver.map({ $0 == "default" }) ?? true
        else {
            throw EngineError(
                .unsupported, "networks of a swarm, templates and other address managers are not there",
                hint: "leave out --ingress, --config-only, --scope and --ipam-driver")
        }
        var spec = NetworkSpec(name: name)
        if let driver { spec.driver = driver }
        spec.isInternal = `internal`
        if let ipv4 {
            guard let truth = OptionWords.truth(ipv4) else {
                throw EngineError(.invalidArgument, "--ipv4 \"\(ipv4)\" is neither true nor false")
            }
            spec.ipv4 = truth
        }
        spec.subnets = try SubnetOptions(
            subnets: subnet, gateways: gateway, ranges: ipRange, auxiliaries: auxAddress
        ).combined()
        // As docker: a subnet says which family it is for, but IPv6 has to be switched on.
        spec.ipv6 = ipv6
        spec.labels = try LabelOption.resolve(label)
        for entry in option {
            let parts = entry.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let key = parts.first, !key.isEmpty else {
                throw EngineError(.invalidArgument, "--opt \"\(entry)\" has no name")
            }
            spec.options[String(key)] = parts.count == 2 ? String(parts[1]) : ""
        }
        return spec
    }
}
