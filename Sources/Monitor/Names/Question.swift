import CLinux

/// What a client asks for: the one question of a message.
struct Question: ~Copyable {
    /// Why a message is not answered with what it asks for.
    enum Refusal: Error {
        /// It is no question at all.
        case silence
        /// It is one that gets this response code.
        case code(UInt8)
    }

    /// The kinds of records that containers have.
    enum Kind {
        case ipv4
        case ipv6
        case pointer
        case any
        case other
    }

    static let formatError: UInt8 = 1
    static let serverFailure: UInt8 = 2
    static let notImplemented: UInt8 = 4

    private static let longestName = 255
    private static let internet: UInt16 = 1

    private(set) var id: UInt16 = 0
    /// Where the question ends in the message.
    private(set) var end = Packet.headerSize
    private(set) var kind = Kind.other
    /// The name in lower case with dots between its labels, none at the end.
    private(set) var name = Text(capacity: longestName)
    /// False for a name that no container can have: another class, or a label with a dot or a NUL in it.
    private(set) var isPlain = true
    /// Most bytes of an answer in one datagram.
    private(set) var mostBytes = Packet.smallest

    /// Reads a message of a client's.
    init(_ packet: Packet) throws(Refusal) {
        guard let id = packet.number(0), let flags = packet.number(2), let answers = packet.number(6),
            let authorities = packet.number(8), let additional = packet.number(10), let count = packet.number(4)
        else { throw .silence }
        self.id = id
        guard flags & Packet.isResponse == 0 else { throw .silence }
        guard flags & 0x7800 == 0 else { throw .code(Self.notImplemented) }
        guard count == 1, answers == 0 else { throw .code(Self.formatError) }
        guard readName(packet), let type = packet.number(end), let group = packet.number(end + 2) else {
            throw .code(Self.formatError)
        }
        end += 4
        isPlain = isPlain && group == Self.internet
        kind = Self.kind(type)
        if authorities == 0, additional > 0 { readSize(packet) }
    }

    /// A question stands at a message's beginning, so there is nothing yet that its name could point at.
    private mutating func readName(_ packet: Packet) -> Bool {
        while let length = packet.byte(end) {
            end += 1
            if length == 0 { return name.isComplete }
            guard length < 64, end - Packet.headerSize + Int(length) < Self.longestName else { return false }
            if name.count > 0 { name.append(byte: UInt8(ascii: ".")) }
            for offset in end..<end + Int(length) {
                guard let byte = packet.byte(offset) else { return false }
                if byte == UInt8(ascii: ".") || byte == 0 { isPlain = false }
                name.append(byte: lowercased(byte))
            }
            end += Int(length)
        }
        return false
    }

    /// EDNS (RFC 6891): a record of the root, type 41, whose class is the size that the client takes.
    private mutating func readSize(_ packet: Packet) {
        guard packet.byte(end) == 0, packet.number(end + 1) == 41, let size = packet.number(end + 3) else { return }
        mostBytes = max(Packet.smallest, min(Int(size), 4096))
    }

    private static func kind(_ type: UInt16) -> Kind {
        switch type {
        case 1: .ipv4
        case 28: .ipv6
        case 12: .pointer
        case 255: .any
        default: .other
        }
    }
}
