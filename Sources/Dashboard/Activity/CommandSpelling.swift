import Engine

/// How what was done here is spelled on the command line: to learn from, and to repeat elsewhere.
enum CommandSpelling {
    /// `spyhop stop web`.
    static func line(_ words: [String]) -> String { (["spyhop"] + words).map(quoted).joined(separator: " ") }

    static func operation(_ operation: Operation, _ name: String) -> String {
        switch operation {
        case .start: line(["start", name])
        case .stop: line(["stop", name])
        case .restart: line(["restart", name])
        case .pause: line(["pause", name])
        case .unpause: line(["unpause", name])
        case .kill(let signal): line(["kill", "-s", Signals.name(signal), name])
        case .remove(let force): line(["rm"] + (force ? ["-f"] : []) + [name])
        }
    }

    /// A word as a shell reads it back (POSIX 2.2.2).
    static func quoted(_ word: String) -> String {
        let plain = word.utf8.allSatisfy { byte in
            PaneSlot.isNameByte(byte) || "/:=,@%+".utf8.contains(byte)
        }
        if plain, !word.isEmpty { return word }
        return "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }
}
