/// Docker's spellings of options that the parser does not read by itself, for `run`, `create` and `exec`:
/// a value joined to its letter with an equals sign in it (`-eA=1`), and flags with a value (`--rm=false`).
enum OptionWords {
    private static let commands: Set<String> = ["run", "create", "exec"]
    private static let flags: Set<String> = [
        "detach", "interactive", "tty", "privileged", "rm", "read-only", "init", "help", "version",
    ]
    private static let letters: Set<Character> = ["d", "i", "t"]

    /// The words with those spellings replaced, up to the first that is no option: what follows is the container's.
    static func normalise(_ words: [String]) -> [String] {
        var rest = words[...]
        var out: [String] = []
        if rest.first == "container", let group = rest.popFirst() { out.append(group) }
        guard let command = rest.first, commands.contains(command) else { return words }
        out.append(rest.removeFirst())
        while let word = rest.first, word.hasPrefix("-"), word != "-", word != "--" {
            rest.removeFirst()
            let takesNext = word.hasPrefix("--") ? long(word, &out) : short(word, &out)
            if takesNext, let value = rest.popFirst() { out.append(value) }
        }
        return out + rest
    }

    /// Adds a long option; answers whether the next word is its value.
    private static func long(_ word: String, _ out: inout [String]) -> Bool {
        let name = String(word.dropFirst(2).prefix { $0 != "=" })
        let value = word.firstIndex(of: "=").map { String(word[word.index(after: $0)...]).lowercased() }
        switch (flags.contains(name), value) {
        case (true, "true"?), (true, "1"?): out.append("--\(name)")
        case (true, "false"?), (true, "0"?): break
        // Docker's flag may stand without its value, and means what it means by default.
        case (false, nil) where name == "sig-proxy": break
        default:
            out.append(word)
            return value == nil && !flags.contains(name)
        }
        return false
    }

    /// Adds a group of short options; answers whether the next word is the value of the last.
    private static func short(_ word: String, _ out: inout [String]) -> Bool {
        let body = word.dropFirst()
        let group = body.prefix { letters.contains($0) }
        let tail = body.dropFirst(group.count)
        guard let letter = tail.first else {
            out.append(word)
            return false
        }
        let value = tail.dropFirst()
        guard letter != "=", value.contains("=") else {
            out.append(word)
            return value.isEmpty
        }
        if !group.isEmpty { out.append("-\(group)") }
        out += ["-\(letter)", String(value.first == "=" ? value.dropFirst() : value)]
        return false
    }
}
