/// Reads the phrases out of Swift source: what stands in `words("…")`, `phrase("…")` and `Format.count(…, "…")`.
struct PhraseScanner {
    /// Phrases as keys: `\(…)` is `%1`, `%2`.
    private(set) var phrases: Set<String> = []
    /// Nouns that are counted: `image`.
    private(set) var nouns: Set<String> = []
    /// Calls of `words` that no literal follows, so that nobody could find the phrase.
    private(set) var strays: [String] = []

    private let text: [Character]

    init(_ source: String) {
        text = Array(source)
        var index = 0
        while index < text.count {
            if isComment(index) {
                while index < text.count, text[index] != "\n" { index += 1 }
            } else if let start = call("words", index) {
                read(start)
            } else if let start = call("phrase", index), literal(start) != nil {
                read(start)
            } else if let start = call("count", index) {
                nouns.formUnion(plainLiterals(start).filter { $0.allSatisfy { $0.isLetter && $0.isLowercase } })
            }
            index += 1
        }
    }

    private func isComment(_ index: Int) -> Bool {
        text[index] == "/" && text[index...].starts(with: "//") && (index == 0 || text[index - 1] != ":")
    }

    /// Where the arguments of a call of this function begin, if it is one.
    private func call(_ name: String, _ index: Int) -> Int? {
        guard text[index] == name.first, text[index...].starts(with: name + "(") else { return nil }
        if index > 0, text[index - 1].isLetter || text[index - 1].isNumber || "_`".contains(text[index - 1]) {
            return nil
        }
        if index > 0, text[index - 1] == ".", name != "count" { return nil }
        if index > 4, ["func ", "case "].contains(String(text[(index - 5)..<index])) { return nil }
        var start = index + name.count + 1
        while start < text.count, text[start].isWhitespace { start += 1 }
        return start
    }

    private mutating func read(_ start: Int) {
        if text[start...].starts(with: "for:") { return }
        if let literal = literal(start) {
            phrases.insert(literal.key)
        } else {
            strays.append(String(text[start..<min(start + 60, text.count)]))
        }
    }

    /// The literal that begins here, as a key, and where it ends.
    private func literal(_ start: Int) -> (key: String, end: Int)? {
        guard start < text.count, text[start] == "\"" else { return nil }
        var (key, places, index) = ("", 0, start + 1)
        while index < text.count, text[index] != "\"" {
            guard text[index] == "\\", index + 1 < text.count else {
                key.append(text[index])
                index += 1
                continue
            }
            if text[index + 1] == "(" {
                places += 1
                key += "%\(places)"
                index = closing(index + 2) + 1
            } else {
                key.append(text[index + 1] == "n" ? "\n" : text[index + 1])
                index += 2
            }
        }
        return (key, index)
    }

    /// The parenthesis that closes what begins here.
    private func closing(_ start: Int) -> Int {
        var (depth, index) = (0, start)
        while index < text.count {
            switch text[index] {
            case "\"": index = literal(index)?.end ?? index
            case "(": depth += 1
            case ")":
                if depth == 0 { return index }
                depth -= 1
            default: break
            }
            index += 1
        }
        return index
    }

    /// The literals among the arguments, those of calls within left out.
    private func plainLiterals(_ start: Int) -> [String] {
        var (found, depth, index) = ([String](), 0, start)
        while index < text.count {
            switch text[index] {
            case "\"":
                guard let literal = literal(index) else { return found }
                if depth == 0 { found.append(literal.key) }
                index = literal.end
            case "(", "[", "{": depth += 1
            case ")", "]", "}":
                if depth == 0 { return found }
                depth -= 1
            default: break
            }
            index += 1
        }
        return found
    }
}
