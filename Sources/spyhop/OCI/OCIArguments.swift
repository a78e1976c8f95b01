import Engine

/// The words of a runtime command line, sorted into options and the rest. Written by hand: engines start this program
/// several times for each container, and the parser's reflection would take longer than most of its commands.
struct OCIArguments: Sendable {
    /// By the option's first name; of several the last counts, but for those that gather.
    private var values: [String: [String]] = [:]
    /// What is no option.
    private(set) var words: [String] = []

    /// Sorts words as Go's flag package does: one dash or two, `--name value` or `--name=value`, `--` ends the options.
    /// - Parameter stopsAtWord: the first word that is no option ends them too: the rest belongs to somebody else.
    /// - Throws: `.invalidArgument` for an option that is not known or lacks its value.
    init(_ arguments: [String], options: [OCIOption], stopsAtWord: Bool) throws(EngineError) {
        var rest = arguments[...]
        while let word = rest.popFirst() {
            guard word.utf8.count > 1, word.hasPrefix("-") else {
                words.append(word)
                if stopsAtWord { break }
                continue
            }
            if word == "--" { break }
            try take(word, &rest, options)
        }
        words += rest
    }

    private mutating func take(
        _ word: String, _ rest: inout ArraySlice<String>, _ options: [OCIOption]
    ) throws(EngineError) {
        let text = word.hasPrefix("--") ? word.dropFirst(2) : word.dropFirst()
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let name = String(parts[0])
        guard let option = options.first(where: { $0.names.contains(name) }) else {
            // Several of one letter in one word, as in -td.
            let letters = parts.count == 1 && !word.hasPrefix("--") ? text.map { String($0) } : []
            let found = letters.compactMap { letter in
                options.first { $0.value == nil && $0.names.contains(letter) }
            }
            guard letters.count > 1, found.count == letters.count else {
                throw EngineError(.invalidArgument, "unknown option \(word)")
            }
            for option in found { values[option.names[0], default: []].append("true") }
            return
        }
        let key = option.names[0]
        if option.value == nil {
            let value = parts.count == 2 ? String(parts[1]) : "true"
            guard ["true", "false", "1", "0"].contains(value) else {
                throw EngineError(.invalidArgument, "option \(word) is true or false")
            }
            values[key, default: []].append(value)
        } else if parts.count == 2 {
            values[key, default: []].append(String(parts[1]))
        } else if let value = rest.popFirst() {
            values[key, default: []].append(value)
        } else {
            throw EngineError(.invalidArgument, "option \(word) wants a value")
        }
    }

    /// An option's value; an empty one counts as not there.
    subscript(name: String) -> String? { values[name]?.last.flatMap { $0.isEmpty ? nil : $0 } }

    /// An option's value where an empty one means something.
    func given(_ name: String) -> String? { values[name]?.last }

    /// An option is there.
    func has(_ name: String) -> Bool { ["true", "1"].contains(values[name]?.last) }

    /// All values of an option that may be given several times.
    func all(_ name: String) -> [String] { values[name] ?? [] }

    /// A number.
    /// - Throws: `.invalidArgument`.
    func number<Number: FixedWidthInteger>(_ name: String) throws(EngineError) -> Number? {
        guard let text = self[name] else { return nil }
        guard let number = Number(text) else {
            throw EngineError(.invalidArgument, "--\(name) '\(text)' is not a number within its range")
        }
        return number
    }

    /// Checks how many words there are.
    /// - Throws: `.invalidArgument`.
    func expect(_ range: ClosedRange<Int>, _ usage: String) throws(EngineError) {
        guard range.contains(words.count) else {
            let problem = words.count < range.lowerBound ? "too few" : "too many"
            throw EngineError(.invalidArgument, "\(problem) arguments", hint: "usage: \(usage)")
        }
    }
}
