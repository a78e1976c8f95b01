import Engine
import Networking

/// `--subnet`, `--gateway`, `--ip-range` and `--aux-address` put together: each of the last three belongs to the subnet that
/// it lies in (docker, cli/command/network/create.go, createIPAMConfig).
struct SubnetOptions {
    var subnets: [String]
    var gateways: [String]
    var ranges: [String]
    var auxiliaries: [String]

    /// - Throws: `EngineError` `.invalidArgument`.
    func combined() throws(EngineError) -> [NetworkSpec.Subnet] {
        guard subnets.count >= ranges.count, subnets.count >= gateways.count else {
            throw EngineError(.invalidArgument, "every ip-range or gateway must have a corresponding subnet")
        }
        var all: [NetworkSpec.Subnet] = []
        for text in subnets {
            let prefix = try prefix(text)
            guard !all.contains(where: { $0.prefix.overlaps(prefix) }) else {
                throw EngineError(.invalidArgument, "multiple overlapping subnet configuration is not supported")
            }
            guard !all.contains(where: { $0.prefix.address.isIPv4 == prefix.address.isIPv4 }) else {
                throw EngineError(
                    .unsupported, "a network has one subnet of each family at most, and \(text) is a second one")
            }
            all.append(NetworkSpec.Subnet(prefix: prefix))
        }
        for text in ranges { try add(range: text, to: &all) }
        for text in gateways { try add(gateway: text, to: &all) }
        for text in auxiliaries { try add(auxiliary: text, to: &all) }
        return all
    }

    private func add(range text: String, to all: inout [NetworkSpec.Subnet]) throws(EngineError) {
        guard let range = IPPrefix(text) else {
            throw EngineError(.invalidArgument, "invalid ip-range \(text)", hint: "for instance 172.28.5.0/24")
        }
        guard let index = all.firstIndex(where: { $0.prefix.contains(range.subnet) }) else {
            throw EngineError(.invalidArgument, "no matching subnet for range \(text)")
        }
        if let other = all[index].range {
            throw EngineError(
                .invalidArgument,
                "cannot configure multiple ranges (\(text), \(other)) on the same subnet (\(all[index].prefix))")
        }
        all[index].range = range.subnet
    }

    private func add(gateway text: String, to all: inout [NetworkSpec.Subnet]) throws(EngineError) {
        guard let gateway = IPAddress(text) else {
            throw EngineError(.invalidArgument, "invalid gateway address: \(text)")
        }
        guard let index = all.firstIndex(where: { $0.prefix.contains(gateway) }) else {
            throw EngineError(.invalidArgument, "no matching subnet for gateway \(text)")
        }
        if let other = all[index].gateway {
            throw EngineError(
                .invalidArgument,
                "cannot configure multiple gateways (\(text), \(other)) for the same subnet (\(all[index].prefix))")
        }
        all[index].gateway = gateway
    }

    private func add(auxiliary text: String, to all: inout [NetworkSpec.Subnet]) throws(EngineError) {
        guard let equals = text.firstIndex(of: "="), equals > text.startIndex,
            let address = IPAddress(text[text.index(after: equals)...])
        else { throw EngineError(.invalidArgument, "--aux-address \"\(text)\" is not of the form name=address") }
        guard let index = all.firstIndex(where: { $0.prefix.contains(address) }) else {
            throw EngineError(.invalidArgument, "no matching subnet for aux-address \(address)")
        }
        all[index].reserved[String(text[..<equals])] = address
    }

    private func prefix(_ text: String) throws(EngineError) -> IPPrefix {
        guard let prefix = IPPrefix(text) else {
            throw EngineError(
                .invalidArgument, "invalid subnet \(text) : invalid CIDR address: \(text)",
                hint: "for instance 172.28.0.0/16")
        }
        return prefix.subnet
    }
}
