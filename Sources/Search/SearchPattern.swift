/// What a person types to search for: a text, or with `~` or `re:` before it a regular expression.
public struct SearchPattern: Sendable, Hashable {
    /// As it was typed.
    public var typed: String
    /// Without the sign of a regular expression.
    public var text: String
    /// It is a regular expression.
    public var isExpression: Bool

    /// Reads what was typed; `~~` and `\~` begin a text with a tilde.
    public init(_ typed: String, isExpression always: Bool = false) {
        self.typed = typed
        text = typed
        isExpression = always
        if typed.hasPrefix("~~") || typed.hasPrefix("\\~") {
            text = String(typed.dropFirst())
        } else if typed.hasPrefix("~") {
            text = String(typed.dropFirst())
            isExpression = true
        } else if typed.hasPrefix("re:") {
            text = String(typed.dropFirst(3))
            isExpression = true
        }
    }

    /// Case counts only when the pattern has an upper-case letter; in a regular expression one behind a backslash does not.
    public var ignoresCase: Bool {
        var isEscaped = false
        for character in text {
            if character.isUppercase, !(isExpression && isEscaped) { return false }
            isEscaped = character == "\\" && !isEscaped
        }
        return true
    }

    /// Compiles it.
    public func compiled() throws(PatternError) -> RegularExpression {
        if isExpression { return try RegularExpression(text, ignoringCase: ignoresCase) }
        return try RegularExpression(literal: text, ignoringCase: ignoresCase)
    }
}
