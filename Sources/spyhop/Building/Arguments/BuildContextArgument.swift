import Engine
import LinuxSystem

/// The context as it stands on the command line: a directory, a URL, or `-`.
enum BuildContextArgument {
    /// What was said.
    enum Place: Sendable, Equatable {
        /// An absolute path.
        case directory(String)
        case remote(String)
        case standardInput
    }

    /// Tells them apart. A directory that is there is a directory, whatever its name looks like.
    /// - Throws: `EngineError` `.notFound` or `.invalidArgument`.
    static func place(_ text: String, _ environment: ProcessEnvironment) throws -> Place {
        if text == "-" { return .standardInput }
        let path = environment.absolute(text)
        let kind = text.isEmpty ? nil : try HostFile.kind(path, as: text, of: "the build's context")
        if kind == .directory { return .directory(path) }
        if isRemote(text) { return .remote(text) }
        guard kind == nil else {
            throw EngineError(
                .invalidArgument, "the build's context \(text) is a file, and must be a directory",
                hint: "spyhop build -f \(text) . takes a Dockerfile, spyhop build - < \(text) an archive")
        }
        throw EngineError(
            .notFound, "the build's context \"\(text)\" is not there", hint: "it is a directory, a URL or -")
    }

    /// A URL, or what docker takes for a git repository.
    static func isRemote(_ text: String) -> Bool {
        let schemes = ["http://", "https://", "git://", "ssh://", "git@", "github.com/"]
        return schemes.contains { text.hasPrefix($0) }
    }
}
