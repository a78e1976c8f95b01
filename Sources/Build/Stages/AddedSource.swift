import Engine
import Images

/// A source of COPY or ADD, its kind known.
enum AddedSource: Sendable {
    case files(FoundOrigin, pattern: String)
    case url(String)
    case git(GitSource, String)

    /// A path within the context, or what ADD alone can fetch.
    init(_ text: String, isAdd: Bool, context: FileOrigin) throws(EngineError) {
        if let git = GitSource(text) {
            guard isAdd else { throw EngineError(.invalidArgument, "source can't be a git ref for COPY") }
            self = .git(git, text)
        } else if text.hasPrefix("http://") || text.hasPrefix("https://") {
            guard isAdd else { throw EngineError(.invalidArgument, "source can't be a URL for COPY") }
            self = .url(text)
        } else {
            self = .files(.files(context), pattern: text)
        }
    }

    /// It comes over the network.
    var isRemote: Bool {
        switch self {
        case .files: false
        case .url, .git: true
        }
    }
}
