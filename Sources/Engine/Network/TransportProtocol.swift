/// What a published port carries, as docker spells it.
public enum TransportProtocol: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
    case tcp, udp

    /// TCP before UDP.
    public static func < (left: TransportProtocol, right: TransportProtocol) -> Bool { left.rawValue < right.rawValue }
}
