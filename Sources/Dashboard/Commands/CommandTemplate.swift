/// A text with places for values: `docker exec {{.Container.Name}} ps`.
///
/// Values never become part of a shell's program text. For a shell each place turns into a reference to a variable, quoted
/// as its surroundings want it, and the shell puts the value in as data, whatever is in it.
public struct CommandTemplate: Sendable, Hashable {
    enum Part: Sendable, Hashable {
        case text(String)
        case value(CommandValue)
    }

    let parts: [Part]

    /// A text without any place.
    static func verbatim(_ text: String) -> CommandTemplate { CommandTemplate(parts: [.text(text)]) }

    /// Reads a text. `\{{` are two braces that are nothing but braces.
    /// - Returns: the template, or what is wrong with the text.
    public static func read(_ text: String, allowed: [CommandValue]) -> Result<CommandTemplate, Refusal> {
        var parts: [Part] = []
        var plain = ""
        var rest = text[...]
        while !rest.isEmpty {
            if rest.hasPrefix("\\{{") {
                plain += "{{"
                rest = rest.dropFirst(3)
            } else if rest.hasPrefix("{{") {
                guard let end = rest.firstRange(of: "}}") else {
                    return .failure(Refusal(words("\"{{\" is not closed")))
                }
                let name = rest[rest.index(rest.startIndex, offsetBy: 2)..<end.lowerBound].filter { $0 != " " }
                guard let value = allowed.first(where: { $0.name == name }) else {
                    let known = allowed.map { "{{\($0.name)}}" }.joined(separator: ", ")
                    return .failure(
                        Refusal(words("there is no {{\(name)}} here; there are \(known); two plain braces are \\{{")))
                }
                if !plain.isEmpty { parts.append(.text(plain)) }
                plain = ""
                parts.append(.value(value))
                rest = rest[end.upperBound...]
            } else {
                plain.append(rest.removeFirst())
            }
        }
        if !plain.isEmpty { parts.append(.text(plain)) }
        return .success(CommandTemplate(parts: parts))
    }

    /// What is wrong with a text.
    public struct Refusal: Error, Sendable, Hashable, CustomStringConvertible {
        /// What is wrong.
        public let description: String

        init(_ text: String) { description = text }
    }

    /// As it is written.
    var text: String {
        parts.map { part in
            switch part {
            case .text(let text): text
            case .value(let value): "{{\(value.name)}}"
            }
        }.joined()
    }

    /// One argument of a program, with the values in their places.
    func argument(_ values: [CommandValue: String]) -> String {
        parts.map { part in
            switch part {
            case .text(let text): text
            case .value(let value): values[value] ?? ""
            }
        }.joined()
    }

    /// A program for the shell, which finds the values in its environment.
    var shellText: String {
        var quoting = ShellQuoting()
        return parts.map { part in
            switch part {
            case .text(let text):
                quoting.read(text)
                return text
            case .value(let value): return quoting.reference(to: value.variable)
            }
        }.joined()
    }
}

/// Whether a place in a shell's program text is quoted, and how (POSIX, 2.2).
struct ShellQuoting {
    private enum Place { case plain, single, double }
    /// What encloses the place: quotes, and substitutions within them.
    private var places: [Place] = [.plain]
    private var isEscaped = false
    private var lastWasDollar = false

    mutating func read(_ text: String) {
        for character in text {
            defer { lastWasDollar = character == "$" && !isEscaped }
            if isEscaped {
                isEscaped = false
                continue
            }
            switch (places.last ?? .plain, character) {
            case (.single, "'"): places.removeLast()
            case (.single, _): break
            case (_, "\\"): isEscaped = true
            case (.double, "\""): places.removeLast()
            case (.double, "("): if lastWasDollar { places.append(.plain) }
            case (.plain, "'"): places.append(.single)
            case (.plain, "\""): places.append(.double)
            case (.plain, "("): places.append(.plain)
            case (.plain, ")"): if places.count > 1 { places.removeLast() }
            default: break
            }
        }
    }

    /// A variable's value as one word, or as a part of the word that is being written.
    mutating func reference(to variable: String) -> String {
        isEscaped = false
        switch places.last ?? .plain {
        case .plain: return "\"${\(variable)}\""
        case .double: return "${\(variable)}"
        case .single: return "'\"${\(variable)}\"'"
        }
    }
}
