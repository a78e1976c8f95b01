/// Which lines of a log are wanted.
public struct LogOptions: Sendable, Hashable {
    /// Goes on with new lines until the container ends.
    public var follow: Bool
    /// Only the last so many lines; `nil` is all.
    public var tail: Int?
    /// Only lines from this moment on.
    public var since: Timestamp?
    /// Only lines up to this moment.
    public var until: Timestamp?
    /// Only lines behind the one that begins here; it goes before `tail`.
    public var after: LogPlace?

    /// Makes options; everything, without following, unless told otherwise.
    public init(
        follow: Bool = false, tail: Int? = nil, since: Timestamp? = nil, until: Timestamp? = nil,
        after: LogPlace? = nil
    ) {
        self.follow = follow
        self.tail = tail
        self.since = since
        self.until = until
        self.after = after
    }
}
