/// Docker's spellings of options that the parser does not read by itself: flags with a value (`--rm=false`, `-q=true`),
/// and a value joined to its letter with an equals sign in it (`-eA=1`).
enum OptionWords {
    /// Commands whose options end at the first word that is none; what follows is the container's.
    private static let passingOn: Set<String> = ["run", "create", "exec", "top"]
    private static let groups: Set<String> = ["builder", "buildx", "container", "image", "network", "volume", "system"]

    /// The names of all flags.
    private static let flags: Set<String> = [
        "all", "all-tags", "archive", "ascii", "attach", "attachable", "check", "compress", "config-only", "detach",
        "details", "digests", "disable-content-trust", "exit-code", "files", "files-only", "follow", "follow-link",
        "force", "force-rm", "help", "ingress", "init", "interactive", "internal", "ipv6", "latest", "link", "load",
        "no-cache", "no-healthcheck", "no-prune", "no-stdin", "no-stream", "no-trunc", "once", "oom-kill-disable",
        "open", "password-stdin", "privileged", "publish-all", "pull", "push", "quiet", "read-only", "remote", "rm",
        "settings-only", "size", "squash", "stop", "timestamps", "tree", "tty", "verbose", "version", "volumes",
        "waste",
    ]
    /// What is a flag for one command and has a value for another.
    private static let valued: [String: Set<String>] = [
        "run": ["attach", "link", "pull"], "create": ["attach", "link", "pull"], "dashboard": ["size"],
        "connect": ["link"],
    ]
    /// The letters that are flags, by command.
    private static let letters: [String: Set<Character>] = [
        "run": ["d", "i", "t", "q", "P"], "create": ["i", "t", "q", "P"], "exec": ["d", "i", "t"],
        "start": ["a", "i"], "disconnect": ["f"],
        "ps": ["a", "l", "q", "s"], "ls": ["a", "l", "q", "s"], "images": ["a", "q"], "rm": ["f", "l", "v"],
        "rmi": ["f"], "logs": ["f", "t"], "cp": ["a", "L", "q"], "stats": ["a"], "inspect": ["s"],
        "prune": ["a", "f"], "load": ["q"], "df": ["v"], "pull": ["a", "q"], "push": ["a", "q"], "copy": ["a", "q"],
        "history": ["q"], "build": ["q"],
    ]

    /// The words with those spellings replaced, as far as they are options of the command.
    static func normalise(_ words: [String]) -> [String] {
        var rest = words[...]
        var out: [String] = []
        var isContainers = true
        if let group = rest.first, groups.contains(group) {
            isContainers = group == "container"
            out.append(rest.removeFirst())
        }
        guard let command = rest.popFirst() else { return words }
        out.append(command)
        while let word = rest.popFirst() {
            guard word.hasPrefix("-"), word != "-" else {
                out.append(word)
                if isContainers, passingOn.contains(command) { break }
                continue
            }
            if word == "--" {
                out.append(word)
                break
            }
            let takesNext =
                word.hasPrefix("--") ? long(word, of: command, &out) : short(word, of: command, &out)
            if takesNext, let value = rest.popFirst() { out.append(value) }
        }
        return out + rest
    }

    /// Go's `strconv.ParseBool`.
    static func truth(_ text: some StringProtocol) -> Bool? {
        switch text {
        case "1", "t", "T", "true", "TRUE", "True": true
        case "0", "f", "F", "false", "FALSE", "False": false
        default: nil
        }
    }

    /// Adds a long option; answers whether the next word is its value.
    private static func long(_ word: String, of command: String, _ out: inout [String]) -> Bool {
        let name = String(word.dropFirst(2).prefix { $0 != "=" })
        let value = word.firstIndex(of: "=").map { word[word.index(after: $0)...] }
        let isFlag = flags.contains(name) && valued[command]?.contains(name) != true
        let truth = value.flatMap(Self.truth)
        switch (isFlag, truth) {
        case (true, true?): out.append("--\(name)")
        case (true, false?): break
        // Docker's flags that are set by default may stand without their value, and mean what they mean anyhow.
        case (false, nil) where ["sig-proxy", "human"].contains(name) && value == nil: break
        case (false, nil) where name == "ipv4" && value == nil: out.append("--ipv4=true")
        case (false, let truth?) where ["sig-proxy", "human"].contains(name): out.append("--\(name)=\(truth)")
        default:
            out.append(word)
            return value == nil && !isFlag
        }
        return false
    }

    /// Adds a group of short options; answers whether the next word is the value of the last.
    private static func short(_ word: String, of command: String, _ out: inout [String]) -> Bool {
        let letters = letters[command] ?? []
        let body = word.dropFirst()
        if command == "history", body == "H" || body.hasPrefix("H=") {
            return long("--human\(body.dropFirst())", of: command, &out)
        }
        var group = body.prefix { letters.contains($0) }
        let tail = body.dropFirst(group.count)
        guard let letter = tail.first else {
            out.append(word)
            return false
        }
        if letter == "=", let truth = truth(tail.dropFirst()), !group.isEmpty {
            if !truth { group = group.dropLast() }
            if !group.isEmpty { out.append("-\(group)") }
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
