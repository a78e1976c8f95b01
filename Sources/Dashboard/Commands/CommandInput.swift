/// Something that a command asks before it is run.
public struct CommandInput: Sendable, Hashable {
    /// What can be answered.
    public enum Kind: Sendable, Hashable {
        case text
        case choice([String])
        /// A number, whole or with a point.
        case number
        /// A text that is not shown.
        case secret
        case yesNo
    }

    /// What the command calls it: `{{.Input.name}}`, `$SPYHOP_INPUT_NAME`.
    public var name: String
    /// What stands before it in the form.
    public var label: String
    /// What can be answered.
    public var kind: Kind
    /// What stands there at first.
    public var initial: String

    /// Something to ask.
    public init(name: String, label: String? = nil, kind: Kind = .text, initial: String = "") {
        self.name = name
        self.label = label ?? name
        self.kind = kind
        self.initial = initial
    }

    /// Whether a name can be a variable's.
    public static func isName(_ name: String) -> Bool {
        guard let first = name.utf8.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else {
            return false
        }
        return name.utf8.count <= 64
            && name.utf8.allSatisfy {
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
                    || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: "_")
            }
    }

    /// What is wrong with an answer; `nil` when nothing is.
    func refusal(of answer: String) -> String? {
        switch kind {
        case .text, .secret, .yesNo: nil
        case .choice(let choices): choices.contains(answer) ? nil : words("one of \(choices.joined(separator: ", "))")
        case .number: Self.isNumber(answer) ? nil : words("a number is wanted")
        }
    }

    private static func isNumber(_ text: String) -> Bool {
        let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
        let parts = digits.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        return parts.allSatisfy { part in
            !part.isEmpty && part.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        }
    }
}
