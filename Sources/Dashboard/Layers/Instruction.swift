/// How a step of an image's history reads: on one line, without the shell and the marks that builders put around it.
enum Instruction {
    static func short(_ text: String) -> String {
        var rest = text[...]
        if rest.hasSuffix(" # buildkit") { rest = rest.dropLast(11) }
        // A whole script may stand there.
        let words = rest.prefix(most).split { $0 == " " || $0.isNewline || $0 == "\t" }.joined(separator: " ")
        if words.hasPrefix(shell) {
            let inner = words.dropFirst(shell.count)
            return inner.hasPrefix(nothing) ? String(inner.dropFirst(nothing.count)) : "RUN \(inner)"
        }
        if words.hasPrefix("RUN \(shell)") { return "RUN \(words.dropFirst(4 + shell.count))" }
        return words
    }

    /// Where in which Dockerfile it stands, `Dockerfile:12`, if its remark tells that.
    static func place(_ comment: String) -> String? {
        guard let colon = comment.lastIndex(of: ":"), colon != comment.startIndex, comment.utf8.count < 256 else {
            return nil
        }
        let number = comment[comment.index(after: colon)...]
        return !number.isEmpty && number.utf8.allSatisfy { (0x30...0x39).contains($0) } ? comment : nil
    }

    /// More than any screen shows of it.
    private static let most = 1000
    private static let shell = "/bin/sh -c "
    /// What the old builder put before an instruction that runs nothing.
    private static let nothing = "#(nop) "
}
