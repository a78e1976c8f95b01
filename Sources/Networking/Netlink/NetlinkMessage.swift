/// One message that was received (struct nlmsghdr).
public struct NetlinkMessage: Sendable, Hashable {
    /// What it is: RTM_NEWLINK and so on.
    public let type: UInt16
    /// NLM_F_*.
    public let flags: UInt16
    /// The number of the request that it answers.
    public let sequence: UInt32
    /// What stands behind the header.
    public let payload: ArraySlice<UInt8>

    /// NLMSG_ERROR, also an acknowledgement.
    static let error: UInt16 = 2
    /// NLMSG_DONE.
    static let done: UInt16 = 3
    /// NLM_F_DUMP_INTR.
    static let interruptedFlag: UInt16 = 0x10
    /// NLM_F_ACK_TLVS.
    static let extendedFlag: UInt16 = 0x200
    /// NLM_F_ACK.
    static let acknowledgeFlag: UInt16 = 0x4
    /// sizeof(struct nlmsghdr).
    static let headerSize = 16
}

/// The messages of a datagram; it ends at the first that is cut off.
struct NetlinkReader: Sequence, IteratorProtocol {
    private var rest: ArraySlice<UInt8>

    init(_ datagram: [UInt8]) { rest = datagram[...] }

    mutating func next() -> NetlinkMessage? {
        guard let length = rest.load(UInt32.self, at: 0), length >= NetlinkMessage.headerSize, length <= rest.count,
            let type = rest.load(UInt16.self, at: 4), let flags = rest.load(UInt16.self, at: 6),
            let sequence = rest.load(UInt32.self, at: 8)
        else { return nil }
        let payload = rest.dropFirst(NetlinkMessage.headerSize).prefix(Int(length) - NetlinkMessage.headerSize)
        rest = rest.dropFirst((Int(length) + 3) & ~3)
        return NetlinkMessage(type: type, flags: flags, sequence: sequence, payload: payload)
    }

    /// How many messages of a batch ask for an acknowledgement.
    static func acknowledged(_ batch: [UInt8]) -> Int {
        NetlinkReader(batch).reduce(0) { $0 + ($1.flags & NetlinkMessage.acknowledgeFlag == 0 ? 0 : 1) }
    }
}

/// Attributes (struct nlattr): length, type, value, each begun at a multiple of four. What is malformed ends the list.
struct NetlinkAttributes: Sequence, IteratorProtocol {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

    mutating func next() -> (type: UInt16, value: ArraySlice<UInt8>)? {
        guard let length = rest.load(UInt16.self, at: 0), length >= 4, length <= rest.count,
            let type = rest.load(UInt16.self, at: 2)
        else { return nil }
        let value = rest.dropFirst(4).prefix(Int(length) - 4)
        rest = rest.dropFirst((Int(length) + 3) & ~3)
        // The two highest bits tell how the value is written (NLA_F_NESTED, NLA_F_NET_BYTEORDER).
        return (type & 0x3fff, value)
    }

    /// The first value of a type.
    func value(_ type: UInt16) -> ArraySlice<UInt8>? { first { $0.type == type }?.value }

    /// A text, up to its NUL.
    func string(_ type: UInt16) -> String? {
        value(type).map { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }

    func number(_ type: UInt16) -> UInt32? { value(type)?.load(UInt32.self, at: 0) }

    func nested(_ type: UInt16) -> NetlinkAttributes? { value(type).map(NetlinkAttributes.init) }
}

extension ArraySlice<UInt8> {
    /// An integer in host order `offset` bytes behind the beginning; `nil` when it is cut off.
    func load<Value: FixedWidthInteger & BitwiseCopyable>(_ type: Value.Type, at offset: Int) -> Value? {
        guard offset >= 0, count >= offset + MemoryLayout<Value>.size else { return nil }
        return withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: Value.self) }
    }
}
