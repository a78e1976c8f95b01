import CLinux

/// A message of the domain name system (RFC 1035) as it came: every look at it is checked.
struct Packet {
    static let headerSize = 12
    /// Most bytes of a datagram to who has not said that he takes more.
    static let smallest = 512

    // Of the second word of a header.
    static let isResponse: UInt16 = 0x8000
    static let isCut: UInt16 = 0x0200
    static let wantsRecursion: UInt16 = 0x0100
    static let hasRecursion: UInt16 = 0x0080

    let bytes: UnsafeRawBufferPointer

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    init(_ start: UnsafeRawPointer?, count: Int) { bytes = UnsafeRawBufferPointer(start: start, count: count) }

    /// The byte at `offset`; nil beyond the end.
    func byte(_ offset: Int) -> UInt8? {
        offset >= 0 && offset < bytes.count ? bytes[offset] : nil
    }

    /// The 16-bit number at `offset`; nil beyond the end.
    func number(_ offset: Int) -> UInt16? {
        guard offset >= 0, offset + 2 <= bytes.count else { return nil }
        return UInt16(bytes[offset]) << 8 | UInt16(bytes[offset + 1])
    }

    /// The code that says how it went.
    var responseCode: UInt8 { (byte(3) ?? 0) & 15 }

    /// Whether this is the response to `id` and to the question that `asked` holds behind its header, up to `end`.
    ///
    /// Letters may come back in another case. A server that cannot even read the question sends none back; that is
    /// told by `hasNoQuestion`.
    func answers(_ id: UInt16, _ asked: Packet, end: Int) -> Bool {
        guard isResponse(to: id), number(4) == 1, bytes.count >= end, asked.bytes.count >= end else { return false }
        var offset = Self.headerSize
        while offset < end {
            guard lowercased(bytes[offset]) == lowercased(asked.bytes[offset]) else { return false }
            offset += 1
        }
        return true
    }

    /// A refusal without the question.
    func refuses(_ id: UInt16) -> Bool { isResponse(to: id) && number(4) == 0 && responseCode != 0 }

    private func isResponse(to id: UInt16) -> Bool {
        guard bytes.count >= Self.headerSize, number(0) == id, let flags = number(2) else { return false }
        return flags & Self.isResponse != 0
    }
}

/// A letter of ASCII in lower case, any other byte as it is.
func lowercased(_ byte: UInt8) -> UInt8 {
    byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
}
