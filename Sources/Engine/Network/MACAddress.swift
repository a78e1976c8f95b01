/// A hardware address of six bytes (IEEE EUI-48).
public struct MACAddress: Sendable, Hashable, Codable {
    /// The 48 bits, the first byte highest.
    public let bits: UInt64

    /// Takes the lower 48 bits.
    public init(bits: UInt64) { self.bits = bits & 0xffff_ffff_ffff }
}
