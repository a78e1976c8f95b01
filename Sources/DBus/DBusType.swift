/// A complete type, read from a signature.
indirect enum DBusType: Hashable {
    case basic(Basic)
    case variant
    case array(DBusType)
    case structure([DBusType])
    case entry(Basic, DBusType)

    /// A type without parts, by its letter.
    enum Basic: UInt8 {
        case byte = 0x79
        case boolean = 0x62
        case int16 = 0x6e
        case uint16 = 0x71
        case int32 = 0x69
        case uint32 = 0x75
        case int64 = 0x78
        case uint64 = 0x74
        case double = 0x64
        case string = 0x73
        case objectPath = 0x6f
        case signature = 0x67
        case descriptor = 0x68

        var alignment: Int {
            switch self {
            case .byte, .signature: 1
            case .int16, .uint16: 2
            case .boolean, .int32, .uint32, .string, .objectPath, .descriptor: 4
            case .int64, .uint64, .double: 8
            }
        }
    }

    /// What its offset in a message is a multiple of.
    var alignment: Int {
        switch self {
        case .basic(let basic): basic.alignment
        case .variant: 1
        case .array: 4
        case .structure, .entry: 8
        }
    }

    /// Its signature.
    var signature: String {
        switch self {
        case .basic(let basic): String(UnicodeScalar(basic.rawValue))
        case .variant: "v"
        case .array(let element): "a" + element.signature
        case .structure(let fields): "(" + fields.map(\.signature).joined() + ")"
        case .entry(let key, let value): "{" + String(UnicodeScalar(key.rawValue)) + value.signature + "}"
        }
    }

    /// The complete types of a signature.
    /// - Throws: `.malformed`.
    static func all(in signature: String) throws(DBusError) -> [DBusType] {
        var reader = SignatureReader(signature)
        return try reader.all()
    }

    /// The type of a signature that is exactly one.
    /// - Throws: `.malformed`.
    static func one(in signature: String) throws(DBusError) -> DBusType {
        let types = try all(in: signature)
        guard types.count == 1 else { throw DBusError.malformed("signature '\(signature)' is not one type") }
        return types[0]
    }
}

/// Reads signatures with the specification's bounds: 255 bytes, 32 arrays and 32 structures inside one another.
private struct SignatureReader {
    private let text: String
    private var rest: ArraySlice<UInt8>
    private var arrays = 0
    private var structures = 0

    init(_ text: String) {
        self.text = text
        rest = ArraySlice(text.utf8)
    }

    mutating func all() throws(DBusError) -> [DBusType] {
        guard rest.count <= 255 else { throw DBusError.malformed("a signature of \(rest.count) bytes") }
        var types: [DBusType] = []
        while !rest.isEmpty { types.append(try next()) }
        return types
    }

    private var failure: DBusError { .malformed("signature '\(text)'") }

    private mutating func next() throws(DBusError) -> DBusType {
        guard let letter = rest.popFirst() else { throw failure }
        switch letter {
        case UInt8(ascii: "v"): return .variant
        case UInt8(ascii: "a"): return try array()
        case UInt8(ascii: "("): return try structure()
        default:
            guard let basic = DBusType.Basic(rawValue: letter) else { throw failure }
            return .basic(basic)
        }
    }

    private mutating func array() throws(DBusError) -> DBusType {
        arrays += 1
        guard arrays <= 32 else { throw failure }
        let element: DBusType
        if rest.first == UInt8(ascii: "{") {
            rest = rest.dropFirst()
            structures += 1
            guard structures <= 32, let letter = rest.popFirst(), let key = DBusType.Basic(rawValue: letter) else {
                throw failure
            }
            element = .entry(key, try next())
            guard rest.popFirst() == UInt8(ascii: "}") else { throw failure }
            structures -= 1
        } else {
            element = try next()
        }
        arrays -= 1
        return .array(element)
    }

    private mutating func structure() throws(DBusError) -> DBusType {
        structures += 1
        guard structures <= 32 else { throw failure }
        var fields: [DBusType] = []
        while rest.first != UInt8(ascii: ")") { fields.append(try next()) }
        rest = rest.dropFirst()
        structures -= 1
        guard !fields.isEmpty else { throw failure }
        return .structure(fields)
    }
}
