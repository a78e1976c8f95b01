/// A command's help as people read it: what every command shares stands last.
enum HelpText {
    /// The parser's text with the options of the engine behind the command's own.
    static func arrange(_ text: String) -> String {
        let mark = GlobalOptions.title.uppercased() + ":"
        var blocks = text.split(separator: "\n\n", omittingEmptySubsequences: false)
        guard let index = blocks.firstIndex(where: { $0.hasPrefix(mark) }) else { return text }
        let shared = blocks.remove(at: index)
        let last = blocks.lastIndex { $0.hasPrefix("OPTIONS:") } ?? blocks.endIndex - 1
        let end = blocks.index(after: last)
        // The last block of the text ends in the newline of the whole.
        let isAtEnd = blocks[last...].first?.hasSuffix("\n") == true
        if isAtEnd { blocks[last] = blocks[last].dropLast() }
        blocks.insert(isAtEnd ? shared + "\n" : shared, at: end)
        return leadingWithOptions(blocks).joined(separator: "\n\n")
    }

    /// The everyday options before those that stand under titles of their own, which the parser puts first.
    private static func leadingWithOptions(_ blocks: [Substring]) -> [Substring] {
        let others = ["OVERVIEW:", "USAGE:", "ARGUMENTS:", "OPTIONS:", "SUBCOMMANDS:"]
        let first = blocks.firstIndex { block in
            let line = block.prefix { $0 != "\n" }
            return line.hasSuffix(":") && line == line.uppercased() && !others.contains(where: line.hasPrefix)
        }
        guard let first, let options = blocks.firstIndex(where: { $0.hasPrefix("OPTIONS:") }), first < options else {
            return blocks
        }
        var blocks = blocks
        blocks.insert(blocks.remove(at: options), at: first)
        return blocks
    }
}
