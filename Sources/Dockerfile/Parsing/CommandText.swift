/// An instruction's line, taken apart: name, flags, the rest. Offsets are those of the joined line.
struct CommandText {
    /// A flag as it is meant, quotes taken away: `--from=builder`.
    struct Flag {
        let text: String
        let range: Range<Int>
    }

    /// As it is written.
    let name: String
    let nameRange: Range<Int>
    let flags: [Flag]
    /// Behind the flags, without blanks around.
    let arguments: ArraySlice<UInt8>
    /// The whole line, without blanks around.
    let whole: ArraySlice<UInt8>

    init(_ line: ArraySlice<UInt8>) {
        whole = line.trimmed
        let word = whole.prefix { !$0.isBlank }
        name = word.text
        nameRange = word.indices
        var reader = FlagScanner(whole[word.endIndex...])
        flags = reader.read()
        arguments = reader.rest.trimmed
    }
}

/// Reads `--name=value` words at the start of an instruction's arguments.
private struct FlagScanner {
    private(set) var rest: ArraySlice<UInt8>

    init(_ line: ArraySlice<UInt8>) { rest = line }

    /// All flags; `--` alone ends them, as does any other word.
    mutating func read() -> [CommandText.Flag] {
        var flags: [CommandText.Flag] = []
        while true {
            rest = rest.drop { $0.isBlank }
            guard rest.starts(with: [.dash, .dash]) else { return flags }
            let flag = word()
            if flag.text == "--" { return flags }
            flags.append(flag)
        }
    }

    private mutating func word() -> CommandText.Flag {
        let start = rest.startIndex
        var text: [UInt8] = []
        var quote: UInt8?
        while let byte = rest.first {
            if quote == nil, byte.isBlank { break }
            rest = rest.dropFirst()
            if byte == quote {
                quote = nil
            } else if quote == nil, byte == .singleQuote || byte == .doubleQuote {
                quote = byte
            } else if byte == .backslash {
                guard let escaped = rest.popFirst() else { break }
                text.append(escaped)
            } else {
                text.append(byte)
            }
        }
        return CommandText.Flag(text: text.text, range: start..<rest.startIndex)
    }
}
