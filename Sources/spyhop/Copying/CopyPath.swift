import Engine

/// A source or destination path of `cp`, and docker's rules for what a copy is called where.
struct CopyPath: Sendable, Equatable {
    /// Absolute, without a trailing slash.
    let path: String
    /// Written with `/.` at the end: the directory's contents are meant, not the directory.
    let isContents: Bool
    /// Written with a slash at the end: a directory is meant.
    let isDirectory: Bool

    /// Reads `text`, seen from `directory`.
    init(_ text: String, in directory: String) {
        isContents = text == "." || text == "/" || text.hasSuffix("/.")
        isDirectory = isContents || text.hasSuffix("/")
        path = HostPath.absolute(text, in: directory)
    }

    /// The last component; `/` for the root itself.
    var name: String { path == "/" ? "/" : String(path.split(separator: "/").last ?? "/") }

    /// The directory around it.
    var parent: String {
        let parts = path.split(separator: "/").dropLast()
        return "/" + parts.joined(separator: "/")
    }

    /// Where a copy goes: into which existing directory, under which name (`.` for a directory's contents).
    struct Placement: Sendable, Equatable {
        var directory: String
        var name: String
    }

    /// What stands at a destination.
    enum Standing: Sendable, Equatable {
        case nothing, directory, file
    }

    /// Where a copy of `source` goes when `self` is the destination.
    /// - Throws: `EngineError` `.invalidArgument` for a directory onto a file, `.notFound` for a directory that is not there.
    func placement(of source: CopyPath, isDirectory sourceIsDirectory: Bool, onto standing: Standing) throws
        -> Placement
    {
        if source.isDirectory && !sourceIsDirectory {
            throw EngineError(.invalidArgument, "\(source.path) is not a directory")
        }
        switch standing {
        case .directory:
            return Placement(directory: path, name: source.isContents ? "." : source.name)
        case .file:
            guard !sourceIsDirectory else {
                throw EngineError(.invalidArgument, "cannot copy a directory onto the file \(path)")
            }
            guard !isDirectory else { throw EngineError(.invalidArgument, "\(path) is not a directory") }
        case .nothing:
            guard sourceIsDirectory || !isDirectory else {
                throw EngineError(.notFound, "the directory \(path) does not exist")
            }
        }
        return Placement(directory: parent, name: name)
    }
}
