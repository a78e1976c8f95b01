import CLinux

/// The monitor's own answer to a question.
struct Answer: ~Copyable {
    /// Seconds for which the answer may be kept: not at all, for containers come and go.
    private static let lifetime: UInt16 = 0

    private(set) var message: Text
    private let most: Int
    private var count: UInt16 = 0

    /// Begins an answer with the question that `packet` has up to `end`, or without one where it could not be read.
    ///
    /// - Parameter most: bytes that the whole may take.
    init(to packet: Packet, end: Int, code: UInt8, most: Int) {
        self.most = most
        message = Text(capacity: most)
        let flags = packet.number(2) ?? 0
        let own = Packet.isResponse | Packet.hasRecursion | flags & (Packet.wantsRecursion | 0x7800) | UInt16(code & 15)
        append(packet.number(0) ?? 0)
        append(own)
        let hasQuestion = end > Packet.headerSize && end <= packet.bytes.count
        append(hasQuestion ? 1 : 0)
        for _ in 0..<3 { append(0) }
        if hasQuestion, let start = packet.bytes.baseAddress {
            message.append(start + Packet.headerSize, count: end - Packet.headerSize)
        }
    }

    /// Puts another number in front, for a question that was passed on under one.
    mutating func set(id: UInt16) {
        message.bytes[0] = UInt8(id >> 8)
        message.bytes[1] = UInt8(id & 0xff)
    }

    /// Adds an address of the question's name.
    mutating func add(_ address: FoundAddress) {
        let size = address.isIPv4 ? 4 : 16
        guard begin(type: address.isIPv4 ? 1 : 28, size: size) else { return }
        withUnsafeBytes(of: address.bytes) { raw in
            if let start = raw.baseAddress { message.append(start, count: size) }
        }
    }

    /// Adds the name that the question's address has: `name` with dots between its labels.
    mutating func add(pointer name: borrowing Text) {
        guard Self.isDomain(name), begin(type: 12, size: name.count + 2) else { return }
        // A length stands before every label, and a zero behind the last.
        var start = 0
        while start < name.count {
            let stop = Self.labelEnd(name, from: start)
            message.append(byte: UInt8(truncatingIfNeeded: stop - start))
            message.append(name.bytes + start, count: stop - start)
            start = stop + 1
        }
        message.append(byte: 0)
    }

    private static func labelEnd(_ name: borrowing Text, from start: Int) -> Int {
        var stop = start
        while stop < name.count, name.bytes[stop] != UInt8(ascii: ".") { stop += 1 }
        return stop
    }

    /// Whether it can be spelled as a domain name: a container's may be longer.
    private static func isDomain(_ name: borrowing Text) -> Bool {
        guard name.isComplete, name.count > 0, name.count < 254 else { return false }
        var start = 0
        while start <= name.count {
            let stop = labelEnd(name, from: start)
            guard stop > start, stop - start < 64 else { return false }
            start = stop + 1
        }
        return true
    }

    /// Writes a record's beginning; says in the header that something is missing when it does not fit.
    private mutating func begin(type: UInt16, size: Int) -> Bool {
        guard message.count + 12 + size <= most, count < UInt16.max else {
            message.bytes[2] |= UInt8(Packet.isCut >> 8)
            return false
        }
        // The name is the question's, right behind the header.
        append(0xc000 | UInt16(Packet.headerSize))
        append(type)
        append(1)
        append(0)
        append(Self.lifetime)
        append(UInt16(truncatingIfNeeded: size))
        count += 1
        message.bytes[6] = UInt8(count >> 8)
        message.bytes[7] = UInt8(count & 0xff)
        return true
    }

    private mutating func append(_ number: UInt16) {
        message.append(byte: UInt8(number >> 8))
        message.append(byte: UInt8(number & 0xff))
    }
}

/// An address that a name was found to have.
struct FoundAddress {
    let isIPv4: Bool
    let bytes: (UInt64, UInt64)
}
