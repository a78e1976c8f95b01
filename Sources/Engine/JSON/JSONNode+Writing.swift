extension JSONNode {
    /// The document as text without white space, an object's members by name.
    public var text: String {
        switch self {
        case .null: "null"
        case .bool(let value): value ? "true" : "false"
        case .number(let text): text
        case .string(let text): JSONText.quoted(text)
        case .list(let items): "[" + items.map(\.text).joined(separator: ",") + "]"
        case .object(let members):
            "{"
                + members.sorted { $0.key < $1.key }.map { "\(JSONText.quoted($0.key)):\($0.value.text)" }
                .joined(separator: ",") + "}"
        }
    }

    /// A whole number.
    public static func integer(_ value: some BinaryInteger) -> JSONNode { .number("\(value)") }

    /// A list of strings.
    public static func strings(_ values: [String]) -> JSONNode { .list(values.map(JSONNode.string)) }

    /// An object of strings.
    public static func texts(_ values: [String: String]) -> JSONNode { .object(values.mapValues(JSONNode.string)) }
}
