import Dockerfile
import Engine
import Images

/// Where files come from.
enum FileOrigin: Sendable {
    /// A directory of the host; what `ignore` excludes is not there. Owners count for nothing: all is root's.
    case directory(path: String, ignore: IgnoreRules?, memory: FileMemory?)
    /// The file system that layers make, lowest first. Owners stay.
    case layers([BuiltLayer])
}

/// One source of COPY or ADD.
enum CopySource: Sendable {
    /// What a pattern finds in a context, an image or another stage; `unpack`: archives become their files.
    case files(FileOrigin, pattern: String, unpack: Bool)
    /// A here-document.
    case text(name: String, bytes: [UInt8])
    /// A file that was fetched to `path`; `unpack`: an archive becomes its files.
    case fetched(FetchedFile, path: String, unpack: Bool)
    /// All that is in a directory of the host, such as a git checkout.
    case tree(path: String)
}
