import Engine

/// docker's options of the driver `bridge` (`-o KEY=VALUE`).
struct BridgeOptions {
    private let options: [String: String]

    init(_ options: [String: String]) { self.options = options }

    private static let prefix = "com.docker.network."
    private static let nameKey = prefix + "bridge.name"
    private static let mtuKey = prefix + "driver.mtu"
    private static let masqueradeKey = prefix + "bridge.enable_ip_masquerade"
    private static let bindKey = prefix + "bridge.host_binding_ipv4"
    private static let betweenKey = prefix + "bridge.enable_icc"
    private static let defaultKey = prefix + "bridge.default_bridge"
    private static let known: Set<String> = [
        nameKey, mtuKey, "mtu", masqueradeKey, bindKey, betweenKey, defaultKey,
    ]

    var name: String? {
        get throws(EngineError) {
            guard let name = options[Self.nameKey], !name.isEmpty else { return nil }
            guard InterfaceName.isValid(name) else {
                throw EngineError(
                    .invalidArgument, "invalid bridge name: \(name)",
                    hint: "an interface's name has 1 to 15 characters and no spaces, slashes or colons")
            }
            return name
        }
    }

    var mtu: UInt32? {
        get throws(EngineError) {
            guard let text = options[Self.mtuKey] ?? options["mtu"], text != "0", !text.isEmpty else { return nil }
            // IPv4 needs 68 (RFC 791); no interface of the kernel goes beyond 65535.
            guard let mtu = UInt32(text), (68...65535).contains(mtu) else {
                throw EngineError(
                    .invalidArgument, "invalid MTU: \(text)", hint: "a number of bytes from 68 to 65535 is wanted")
            }
            return mtu
        }
    }

    var masquerades: Bool { get throws(EngineError) { try flag(Self.masqueradeKey) ?? true } }

    var bindAddress: IPAddress? {
        get throws(EngineError) {
            guard let text = options[Self.bindKey], !text.isEmpty else { return nil }
            guard let address = IPAddress(text), address.isIPv4 else {
                throw EngineError(.invalidArgument, "invalid address in \(Self.bindKey): \(text)")
            }
            return address.isUnspecified ? nil : address
        }
    }

    /// What would have to be obeyed must not be passed over in silence.
    func refuseUnknown() throws(EngineError) {
        if try flag(Self.betweenKey) == false {
            throw EngineError(
                .unsupported, "containers on one network cannot be kept apart (\(Self.betweenKey)=false)",
                hint: "give each container a network of its own")
        }
        for key in options.keys.sorted() where key.hasPrefix(Self.prefix) && !Self.known.contains(key) {
            throw EngineError(
                .unsupported, "network option \(key) is not supported",
                hint: "known are \(Self.known.sorted().joined(separator: ", "))")
        }
    }

    /// Go's strconv.ParseBool, as docker reads these.
    private func flag(_ key: String) throws(EngineError) -> Bool? {
        guard let text = options[key] else { return nil }
        switch text {
        case "1", "t", "T", "true", "TRUE", "True": return true
        case "0", "f", "F", "false", "FALSE", "False": return false
        default:
            throw EngineError(.invalidArgument, "invalid value of \(key): \(text)", hint: "true or false is wanted")
        }
    }
}
