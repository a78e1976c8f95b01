/// A JSON value whose objects keep the order of their members, so that `inspect` reads in docker's order.
indirect enum JSONValue: Sendable, Hashable {
    case null
    case bool(Bool)
    case integer(Int64)
    case number(Double)
    case string(String)
    case array([JSONValue])
    /// A structure: Go prints its values alone, and a field that is not there is an error.
    case object([Member])
    /// A map, whose keys are people's: Go prints them, and a key that is not there has no value.
    case table([Member])

    /// One member of an object.
    struct Member: Sendable, Hashable {
        var key: String
        var value: JSONValue
    }

    /// An array of strings.
    static func strings(_ values: some Sequence<String>) -> JSONValue { .array(values.map { .string($0) }) }

    /// An object of strings, sorted by key as Go prints maps.
    static func map(_ values: [String: String]) -> JSONValue {
        .table(values.sorted { $0.key < $1.key }.map { Member(key: $0.key, value: .string($0.value)) })
    }

    /// The members of an object or map; `nil` for anything else.
    var members: [Member]? {
        switch self {
        case .object(let members), .table(let members): members
        default: nil
        }
    }

    /// The member called `key` of an object or map; `nil` for anything else.
    func member(_ key: String) -> JSONValue? { members?.first { $0.key == key }?.value }

    /// Go's idea of an empty value, which `if` and `with` ask for.
    var isEmpty: Bool {
        switch self {
        case .null: true
        case .bool(let value): !value
        case .integer(let value): value == 0
        case .number(let value): value == 0
        case .string(let value): value.isEmpty
        case .array(let values): values.isEmpty
        case .object: false
        case .table(let members): members.isEmpty
        }
    }

    /// What Go's `%v` prints.
    var text: String {
        switch self {
        case .null: "<nil>"
        case .bool(let value): value ? "true" : "false"
        case .integer(let value): String(value)
        case .number(let value): Self.numberText(value)
        case .string(let value): value
        case .array(let values): "[" + values.map(\.text).joined(separator: " ") + "]"
        case .object(let members): "{" + members.map(\.value.text).joined(separator: " ") + "}"
        case .table(let members):
            "map[" + members.map { "\($0.key):\($0.value.text)" }.joined(separator: " ") + "]"
        }
    }

    fileprivate static func numberText(_ value: Double) -> String {
        guard value.isFinite else { return "null" }
        return Int64(exactly: value).map(String.init) ?? String(value)
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
    init(stringLiteral value: String) { self = .string(value) }
    init(integerLiteral value: Int64) { self = .integer(value) }
    init(booleanLiteral value: Bool) { self = .bool(value) }
    init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(elements.map { Member(key: $0.0, value: $0.1) })
    }
    init(nilLiteral: ()) { self = .null }
}

extension JSONValue {
    /// One line, as Go's encoder writes it without HTML escapes.
    var compact: String {
        var out = ""
        write(to: &out, indent: nil, depth: 0)
        return out
    }

    /// Indented by four spaces, as `docker inspect` prints it.
    var pretty: String {
        var out = ""
        write(to: &out, indent: "    ", depth: 0)
        return out
    }

    private func write(to out: inout String, indent: String?, depth: Int) {
        switch self {
        case .null: out += "null"
        case .bool, .integer, .number: out += text
        case .string(let value): Self.quote(value, to: &out)
        case .array(let values):
            Self.writeList(values, in: ("[", "]"), to: &out, indent: indent, depth: depth) { value, out in
                value.write(to: &out, indent: indent, depth: depth + 1)
            }
        case .object(let members), .table(let members):
            Self.writeList(members, in: ("{", "}"), to: &out, indent: indent, depth: depth) { member, out in
                Self.quote(member.key, to: &out)
                out += indent == nil ? ":" : ": "
                member.value.write(to: &out, indent: indent, depth: depth + 1)
            }
        }
    }

    private static func writeList<Item>(
        _ items: [Item], in brackets: (String, String), to out: inout String, indent: String?, depth: Int,
        _ write: (Item, inout String) -> Void
    ) {
        out += brackets.0
        for (index, item) in items.enumerated() {
            if index > 0 { out += "," }
            if let indent { out += "\n" + String(repeating: indent, count: depth + 1) }
            write(item, &out)
        }
        if let indent, !items.isEmpty { out += "\n" + String(repeating: indent, count: depth) }
        out += brackets.1
    }

    private static func quote(_ value: String, to out: inout String) {
        out += "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"": out += "\\\""
            case "\\": out += "\\\\"
            case "\n": out += "\\n"
            case "\r": out += "\\r"
            case "\t": out += "\\t"
            // C1 controls are escaped too: a terminal may obey them.
            case let scalar where scalar.value < 0x20 || (0x7f...0x9f).contains(scalar.value):
                let digits = String(scalar.value, radix: 16)
                out += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: out.unicodeScalars.append(scalar)
            }
        }
        out += "\""
    }
}
