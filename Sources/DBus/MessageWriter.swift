/// Puts values into bytes, little-endian (D-Bus Specification, "Marshaling"). Offsets count from its first byte, which must be
/// a multiple of 8 in the message.
struct MessageWriter {
    private(set) var bytes: [UInt8] = []

    /// The most bytes in an array.
    static let arrayLimit = 1 << 26

    mutating func align(_ alignment: Int) {
        while bytes.count % alignment != 0 { bytes.append(0) }
    }

    mutating func put(_ number: some FixedWidthInteger) {
        align(number.bitWidth / 8)
        withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
    }

    /// - Throws: `.unsendable` for what D-Bus cannot carry.
    mutating func put(_ value: DBusValue) throws(DBusError) {
        switch value {
        case .byte(let value): put(value)
        case .boolean(let value): put(UInt32(value ? 1 : 0))
        case .int16(let value): put(value)
        case .uint16(let value): put(value)
        case .int32(let value): put(value)
        case .uint32(let value), .descriptor(let value): put(value)
        case .int64(let value): put(value)
        case .uint64(let value): put(value)
        case .double(let value): put(value.bitPattern)
        case .string(let text): try put(text: text)
        case .objectPath(let path):
            guard DBusNames.isObjectPath(path) else { throw DBusError.unsendable("'\(path)' is no object path") }
            try put(text: path)
        case .signature(let signature): try put(signature: signature)
        case .bytes(let content):
            try put(array: 1) { (writer) throws(DBusError) in writer.bytes += content }
        case .array(let element, let values): try put(values, of: element)
        case .structure(let fields):
            guard !fields.isEmpty else { throw DBusError.unsendable("a structure without fields") }
            align(8)
            for field in fields { try put(field) }
        case .entry(let key, let value):
            align(8)
            try put(key)
            try put(value)
        case .variant(let value):
            try put(signature: value.signature)
            try put(value)
        }
    }

    private mutating func put(text: String) throws(DBusError) {
        guard !text.utf8.contains(0), let length = UInt32(exactly: text.utf8.count) else {
            throw DBusError.unsendable("a text with a NUL in it")
        }
        put(length)
        bytes += text.utf8
        bytes.append(0)
    }

    private mutating func put(signature: String) throws(DBusError) {
        do throws(DBusError) { _ = try DBusType.all(in: signature) } catch {
            throw DBusError.unsendable("signature '\(signature)'")
        }
        // At most 255 bytes, or it would have been refused.
        put(UInt8(truncatingIfNeeded: signature.utf8.count))
        bytes += signature.utf8
        bytes.append(0)
    }

    private mutating func put(_ values: [DBusValue], of element: String) throws(DBusError) {
        // An entry is a type only as an array's element.
        guard let type = try? DBusType.one(in: "a" + element), case .array(let element) = type else {
            throw DBusError.unsendable("an array of '\(element)'")
        }
        let signature = element.signature
        try put(array: element.alignment) { (writer) throws(DBusError) in
            for value in values {
                guard value.signature == signature else {
                    throw DBusError.unsendable("'\(value.signature)' in an array of '\(signature)'")
                }
                try writer.put(value)
            }
        }
    }

    /// The length of an array counts neither itself nor the padding before the first element.
    private mutating func put(
        array alignment: Int, _ elements: (inout MessageWriter) throws(DBusError) -> Void
    ) throws(DBusError) {
        put(UInt32(0))
        let place = bytes.count - 4
        align(alignment)
        let start = bytes.count
        try elements(&self)
        let length = bytes.count - start
        guard length <= Self.arrayLimit else { throw DBusError.unsendable("an array of \(length) bytes") }
        withUnsafeBytes(of: UInt32(truncatingIfNeeded: length).littleEndian) {
            bytes.replaceSubrange(place..<place + 4, with: $0)
        }
    }
}
