/// How a step of an image's history reads: without the shell and the marks that builders put around it.
enum Instruction {
    static func short(_ text: String) -> String {
        var rest = text[...]
        if rest.hasSuffix(" # buildkit") { rest = rest.dropLast(11) }
        if rest.hasPrefix(shell) {
            rest = rest.dropFirst(shell.count).trimmingSpaces
            return rest.hasPrefix(nothing) ? String(rest.dropFirst(nothing.count).trimmingSpaces) : "RUN \(rest)"
        }
        if rest.hasPrefix("RUN \(shell)") { return "RUN \(rest.dropFirst(4 + shell.count).trimmingSpaces)" }
        return String(rest)
    }

    private static let shell = "/bin/sh -c "
    /// What the old builder put before an instruction that runs nothing.
    private static let nothing = "#(nop) "
}
