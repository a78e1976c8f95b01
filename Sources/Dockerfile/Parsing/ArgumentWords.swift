/// The ways in which instructions take their arguments apart.
enum ArgumentWords {
    /// A word and where it stands in the joined line.
    struct Word {
        let text: String
        let range: Range<Int>
    }

    /// Words between blanks.
    static func plain(_ arguments: ArraySlice<UInt8>) -> [Word] {
        arguments.split { $0.isBlank }.map { Word(text: $0.text, range: $0.indices) }
    }

    /// Words between blanks that are neither quoted nor escaped. Quotes and escape characters stay in them.
    static func quoted(_ arguments: ArraySlice<UInt8>, escape: UInt8) -> [Word] {
        var words: [Word] = []
        var rest = arguments.drop { $0.isBlank }
        while !rest.isEmpty {
            let start = rest.startIndex
            var text: [UInt8] = []
            var quote: UInt8?
            while let byte = rest.first {
                if quote == nil, byte.isBlank { break }
                rest = rest.dropFirst()
                if byte == escape, quote != .singleQuote {
                    // At the very end it escapes nothing and is dropped.
                    guard let escaped = rest.popFirst() else { break }
                    text += [byte, escaped]
                    continue
                }
                if byte == quote {
                    quote = nil
                } else if quote == nil, byte == .singleQuote || byte == .doubleQuote {
                    quote = byte
                }
                text.append(byte)
            }
            if !text.isEmpty { words.append(Word(text: text.text, range: start..<rest.startIndex)) }
            rest = rest.drop { $0.isBlank }
        }
        return words
    }

    /// The strings of a JSON list; `nil` when the arguments are no JSON list, and then they mean what they say.
    static func list(_ arguments: ArraySlice<UInt8>) throws(ParseFailure) -> [String]? {
        guard arguments.first == .openBracket else { return nil }
        var reader = JSONListReader(arguments)
        switch reader.read() {
        case .strings(let strings): return strings
        case .otherValues:
            throw ParseFailure("a list in JSON form must consist of strings alone", at: arguments.indices)
        case .noList: return nil
        }
    }
}
