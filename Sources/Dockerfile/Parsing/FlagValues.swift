/// The flags that an instruction has been given, held against those that it knows.
struct FlagValues {
    enum Form {
        case boolean, text, texts
    }

    private var values: [String: [String]] = [:]
    private var ranges: [String: [Range<Int>]] = [:]

    init(_ flags: [CommandText.Flag], known: [String: Form], of instruction: String) throws(ParseFailure) {
        for flag in flags {
            let pair = flag.text.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(pair.first ?? "")
            guard let form = known[name] else {
                throw ParseFailure(
                    "unknown flag of \(instruction): --\(shortened(name))", at: flag.range,
                    suggestion: Suggestion.nearest(name, known.keys).map { "did you mean --\($0)?" })
            }
            if form != .texts, values[name] != nil {
                throw ParseFailure("duplicate flag: --\(name)", at: flag.range)
            }
            let value = pair.count == 2 ? String(pair[1]) : nil
            if form == .boolean {
                let isBoolean = value.map { ["true", "false"].contains($0.lowercased()) } ?? true
                guard isBoolean else {
                    throw ParseFailure(
                        "--\(name) takes true or false, not \(quoted(value ?? ""))", at: flag.range)
                }
            } else if value == nil {
                throw ParseFailure("--\(name) needs a value: --\(name)=…", at: flag.range)
            }
            values[name, default: []].append(value ?? "true")
            ranges[name, default: []].append(flag.range)
        }
    }

    /// A text; `nil` when the flag is not given.
    func text(_ name: String) -> String? { values[name]?.first }

    /// A truth value; `nil` when the flag is not given.
    func boolean(_ name: String) -> Bool? { values[name]?.first.map { $0.lowercased() == "true" } }

    /// All values of a flag that may be repeated, with their places.
    func texts(_ name: String) -> [(value: String, range: Range<Int>)] {
        Array(zip(values[name] ?? [], ranges[name] ?? []))
    }

    /// Where a flag stands.
    func range(_ name: String) -> Range<Int>? { ranges[name]?.first }
}

/// A name out of a message's subject, not longer than anybody wants to read.
func shortened(_ name: String) -> String {
    let shown = quoted(name)
    return String(shown.dropFirst().dropLast())
}
