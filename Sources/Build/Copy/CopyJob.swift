import Engine
import Images
import OCI

/// What COPY or ADD does, all words expanded.
struct CopyJob: Sendable {
    /// Where layers are, and what is remembered of files.
    var store: ImageStore
    /// What is copied, in order.
    var sources: [CopySource]
    /// Absolute; a `/` or `/.` at its end makes it a directory.
    var destination: String
    /// `--chown`; `nil`: root, and for files of layers whoever they belong to there.
    var owner: FileOwner?
    /// `--chmod`: octal, or as chmod(1) spells it.
    var mode: String?
    /// `--link`: what is below counts for nothing.
    var link = false
    /// `--parents`.
    var parents = false
    /// `--exclude`.
    var excludes: [String] = []

    init(store: ImageStore, sources: [CopySource], destination: String, owner: FileOwner? = nil, mode: String? = nil) {
        self.store = store
        self.sources = sources
        self.destination = destination
        self.owner = owner
        self.mode = mode
    }
}

/// Numbers of a user and a group.
struct FileOwner: Sendable, Hashable {
    var uid: UInt32
    var gid: UInt32
}
