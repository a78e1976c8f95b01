/// A value as D-Bus carries it (D-Bus Specification, "Type System").
public enum DBusValue: Sendable, Hashable {
    /// `y`
    case byte(UInt8)
    /// `b`
    case boolean(Bool)
    /// `n`
    case int16(Int16)
    /// `q`
    case uint16(UInt16)
    /// `i`
    case int32(Int32)
    /// `u`
    case uint32(UInt32)
    /// `x`
    case int64(Int64)
    /// `t`
    case uint64(UInt64)
    /// `d`
    case double(Double)
    /// `s`: no NUL in it.
    case string(String)
    /// `o`
    case objectPath(String)
    /// `g`
    case signature(String)
    /// `h`: the place of a descriptor among those sent along; none ever are.
    case descriptor(UInt32)
    /// `ay`
    case bytes([UInt8])
    /// `a` and the signature of the elements, one complete type that is not `y`.
    case array(of: String, [DBusValue])
    /// `(…)`: at least one field.
    case structure([DBusValue])
    /// `{…}`: only in arrays; the key is of a basic type.
    indirect case entry(DBusValue, DBusValue)
    /// `v`
    indirect case variant(DBusValue)

    /// An array of strings, `as`.
    public static func strings(_ strings: [String]) -> DBusValue { .array(of: "s", strings.map { .string($0) }) }

    /// The signature of its type.
    public var signature: String {
        switch self {
        case .byte: "y"
        case .boolean: "b"
        case .int16: "n"
        case .uint16: "q"
        case .int32: "i"
        case .uint32: "u"
        case .int64: "x"
        case .uint64: "t"
        case .double: "d"
        case .string: "s"
        case .objectPath: "o"
        case .signature: "g"
        case .descriptor: "h"
        case .bytes: "ay"
        case .array(let element, _): "a" + element
        case .structure(let fields): "(" + fields.map(\.signature).joined() + ")"
        case .entry(let key, let value): "{" + key.signature + value.signature + "}"
        case .variant: "v"
        }
    }

    /// The text of a string or an object path.
    public var text: String? {
        switch self {
        case .string(let text), .objectPath(let text): text
        case .variant(let value): value.text
        default: nil
        }
    }
}
