import Engine

/// An address of an interface, with its subnet's length.
struct AddressInfo: Hashable {
    var index: Int32
    var prefix: IPPrefix

    /// Reads an RTM_NEWADDR; `nil` for anything else.
    init?(_ message: NetlinkMessage) {
        let payload = message.payload
        guard message.type == RouteMessage.newAddress, let length = payload.load(UInt8.self, at: 1),
            let index = payload.load(Int32.self, at: 4)
        else { return nil }
        let attributes = NetlinkAttributes(payload.dropFirst(8))
        // IFA_ADDRESS is the other end of a point-to-point link; IPv6 has no IFA_LOCAL elsewhere.
        let value = attributes.value(RouteMessage.Address.local) ?? attributes.value(RouteMessage.Address.address)
        guard let value, let address = IPAddress(bytes: value) else { return nil }
        self.index = index
        prefix = IPPrefix(address, length: Int(length))
    }
}
