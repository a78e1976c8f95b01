import Engine

/// What `cp` was asked for.
enum CopyRequest: Sendable, Equatable {
    /// A path in a container, and where it goes here; `nil` is standard output, as a tar stream.
    case out(container: String, path: String, to: String?)
    /// A path here, `nil` for a tar stream on standard input, and where it goes in a container.
    case into(container: String, path: String, from: String?)

    /// Reads the two arguments.
    /// - Throws: `EngineError` `.invalidArgument` unless one of them, and only one, names a container.
    init(source: String, destination: String) throws {
        switch (Self.split(source), Self.split(destination)) {
        case ((let container?, let path), (nil, let target)):
            self = .out(container: container, path: path, to: target == "-" ? nil : target)
        case ((nil, let from), (let container?, let path)):
            self = .into(container: container, path: path, from: from == "-" ? nil : from)
        case ((nil, _), (nil, _)):
            throw EngineError(
                .invalidArgument, "neither source nor destination names a container", hint: "write container:path")
        default:
            throw EngineError(
                .invalidArgument, "files are not copied from one container to another",
                hint: "use two steps, or a pipe: spyhop cp a:path - | spyhop cp - b:path")
        }
    }

    /// What is told at the end; nothing where the streams are the result.
    var toldTarget: String? {
        switch self {
        case .out(_, _, let target): target
        case .into(_, _, nil): nil
        case .into(let container, let path, _): "\(container):\(path)"
        }
    }

    /// Docker's rule: absolute paths and those that begin with a dot are local whatever they contain.
    private static func split(_ text: String) -> (String?, String) {
        guard !text.hasPrefix("/"), !text.hasPrefix("."), let colon = text.firstIndex(of: ":"),
            colon != text.startIndex
        else { return (nil, text) }
        return (String(text[..<colon]), String(text[text.index(after: colon)...]))
    }
}
