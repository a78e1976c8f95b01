/// Reads parser directives: comments `# name=value` before anything else in a file.
struct DirectiveReader {
    private(set) var directives = Dockerfile.Directives()

    /// Reads a file's directives.
    init(_ source: SourceText) throws(PlacedFailure) {
        var seen: Set<String> = []
        var line = 0
        // A Dockerfile may be a program: the line that names its interpreter does not count.
        if source.content(0).starts(with: Array("#!".utf8)) { line = 1 }
        while let (name, value) = Self.directive(source.content(line)), ["syntax", "escape", "check"].contains(name) {
            guard seen.insert(name).inserted else {
                throw PlacedFailure("only one \(name) parser directive can be used", line: line)
            }
            switch name {
            case "syntax": directives.syntax = value
            case "escape":
                guard value == "\\" || value == "`" else {
                    throw PlacedFailure("the escape character must be \\ or `, not \(quoted(value))", line: line)
                }
                directives.escape = Character(value)
            default:
                if let message = directives.addChecks(value) { throw PlacedFailure(message, line: line) }
            }
            line += 1
        }
    }

    /// A failure in a line, from 0.
    struct PlacedFailure: Error {
        let message: String
        let line: Int

        init(_ message: String, line: Int) {
            self.message = message
            self.line = line
        }
    }

    /// The name, in lower case, and the value, if a line has the form of a directive.
    static func directive(_ line: ArraySlice<UInt8>) -> (name: String, value: String)? {
        let trimmed = line.drop { $0.isBlank }
        guard trimmed.first == .hash else { return nil }
        return assignment(trimmed.dropFirst())
    }

    /// `name = value`, as it stands in a comment.
    static func assignment(_ comment: ArraySlice<UInt8>) -> (name: String, value: String)? {
        let text = comment.drop { $0.isBlank }
        let name = text.prefix { $0.isLetter || $0.isDigit }
        guard let first = name.first, first.isLetter else { return nil }
        let rest = text[name.endIndex...].drop { $0.isBlank }
        guard rest.first == .equals else { return nil }
        let value = rest.dropFirst().trimmed
        return value.isEmpty ? nil : (name.text.lowercased(), value.text)
    }
}

extension Dockerfile.Directives {
    /// Adds what `# check=` says: `skip=A,B;error=true;experimental=all`. Answers what is wrong with it.
    mutating func addChecks(_ text: String) -> String? {
        for part in text.split(separator: ";", omittingEmptySubsequences: true) {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let key = trim(pair.first ?? "")
            guard pair.count == 2 else {
                return "the check directive's option \(quoted(String(part))) is no key=value pair"
            }
            let names = pair[1].split(separator: ",").map { trim($0) }.filter { !$0.isEmpty }
            switch key {
            case "skip": skippedChecks.formUnion(names)
            case "experimental": experimentalChecks.formUnion(names)
            case "error":
                guard let value = boolean(trim(pair[1])) else {
                    return "the check directive's error option is true or false, not \(quoted(trim(pair[1])))"
                }
                warningsAreErrors = value
            default: return "the check directive has no option \(quoted(key))"
            }
        }
        return nil
    }

    private func trim(_ text: Substring) -> String { Array(text.utf8).trimmed.text }
}

/// A truth value as Go reads it; `nil` for anything else.
func boolean(_ text: String) -> Bool? {
    switch text {
    case "1", "t", "T", "true", "TRUE", "True": true
    case "0", "f", "F", "false", "FALSE", "False": false
    default: nil
    }
}
