/// COPY or ADD. Texts are as written, to be expanded.
public struct FileCopy: Sendable, Hashable {
    /// One source.
    public enum Source: Sendable, Hashable {
        /// A path with wildcards; for ADD also a URL or a git repository.
        case path(String)
        /// A file in the Dockerfile; its name is the word behind `<<`.
        case hereDocument(HereDocument)
    }

    /// What is copied.
    public var sources: [Source]
    /// Where to; a `/` at its end makes it a directory.
    public var destination: String
    /// `--from`.
    public var from: String?
    /// `--chown`.
    public var owner: String?
    /// `--chmod`: octal, or as chmod(1) spells it (`u=rwX,go=rX`).
    public var mode: String?
    /// `--link`.
    public var link: Bool
    /// `--parents`.
    public var parents: Bool
    /// `--exclude`.
    public var excludes: [String]
    /// `--checksum`, of ADD.
    public var checksum: String?
    /// `--keep-git-dir`, of ADD.
    public var keepGitDirectory: Bool
    /// `--unpack`, of ADD; `nil`: local archives are unpacked, fetched ones are not.
    public var unpack: Bool?

    /// Makes a copy without options.
    public init(sources: [Source], destination: String) {
        self.sources = sources
        self.destination = destination
        link = false
        parents = false
        excludes = []
        keepGitDirectory = false
    }
}
