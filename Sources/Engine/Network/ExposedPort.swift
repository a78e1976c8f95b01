/// A port that a container listens on: `80/tcp`.
public struct ExposedPort: Sendable, Hashable, Codable, Comparable, CustomStringConvertible {
    /// The port.
    public var number: UInt16
    /// What it carries.
    public var transport: TransportProtocol

    /// Names a port.
    public init(_ number: UInt16, _ transport: TransportProtocol = .tcp) {
        self.number = number
        self.transport = transport
    }

    /// Reads `80` or `80/udp`; `nil` when it is neither, or port 0.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard let first = parts.first, let number = UInt16(first), number > 0, parts.count <= 2,
            let transport = parts.count == 1 ? .tcp : TransportProtocol(rawValue: parts[1].lowercased())
        else { return nil }
        self.init(number, transport)
    }

    /// `80/tcp`.
    public var description: String { "\(number)/\(transport.rawValue)" }

    /// By number, TCP first.
    public static func < (left: ExposedPort, right: ExposedPort) -> Bool {
        (left.number, left.transport) < (right.number, right.transport)
    }
}
