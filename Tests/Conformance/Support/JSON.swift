import Foundation

/// A JSON value that tests write as literals and change by path: what `config.json` is made of.
enum JSON: Equatable, Sendable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case array([JSON])
    case object([String: JSON])

    init(parsing text: String) throws {
        let value = try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
        self = JSON(converting: value)
    }

    private init(converting value: Any) {
        switch value {
        case let text as String: self = .string(text)
        case let number as NSNumber:
            self = CFBooleanLike.isBoolean(number) ? .bool(number.boolValue) : .number(number.doubleValue)
        case let list as [Any]: self = .array(list.map { JSON(converting: $0) })
        case let table as [String: Any]: self = .object(table.mapValues { JSON(converting: $0) })
        default: self = .null
        }
    }

    /// The value below these keys; setting makes the objects on the way, and null takes the key away.
    subscript(_ path: String...) -> JSON {
        get { path.reduce(self) { value, key in value.fields[key] ?? .null } }
        set { set(newValue, at: path[...]) }
    }

    private mutating func set(_ value: JSON, at path: ArraySlice<String>) {
        guard let key = path.first else {
            self = value
            return
        }
        var table = fields
        var below = table[key] ?? .null
        below.set(value, at: path.dropFirst())
        table[key] = below == .null ? nil : below
        self = .object(table)
    }

    mutating func append(_ value: JSON) { self = .array(items + [value]) }

    var fields: [String: JSON] { if case .object(let table) = self { table } else { [:] } }
    var items: [JSON] { if case .array(let list) = self { list } else { [] } }
    var text: String? { if case .string(let text) = self { text } else { nil } }
    var int: Int? { if case .number(let number) = self { Int(exactly: number) } else { nil } }

    /// As it stands in a file.
    var encoded: String {
        switch self {
        case .null: "null"
        case .bool(let value): value ? "true" : "false"
        case .number(let value): Int(exactly: value).map(String.init) ?? String(value)
        case .string(let value): Self.quoted(value)
        case .array(let list): "[" + list.map(\.encoded).joined(separator: ",") + "]"
        case .object(let table):
            "{"
                + table.sorted { $0.key < $1.key }.map { Self.quoted($0.key) + ":" + $0.value.encoded }
                .joined(separator: ",") + "}"
        }
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}

/// Foundation keeps booleans as numbers of their own type.
private enum CFBooleanLike {
    static func isBoolean(_ number: NSNumber) -> Bool { String(cString: number.objCType) == "c" }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByStringInterpolation, ExpressibleByNilLiteral
{
    init(stringLiteral value: String) { self = .string(value) }
    init(integerLiteral value: Int) { self = .number(Double(value)) }
    init(booleanLiteral value: Bool) { self = .bool(value) }
    init(arrayLiteral elements: JSON...) { self = .array(elements) }
    init(dictionaryLiteral elements: (String, JSON)...) { self = .object(Dictionary(elements) { _, last in last }) }
    init(nilLiteral: ()) { self = .null }

    /// A list of words.
    static func words(_ words: [String]) -> JSON { .array(words.map(JSON.string)) }
}
