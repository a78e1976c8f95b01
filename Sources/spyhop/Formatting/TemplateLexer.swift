import Engine

/// Cuts a Go template into text and the tokens of its actions.
struct TemplateLexer {
    /// What stands inside `{{ }}`.
    enum Token: Equatable {
        /// A path of fields; empty for a lone dot.
        case field([String])
        case variable(String, [String])
        case word(String)
        case string(String)
        case integer(Int64)
        case pipe, open, close, comma, assign
        /// Fields of a group in parentheses: `(index .A 0).B`.
        case trailing([String])
    }

    /// A stretch of the template.
    enum Piece: Equatable {
        case text(String)
        case action([Token])
    }

    private let scalars: [Character]
    private var position = 0

    private init(_ source: some StringProtocol) { scalars = Array(source) }

    /// The pieces of `source`, trim markers already obeyed.
    /// - Throws: `EngineError` `.invalidArgument` for an action that does not end or reads wrongly.
    static func pieces(of source: String) throws -> [Piece] {
        var pieces: [Piece] = []
        var rest = source[...]
        var trimNext = false
        while let start = find("{{", in: rest) {
            var text = rest[..<start]
            let afterOpen = rest.index(start, offsetBy: 2)
            guard let end = find("}}", in: rest[afterOpen...]) else {
                throw EngineError(
                    .invalidArgument, "template has an action that is not closed: {{\(rest[afterOpen...])")
            }
            var action = rest[afterOpen..<end]
            if trimNext { text = text.drop(while: \.isWhitespace) }
            if action.hasPrefix("- ") {
                action = action.dropFirst(2)
                while text.last?.isWhitespace == true { text = text.dropLast() }
            }
            trimNext = action.hasSuffix(" -")
            if trimNext { action = action.dropLast(2) }
            if !text.isEmpty { pieces.append(.text(String(text))) }
            if !action.hasPrefix("/*") {
                var lexer = TemplateLexer(action)
                pieces.append(.action(try lexer.tokens()))
            }
            rest = rest[rest.index(end, offsetBy: 2)...]
        }
        if trimNext { rest = rest.drop(while: \.isWhitespace) }
        if !rest.isEmpty { pieces.append(.text(String(rest))) }
        return pieces
    }

    private static func find(_ mark: String, in text: Substring) -> String.Index? {
        var index = text.startIndex
        while index < text.endIndex {
            if text[index...].hasPrefix(mark) { return index }
            index = text.index(after: index)
        }
        return nil
    }

    private var current: Character? { position < scalars.count ? scalars[position] : nil }

    private mutating func tokens() throws -> [Token] {
        var tokens: [Token] = []
        while let character = current {
            switch character {
            case _ where character.isWhitespace: position += 1
            case "|": add(.pipe, to: &tokens)
            case "(": add(.open, to: &tokens)
            case ",": add(.comma, to: &tokens)
            case ")":
                add(.close, to: &tokens)
                if current == "." { tokens.append(.trailing(fieldPath())) }
            case ":":
                position += 1
                guard current == "=" else { throw unexpected(":") }
                add(.assign, to: &tokens)
            case ".": tokens.append(.field(fieldPath()))
            case "$":
                position += 1
                tokens.append(.variable(word(), fieldPath()))
            case "\"": tokens.append(.string(try quoted()))
            case "`": tokens.append(.string(try raw()))
            case _ where character.isNumber || character == "-":
                position += 1
                let digits = String(character) + word()
                guard let value = Int64(digits) else { throw unexpected(digits) }
                tokens.append(.integer(value))
            case _ where character.isLetter || character == "_": tokens.append(.word(word()))
            default: throw unexpected(String(character))
            }
        }
        return tokens
    }

    private mutating func add(_ token: Token, to tokens: inout [Token]) {
        tokens.append(token)
        position += 1
    }

    private func unexpected(_ text: String) -> EngineError {
        EngineError(.invalidArgument, "template action {{\(String(scalars))}} has an unexpected \"\(text)\"")
    }

    private mutating func word() -> String {
        var text = ""
        while let character = current, character.isLetter || character.isNumber || character == "_" {
            text.append(character)
            position += 1
        }
        return text
    }

    private mutating func fieldPath() -> [String] {
        var path: [String] = []
        while current == "." {
            position += 1
            let name = word()
            if name.isEmpty { break }
            path.append(name)
        }
        return path
    }

    private mutating func quoted() throws -> String {
        position += 1
        var text = ""
        while let character = current {
            position += 1
            if character == "\"" { return text }
            guard character == "\\" else {
                text.append(character)
                continue
            }
            guard let escaped = current else { break }
            position += 1
            switch escaped {
            case "n": text.append("\n")
            case "t": text.append("\t")
            case "r": text.append("\r")
            default: text.append(escaped)
            }
        }
        throw EngineError(.invalidArgument, "template has a string that is not closed: \"\(text)")
    }

    private mutating func raw() throws -> String {
        position += 1
        var text = ""
        while let character = current {
            position += 1
            if character == "`" { return text }
            text.append(character)
        }
        throw EngineError(.invalidArgument, "template has a string that is not closed: `\(text)")
    }
}
