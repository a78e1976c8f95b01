/// Takes values out of bytes that anybody may have written: every bound is checked, and what is left open in the
/// specification (padding, lengths, nesting) is held to its letter.
struct MessageReader {
    private let bytes: [UInt8]
    private let isBigEndian: Bool
    private(set) var position: Int
    private let end: Int

    /// How deep values may lie inside one another.
    static let depthLimit = 64

    /// Reads `bytes[range]`; alignment counts from the first of all bytes.
    init(_ bytes: [UInt8], isBigEndian: Bool, range: Range<Int>) {
        self.bytes = bytes
        self.isBigEndian = isBigEndian
        let range = range.clamped(to: bytes.startIndex..<bytes.endIndex)
        position = range.lowerBound
        end = range.upperBound
    }

    var isAtEnd: Bool { position == end }

    mutating func align(_ alignment: Int) throws(DBusError) {
        let padding = (alignment - position % alignment) % alignment
        guard try take(padding).allSatisfy({ $0 == 0 }) else { throw DBusError.malformed("padding that is not zero") }
    }

    private mutating func take(_ count: Int) throws(DBusError) -> ArraySlice<UInt8> {
        guard count >= 0, count <= end - position else { throw DBusError.malformed("it ends too soon") }
        defer { position += count }
        return bytes[position..<position + count]
    }

    mutating func number<Number: FixedWidthInteger>(_ type: Number.Type) throws(DBusError) -> Number {
        let size = Number.bitWidth / 8
        try align(size)
        var number: Number = 0
        let field = try take(size)
        for byte in isBigEndian ? Array(field) : field.reversed() {
            // A byte shifted out of itself is all there is of numbers of one byte.
            number = size == 1 ? Number(truncatingIfNeeded: byte) : number << 8 | Number(truncatingIfNeeded: byte)
        }
        return number
    }

    /// - Throws: `.malformed`.
    mutating func value(_ type: DBusType, depth: Int = 0) throws(DBusError) -> DBusValue {
        guard depth < Self.depthLimit else { throw DBusError.malformed("values too deep in one another") }
        switch type {
        case .basic(let basic): return try value(basic)
        case .variant:
            let inner = try DBusType.one(in: try signature())
            return .variant(try value(inner, depth: depth + 1))
        case .array(let element): return try array(element, depth: depth)
        case .structure(let fields):
            try align(8)
            var values: [DBusValue] = []
            for field in fields { values.append(try value(field, depth: depth + 1)) }
            return .structure(values)
        case .entry(let key, let content):
            try align(8)
            let key = try value(key)
            return .entry(key, try value(content, depth: depth + 1))
        }
    }

    private mutating func value(_ basic: DBusType.Basic) throws(DBusError) -> DBusValue {
        switch basic {
        case .byte: return .byte(try number(UInt8.self))
        case .boolean:
            let number = try number(UInt32.self)
            guard number <= 1 else { throw DBusError.malformed("a boolean that is \(number)") }
            return .boolean(number == 1)
        case .int16: return .int16(try number(Int16.self))
        case .uint16: return .uint16(try number(UInt16.self))
        case .int32: return .int32(try number(Int32.self))
        case .uint32: return .uint32(try number(UInt32.self))
        case .int64: return .int64(try number(Int64.self))
        case .uint64: return .uint64(try number(UInt64.self))
        case .double: return .double(Double(bitPattern: try number(UInt64.self)))
        case .string: return .string(try text())
        case .objectPath:
            let path = try text()
            guard DBusNames.isObjectPath(path) else { throw DBusError.malformed("an object path that is none") }
            return .objectPath(path)
        case .signature:
            let signature = try signature()
            _ = try DBusType.all(in: signature)
            return .signature(signature)
        case .descriptor: return .descriptor(try number(UInt32.self))
        }
    }

    private mutating func array(_ element: DBusType, depth: Int) throws(DBusError) -> DBusValue {
        let length = Int(try number(UInt32.self))
        guard length <= MessageWriter.arrayLimit else { throw DBusError.malformed("an array of \(length) bytes") }
        try align(element.alignment)
        if element == .basic(.byte) { return .bytes(Array(try take(length))) }
        guard length <= end - position else { throw DBusError.malformed("it ends too soon") }
        let stop = position + length
        var values: [DBusValue] = []
        while position < stop { values.append(try value(element, depth: depth + 1)) }
        guard position == stop else { throw DBusError.malformed("an array whose last element sticks out") }
        return .array(of: element.signature, values)
    }

    private mutating func text() throws(DBusError) -> String { try text(length: Int(try number(UInt32.self))) }

    private mutating func signature() throws(DBusError) -> String { try text(length: Int(try number(UInt8.self))) }

    private mutating func text(length: Int) throws(DBusError) -> String {
        let content = try take(length)
        guard try take(1).first == 0, !content.contains(0), let text = String(validating: content, as: UTF8.self) else {
            throw DBusError.malformed("a text that is none")
        }
        return text
    }
}
