/// What a pull, a push or a copy tells while it goes on.
public enum TransferEvent: Sendable, Hashable {
    /// The reference that is now looked at, and where: `docker.io/library/busybox:latest`.
    case began(reference: String)
    /// The manifest is known: its digest, and the blobs to come in the order of the layers.
    case manifest(digest: String, blobs: [BlobProgress])
    /// One blob has moved on. At most twenty a second for each; the last of a blob is always told.
    case blob(BlobProgress)
    /// Something that a person should know: a mirror that failed, what is left of a rate limit.
    case notice(String)
}

/// Takes a transfer's events, from any thread; must not block.
public typealias TransferProgress = @Sendable (TransferEvent) -> Void
