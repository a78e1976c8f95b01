import Engine

extension ImageReference {
    /// The same repository by another tag, and by no digest.
    /// - Throws: `.invalidArgument` when it is not a tag.
    public func tagged(_ tag: String) throws(EngineError) -> ImageReference {
        try ImageReference("\(domain)/\(path):\(tag)")
    }

    /// The same repository by a digest, and by no tag.
    public func at(_ digest: Digest) throws(EngineError) -> ImageReference {
        try ImageReference("\(domain)/\(path)@\(digest)")
    }

    /// The repository spelled out, without tag and digest: `docker.io/library/busybox`.
    public var fullRepository: String { "\(domain)/\(path)" }
}
