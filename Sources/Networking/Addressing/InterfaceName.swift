import Engine

/// Names of interfaces on the host (15 bytes at most, IFNAMSIZ).
public enum InterfaceName {
    /// The bridge of the default network.
    public static let defaultBridge = "spyhop0"

    /// A user network's bridge: `sp-` and ten digits of the identifier.
    public static func bridge(of network: NetworkID) -> String { "sp-" + network.rawValue.prefix(10) }

    /// The host's end of a container's link on a network: `sp` and eleven digits made of both identifiers.
    public static func hostEnd(of container: ContainerID, on network: NetworkID) -> String {
        "sp" + String(hexadecimal(mixed(container, network)).suffix(11))
    }

    /// The container's n-th interface, from 0: `eth0`.
    public static func inside(_ number: Int) -> String { "eth\(number)" }

    /// Whether the kernel takes the name (dev_valid_name): 1 to 15 bytes, no slash, colon or space, neither `.` nor `..`.
    public static func isValid(_ name: String) -> Bool {
        let bytes = name.utf8
        return (1...15).contains(bytes.count) && name != "." && name != ".."
            && !bytes.contains { $0 <= 0x20 || $0 == 0x2f || $0 == 0x3a || $0 == 0x7f || $0 == 0x25 }
    }

    /// FNV-1a of both identifiers: no secret, only spread.
    static func mixed(_ container: ContainerID, _ network: NetworkID) -> UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in container.rawValue.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        for byte in network.rawValue.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return hash
    }

    private static func hexadecimal(_ value: UInt64) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
