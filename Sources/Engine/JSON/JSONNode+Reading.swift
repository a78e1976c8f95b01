/// Reading what a program of another make has written: what is missing, `null` or of another kind is simply not there, so
/// that one odd member never costs the rest.
extension JSONNode {
    /// A member of an object.
    public subscript(_ name: String) -> JSONNode? {
        guard case .object(let members) = self, let member = members[name], member != .null else { return nil }
        return member
    }

    /// What a string says.
    public var string: String? { if case .string(let text) = self { text } else { nil } }

    /// What a string says that says anything.
    public var words: String? { string.flatMap { $0.isEmpty ? nil : $0 } }

    /// A whole number; one beyond what fits is the furthest that does, a fraction is cut off. Numbers in quotes count.
    public var integer: Int64? {
        switch self {
        case .number(let text), .string(let text):
            if let exact = Int64(text) { return exact }
            guard let value = Double(text), !value.isNaN else { return nil }
            return Int64(exactly: value.rounded(.towardZero)) ?? (value < 0 ? .min : .max)
        default: return nil
        }
    }

    /// A whole number that cannot be negative, as counters are.
    public var counter: UInt64? {
        switch self {
        case .number(let text), .string(let text):
            if let exact = UInt64(text) { return exact }
            guard let value = Double(text), !value.isNaN else { return nil }
            return UInt64(exactly: value.rounded(.towardZero)) ?? (value < 0 ? 0 : .max)
        default: return nil
        }
    }

    /// A number with its fraction.
    public var real: Double? { if case .number(let text) = self { Double(text) } else { nil } }

    /// It is `true`, and not merely there.
    public var isTrue: Bool { self == .bool(true) }

    /// What a list holds; nothing where there is no list.
    public var items: [JSONNode] { if case .list(let items) = self { items } else { [] } }

    /// The strings of a list.
    public var strings: [String] { items.compactMap(\.string) }

    /// What an object holds; nothing where there is no object.
    public var members: [String: JSONNode] { if case .object(let members) = self { members } else { [:] } }

    /// An object's strings.
    public var texts: [String: String] { members.compactMapValues(\.string) }

    /// A moment as RFC 3339 spells it. The year 1, which Go writes for no moment at all, is none.
    public var moment: Timestamp? {
        guard let text = words, !text.hasPrefix("0001-") else { return nil }
        return Timestamp(rfc3339: text)
    }
}
