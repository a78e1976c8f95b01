import LinuxSystem

/// The kernel's refusal of a netlink message.
public struct NetlinkError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The errno value.
    public let number: Int32
    /// The kernel's own words (NLMSGERR_ATTR_MSG), where it has some.
    public let words: String?

    /// A refusal.
    public init(number: Int32, words: String?) {
        self.number = number
        self.words = words
    }

    /// The error that an NLMSG_ERROR message holds; `nil` for an acknowledgement.
    init?(_ message: NetlinkMessage) {
        guard let code = message.payload.load(Int32.self, at: 0), code != 0 else { return nil }
        // struct nlmsgerr: the error, then the header of the request, whose payload NETLINK_CAP_ACK leaves out.
        let attributes = NetlinkAttributes(message.payload.dropFirst(20))
        let isTold = message.flags & NetlinkMessage.extendedFlag != 0
        self.init(number: code == .min ? .max : abs(code), words: isTold ? attributes.string(1) : nil)
    }

    /// The reason in words, as the kernel says it.
    public var description: String {
        guard let words, !words.isEmpty else { return SystemError.words(number) }
        return "\(SystemError.words(number)): \(words)"
    }
}
