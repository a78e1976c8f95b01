import Engine

/// `-p [ip:][host[-range]]:container[-range][/proto]`, `-p published=8080,target=80`, `--expose 80[-range][/proto]`: read as
/// docker reads them (go-connections, nat/parse.go).
enum PortOption {
    /// The mappings that one `-p` asks for, ranges taken apart.
    /// - Throws: `EngineError` `.invalidArgument`; `.unsupported` for SCTP.
    static func mappings(_ option: String) throws(EngineError) -> [PortMapping] {
        let text = option.contains("=") ? try short(option) : option
        let (ports, transport) = try transport(text, of: option)
        var parts = ports.split(separator: ":", omittingEmptySubsequences: false)
        guard let containerText = parts.popLast(), !containerText.isEmpty else {
            throw EngineError(.invalidArgument, "no port specified: \(option)<empty>", hint: "for instance -p 8080:80")
        }
        guard let container = range(containerText) else {
            throw EngineError(.invalidArgument, "invalid containerPort: \(containerText)")
        }
        let hostText = parts.popLast() ?? ""
        let address = try address(parts.joined(separator: ":"))
        guard !hostText.isEmpty else {
            return container.map {
                PortMapping(hostAddress: address, hostPorts: nil, container: ExposedPort($0, transport))
            }
        }
        guard let host = range(hostText, from: 0) else {
            throw EngineError(.invalidArgument, "invalid hostPort: \(hostText)")
        }
        // The kernel's way to say "any".
        if host == 0...0, container.count == 1 {
            return [
                PortMapping(
                    hostAddress: address, hostPorts: nil, container: ExposedPort(container.lowerBound, transport))
            ]
        }
        if container.count == 1 {
            let port = ExposedPort(container.lowerBound, transport)
            return [PortMapping(hostAddress: address, hostPorts: host, container: port)]
        }
        guard host.count == container.count else {
            throw EngineError(
                .invalidArgument,
                "invalid ranges specified for container and host Ports: \(containerText) and \(hostText)",
                hint: "both must have the same length")
        }
        return zip(host, container).map {
            PortMapping(hostAddress: address, hostPorts: $0...$0, container: ExposedPort($1, transport))
        }
    }

    /// The ports that one `--expose` names.
    static func exposed(_ option: String) throws(EngineError) -> [ExposedPort] {
        guard !option.contains(":") else {
            throw EngineError(.invalidArgument, "invalid port format for --expose: \(option)")
        }
        let (ports, transport) = try transport(option, of: option)
        guard let range = range(ports) else {
            throw EngineError(.invalidArgument, "invalid range format for --expose: \(option)")
        }
        return range.map { ExposedPort($0, transport) }
    }

    /// `published=8080,target=80,protocol=tcp`, put the short way.
    private static func short(_ option: String) throws(EngineError) -> String {
        var values = ["protocol": "tcp"]
        for part in option.split(separator: ",", omittingEmptySubsequences: false) {
            guard let equals = part.firstIndex(of: "=") else {
                throw EngineError(
                    .invalidArgument, "invalid publish opts format (should be name=value but got '\(part)')")
            }
            values[String(part[..<equals])] = String(part[part.index(after: equals)...])
        }
        return "\(values["published"] ?? ""):\(values["target"] ?? "")/\(values["protocol"] ?? "")"
    }

    private static func transport(
        _ text: String, of option: String
    ) throws(EngineError) -> (Substring, TransportProtocol) {
        guard let slash = text.firstIndex(of: "/") else { return (text[...], .tcp) }
        let name = text[text.index(after: slash)...].lowercased()
        if name.isEmpty { return (text[..<slash], .tcp) }
        guard let transport = TransportProtocol(rawValue: name) else {
            if name == "sctp" {
                throw EngineError(
                    .unsupported, "--publish \(option): SCTP cannot be published", hint: "only tcp and udp can")
            }
            throw EngineError(.invalidArgument, "invalid proto: \(name)", hint: "tcp or udp")
        }
        return (text[..<slash], transport)
    }

    private static func address(_ text: String) throws(EngineError) -> IPAddress? {
        if text.isEmpty { return nil }
        let isBracketed = text.hasPrefix("[") && text.hasSuffix("]")
        guard let address = IPAddress(isBracketed ? String(text.dropFirst().dropLast()) : text) else {
            throw EngineError(.invalidArgument, "invalid IP address: \(text)")
        }
        return address
    }

    private static func range(_ text: some StringProtocol, from least: UInt16 = 1) -> ClosedRange<UInt16>? {
        let ends = String(text).split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false).map(number)
        guard let first = ends.first ?? nil, let last = ends.last ?? nil, first <= last, first >= least else {
            return nil
        }
        return first...last
    }

    /// Digits alone: no sign, as strconv.ParseUint has it.
    private static func number(_ text: Substring) -> UInt16? {
        text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? UInt16(text) : nil
    }
}
