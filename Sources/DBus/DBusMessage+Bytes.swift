extension DBusMessage {
    /// The most bytes of a message that are taken in; the specification allows eight times as many.
    public static let sizeLimit = 1 << 24

    /// The bytes that every message starts with, and that tell how long it is.
    static let startLength = 16

    private enum Field: UInt8 {
        case path = 1
        case interface, member, errorName, replySerial, destination, sender, signature
    }

    /// Its bytes.
    /// - Throws: `.unsendable` when it is none that D-Bus can carry.
    public func bytes() throws(DBusError) -> [UInt8] {
        if let lack { throw DBusError.unsendable(lack) }
        var body = MessageWriter()
        for value in self.body { try body.put(value) }
        let signature = self.body.map(\.signature).joined()
        var fields: [DBusValue] = []
        func add(_ field: Field, _ value: DBusValue?) {
            if let value { fields.append(.structure([.byte(field.rawValue), .variant(value)])) }
        }
        add(.path, path.map { .objectPath($0) })
        add(.interface, interface.map { .string($0) })
        add(.member, member.map { .string($0) })
        add(.errorName, errorName.map { .string($0) })
        add(.replySerial, replySerial.map { .uint32($0) })
        add(.destination, destination.map { .string($0) })
        add(.sender, sender.map { .string($0) })
        add(.signature, signature.isEmpty ? nil : .signature(signature))
        var writer = MessageWriter()
        for byte in [UInt8(ascii: "l"), kind.rawValue, flags, 1] { writer.put(byte) }
        writer.put(UInt32(clamping: body.bytes.count))
        writer.put(serial)
        try writer.put(.array(of: "(yv)", fields))
        writer.align(8)
        let bytes = writer.bytes + body.bytes
        guard bytes.count <= Self.sizeLimit else { throw DBusError.unsendable("a message of \(bytes.count) bytes") }
        return bytes
    }

    /// How long the message is of which these are the first bytes; `nil` when they are fewer than 16.
    /// - Throws: `.malformed` for the start of no message, or of one that is too long.
    static func length(_ start: [UInt8]) throws(DBusError) -> Int? {
        guard start.count >= startLength else { return nil }
        let isBigEndian = try isBigEndian(start[0])
        guard start[3] == 1 else { throw DBusError.malformed("version \(start[3]) of the protocol") }
        var reader = MessageReader(start, isBigEndian: isBigEndian, range: 4..<startLength)
        let body = Int(try reader.number(UInt32.self))
        _ = try reader.number(UInt32.self)
        let fields = Int(try reader.number(UInt32.self))
        let length = startLength + (fields + 7) / 8 * 8 + body
        guard length <= sizeLimit else { throw DBusError.malformed("a message of \(length) bytes") }
        return length
    }

    private static func isBigEndian(_ mark: UInt8) throws(DBusError) -> Bool {
        switch mark {
        case UInt8(ascii: "l"): false
        case UInt8(ascii: "B"): true
        default: throw DBusError.malformed("byte order \(mark)")
        }
    }

    /// Reads a whole message.
    /// - Returns: `nil` for a kind of message that is not known and to be ignored.
    /// - Throws: `.malformed`.
    public init?(_ bytes: [UInt8]) throws(DBusError) {
        guard let length = try Self.length(bytes), length == bytes.count else {
            throw DBusError.malformed("it ends too soon or too late")
        }
        let isBigEndian = try Self.isBigEndian(bytes[0])
        guard bytes[1] != 0 else { throw DBusError.malformed("a message of kind 0") }
        var reader = MessageReader(bytes, isBigEndian: isBigEndian, range: 8..<bytes.count)
        guard let kind = Kind(rawValue: bytes[1]) else { return nil }
        self.init(kind)
        flags = bytes[2]
        serial = try reader.number(UInt32.self)
        guard serial != 0 else { throw DBusError.malformed("serial 0") }
        var signature = ""
        let fields = try reader.value(.array(.structure([.basic(.byte), .variant])))
        guard case .array(_, let fields) = fields else { throw DBusError.malformed("no header") }
        for field in fields {
            guard case .structure(let parts) = field, parts.count == 2, case .byte(let code) = parts[0],
                case .variant(let value) = parts[1]
            else { throw DBusError.malformed("a header field that is none") }
            try take(code, value, &signature)
        }
        try reader.align(8)
        for type in try DBusType.all(in: signature) { body.append(try reader.value(type)) }
        guard reader.isAtEnd else { throw DBusError.malformed("more than its signature tells of") }
        if let lack { throw DBusError.malformed(lack) }
    }

    private mutating func take(_ code: UInt8, _ value: DBusValue, _ signature: inout String) throws(DBusError) {
        // Fields that are not known are to be ignored.
        guard let field = Field(rawValue: code) else {
            if code == 0 { throw DBusError.malformed("header field 0") }
            return
        }
        switch (field, value) {
        case (.path, .objectPath(let text)): path = text
        case (.interface, .string(let text)): interface = text
        case (.member, .string(let text)): member = text
        case (.errorName, .string(let text)): errorName = text
        case (.replySerial, .uint32(let number)): replySerial = number
        case (.destination, .string(let text)): destination = text
        case (.sender, .string(let text)): sender = text
        case (.signature, .signature(let text)): signature = text
        default: throw DBusError.malformed("header field \(code) of type '\(value.signature)'")
        }
    }

    /// What a message of its kind may not be without, or what has the wrong form.
    private var lack: String? {
        if let interface, !DBusNames.isInterface(interface) { return "'\(interface)' is no interface" }
        if let member, !DBusNames.isMember(member) { return "'\(member)' is no member" }
        if let errorName, !DBusNames.isInterface(errorName) { return "'\(errorName)' is no error's name" }
        if let destination, !DBusNames.isBusName(destination) { return "'\(destination)' is no bus name" }
        if let sender, !DBusNames.isBusName(sender) { return "'\(sender)' is no bus name" }
        switch kind {
        case .call: return path == nil || member == nil ? "a call without path or member" : nil
        case .signal:
            return path == nil || member == nil || interface == nil ? "a signal without path, interface or member" : nil
        case .reply: return (replySerial ?? 0) == 0 ? "a reply to nothing" : nil
        case .error: return (replySerial ?? 0) == 0 || errorName == nil ? "an error without name or cause" : nil
        }
    }
}
