import Yams

/// Texts as YAML spells them.
enum YAMLText {
    /// In double quotes, on one line, with whatever is not plain ASCII text or a printed letter escaped (YAML 1.2, 5.7).
    static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case "\r": result += "\\r"
            case _ where scalar.value < 0x20 || (0x7f...0xa0).contains(scalar.value):
                result += "\\x" + hexadecimal(scalar.value, digits: 2)
            case "\u{2028}", "\u{2029}", "\u{feff}", "\u{fffe}", "\u{ffff}":
                result += "\\u" + hexadecimal(scalar.value, digits: 4)
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    /// As it is where every reader takes it for a text, else in quotes.
    static func scalar(_ text: String) -> String {
        guard let first = text.unicodeScalars.first, isLetter(first) || first == "/" || first == "~",
            text.unicodeScalars.allSatisfy({
                isLetter($0) || ("0"..."9").contains($0) || "-_./~".unicodeScalars.contains($0)
            })
        else { return quoted(text) }
        // Words that YAML 1.1 takes for something else; a lone tilde is nothing at all.
        let words: Set<String> = ["true", "false", "yes", "no", "on", "off", "null", "y", "n", "~"]
        return words.contains(text.lowercased()) ? quoted(text) : text
    }

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
    }

    private static func hexadecimal(_ value: UInt32, digits: Int) -> String {
        let text = String(value, radix: 16)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
}

extension YamlError {
    /// Where the reader stopped, and why.
    var place: (mark: Mark, words: String)? {
        switch self {
        case .scanner(_, let words, let mark, _), .parser(_, let words, let mark, _),
            .composer(_, let words, let mark, _):
            (mark, words)
        case .duplicatedKeysInMapping(let keys, let context):
            (context.mark, "more than once in one map: \(keys.sorted().joined(separator: ", "))")
        default: nil
        }
    }
}
