import Engine

/// The streams of a container that a terminal is joined to, as `run --attach` chooses them.
struct AttachedStreams: OptionSet, Sendable {
    let rawValue: Int

    static let input = AttachedStreams(rawValue: 1)
    static let output = AttachedStreams(rawValue: 2)
    static let error = AttachedStreams(rawValue: 4)
    /// What is joined unless something else is asked for.
    static let all: AttachedStreams = [.input, .output, .error]

    init(rawValue: Int) { self.rawValue = rawValue }

    /// Reads the values of `--attach`; none is all.
    /// - Throws: `EngineError` `.invalidArgument`.
    init(_ names: [String]) throws {
        self = names.isEmpty ? .all : []
        for name in names {
            switch name.lowercased() {
            case "stdin": insert(.input)
            case "stdout": insert(.output)
            case "stderr": insert(.error)
            default:
                throw EngineError(
                    .invalidArgument, "--attach \"\(name)\" is no stream", hint: "use stdin, stdout or stderr")
            }
        }
    }
}
