import Engine

/// `--network NAME`, or docker's long form `--network name=NAME,alias=web,ip=172.30.0.9,…`.
enum NetworkOption {
    /// The wish for a network. Modes such as `host` are spelled in its `network`.
    /// - Throws: `EngineError` `.invalidArgument` or `.unsupported`.
    static func parse(_ text: String) throws(EngineError) -> NetworkAttachment {
        guard isLong(text) else {
            guard !text.isEmpty else { throw EngineError(.invalidArgument, "--network has no name") }
            return NetworkAttachment(network: NetworkMode(rawValue: text).rawValue)
        }
        var attachment = NetworkAttachment(network: "")
        for field in text.split(separator: ",", omittingEmptySubsequences: false) {
            guard let equals = field.firstIndex(of: "="), equals > field.startIndex else {
                throw EngineError(.invalidArgument, "invalid field \(field) in --network \(text)")
            }
            try apply(
                field[..<equals].lowercased(), String(field[field.index(after: equals)...]), to: &attachment, of: text)
        }
        guard !attachment.network.isEmpty else {
            throw EngineError(.invalidArgument, "--network \(text) has no name", hint: "name=… says which network")
        }
        return attachment
    }

    /// A name has no equals sign, but `container:…` may have one.
    private static func isLong(_ text: String) -> Bool {
        text.contains("=") && !text.hasPrefix("container:")
    }

    private static func apply(
        _ key: String, _ value: String, to attachment: inout NetworkAttachment, of text: String
    ) throws(EngineError) {
        switch key {
        case "name": attachment.network = NetworkMode(rawValue: value).rawValue
        case "alias": attachment.aliases.append(value)
        case "ip": attachment.ipv4 = try ipv4(value, for: "ip")
        case "ip6": attachment.ipv6 = try ipv6(value, for: "ip6")
        case "mac-address": attachment.macAddress = try hardware(value)
        case "link-local-ip", "driver-opt", "gw-priority":
            throw EngineError(
                .unsupported, "--network \(text): \(key) is not there", hint: "name, alias, ip, ip6, mac-address are")
        default: throw EngineError(.invalidArgument, "invalid field key \(key) in --network \(text)")
        }
    }

    /// An address of IPv4.
    static func ipv4(_ text: String, for option: String) throws(EngineError) -> IPAddress {
        guard let address = IPAddress(text), address.isIPv4 else {
            throw EngineError(.invalidArgument, "\(option): \"\(text)\" is no IPv4 address")
        }
        return address
    }

    /// An address of IPv6.
    static func ipv6(_ text: String, for option: String) throws(EngineError) -> IPAddress {
        guard let address = IPAddress(text), !address.isIPv4 else {
            throw EngineError(.invalidArgument, "\(option): \"\(text)\" is no IPv6 address")
        }
        return address
    }

    /// A hardware address.
    static func hardware(_ text: String) throws(EngineError) -> MACAddress {
        guard let address = MACAddress(text) else {
            throw EngineError(
                .invalidArgument, "\(text) is not a valid mac address", hint: "for instance 02:42:ac:1e:00:09")
        }
        return address
    }
}
