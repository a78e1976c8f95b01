/// The order of words on a command line before it is parsed.
enum CommandLineWords {
    private static let globalOptions: Set<String> = [
        "--root", "--run-root", "--log-level", "--cgroup-parent", "--engine", "--host", "-H", "--context",
        "--tlscacert",
        "--tlscert", "--tlskey",
    ]
    private static let globalFlags: Set<String> = ["--tls", "--tlsverify"]

    /// Moves global options from before the command's name to behind it, where every command declares them:
    /// `--root /x container ls -a` becomes `container ls --root /x -a`. `groups` are commands with commands in them.
    static func arrange(_ arguments: [String], groups: Set<String>) -> [String] {
        var (moved, rest) = leading(arguments)
        guard !moved.isEmpty else { return arguments }
        var words: [String] = []
        if let command = rest.first, !command.hasPrefix("-") {
            words.append(rest.removeFirst())
            if groups.contains(command), let inner = rest.first, !inner.hasPrefix("-") {
                words.append(rest.removeFirst())
            }
        }
        // Behind a command the letter may be its own.
        moved = moved.map { $0 == "-H" ? "--host" : $0 }
        return words + moved + rest
    }

    /// Behind global options, if there are any, only the version is asked for: `--root /x --version`. Behind a command the
    /// letter is the command's.
    static func askVersion(_ arguments: [String]) -> Bool {
        let rest = leading(arguments).rest
        return rest.count == 1 && (rest.first == "--version" || rest.first == "-v")
    }

    /// The global options with their values that stand at the beginning, and what follows.
    private static func leading(_ arguments: [String]) -> (options: [String], rest: ArraySlice<String>) {
        var moved: [String] = []
        var rest = arguments[...]
        while let first = rest.first, first.hasPrefix("-") {
            let name = String(first.prefix { $0 != "=" })
            guard globalOptions.contains(name) || globalFlags.contains(name) else { break }
            rest.removeFirst()
            moved.append(first)
            if globalFlags.contains(name) { continue }
            if name == first, let value = rest.popFirst() { moved.append(value) }
        }
        return (moved, rest)
    }

    /// The name nearest to `word` by edit distance, when one is near enough to be meant.
    static func nearest(to word: String, among names: some Sequence<String>) -> String? {
        let scored = names.map { (name: $0, distance: distance(word, $0)) }
        let best = scored.min { ($0.distance, $0.name) < ($1.distance, $1.name) }
        guard let best, best.distance <= max(1, word.count / 3) else { return nil }
        return best.name
    }

    private static func distance(_ left: String, _ right: String) -> Int {
        let right = Array(right)
        var row = Array(0...right.count)
        for (position, character) in left.enumerated() {
            var diagonal = row[0]
            row[0] = position + 1
            for index in right.indices {
                let cost = diagonal + (character == right[index] ? 0 : 1)
                diagonal = row[index + 1]
                row[index + 1] = min(cost, diagonal + 1, row[index] + 1)
            }
        }
        return row[right.count]
    }
}
