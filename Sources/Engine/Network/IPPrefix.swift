/// An address and how many of its leading bits name the network, as `ADDRESS/LENGTH` (RFC 4632, RFC 4291).
public struct IPPrefix: Sendable, Hashable, Codable {
    /// The address; a subnet's has zeros behind `length` bits.
    public var address: IPAddress
    /// 0 to 32 or 128.
    public var length: Int

    /// Makes one; the length is held within the family's bounds.
    public init(_ address: IPAddress, length: Int) {
        self.address = address
        self.length = min(max(0, length), address.isIPv4 ? 32 : 128)
    }
}
