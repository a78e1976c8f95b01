/// Reads the pieces of header fields (RFC 9110, section 5.6): tokens, quoted strings, separators.
struct FieldScanner {
    private(set) var rest: Substring

    init(_ text: some StringProtocol) { rest = Substring(text) }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func skipSpace() { rest = rest.drop { $0 == " " || $0 == "\t" } }

    /// Passes a separator and the white space around it.
    mutating func skip(_ separator: Character) -> Bool {
        skipSpace()
        guard rest.first == separator else { return false }
        rest = rest.dropFirst()
        skipSpace()
        return true
    }

    /// Letters, digits and what else a token may hold; `nil` when there is none.
    mutating func token() -> String? {
        skipSpace()
        let token = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || "!#$%&'*+-.^_`|~".contains($0)) }
        rest = rest[token.endIndex...]
        return token.isEmpty ? nil : String(token)
    }

    /// What is between quotes, backslashes resolved; `nil` when there is none or it does not end.
    mutating func quotedString() -> String? {
        skipSpace()
        guard rest.first == "\"" else { return nil }
        var value = ""
        var index = rest.index(after: rest.startIndex)
        while index < rest.endIndex {
            switch rest[index] {
            case "\"":
                rest = rest[rest.index(after: index)...]
                return value
            case "\\":
                index = rest.index(after: index)
                guard index < rest.endIndex else { return nil }
                value.append(rest[index])
            case let character: value.append(character)
            }
            index = rest.index(after: index)
        }
        return nil
    }

    /// Base64 as a challenge or credentials carry it, up to white space or a comma.
    mutating func token68() -> String? {
        skipSpace()
        let token = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || "-._~+/=".contains($0)) }
        rest = rest[token.endIndex...]
        return token.isEmpty ? nil : String(token)
    }
}
