/// A network's identifier: 64 lower-case hexadecimal digits, as docker makes them.
public struct NetworkID: Hashable, Sendable, Codable, RawRepresentable, CustomStringConvertible, Comparable {
    /// The 64 digits.
    public let rawValue: String

    /// Wraps an identifier that is already known to be whole.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The first twelve digits, as lists show them.
    public var short: String { String(rawValue.prefix(12)) }

    /// The 64 digits.
    public var description: String { rawValue }

    /// Alphabetical order.
    public static func < (left: NetworkID, right: NetworkID) -> Bool { left.rawValue < right.rawValue }

    /// A new identifier from the system's random source.
    public static func random() -> NetworkID { NetworkID(rawValue: ContainerID.random().rawValue) }
}
