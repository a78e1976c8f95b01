import Engine

/// A part of a log that the pane wants.
struct LogRequest: Sendable, Hashable {
    enum Part: Sendable, Hashable {
        /// The newest lines, at least `tail`, and then all that follow.
        case newest(tail: Int)
        /// From the very beginning, `count` lines.
        case beginning(count: Int)
        /// The last `count` lines up to and including this moment.
        case before(Timestamp, count: Int)
        /// `count` lines from this moment on.
        case after(Timestamp, count: Int)
        /// All from this moment on, and what follows.
        case following(Timestamp)
    }

    /// Which opening of the log it belongs to; answers to an older one are dropped.
    var generation: Int
    var container: ContainerID
    var part: Part
    var since: Timestamp?
    /// Waits a moment first: a selection that moves on opens nothing.
    var isDelayed = false
}

/// An answer to a `LogRequest`.
struct LogMessage: Sendable {
    enum Content: Sendable {
        /// Lines to put behind the window, as they come.
        case lines([LogLine])
        /// The whole answer to `before`.
        case page([LogLine])
        /// The whole answer to `beginning` or `after`.
        case forward([LogLine], reachedEnd: Bool)
        /// The stream ended with its container.
        case ended
        case failed(EngineError)
    }

    var generation: Int
    var part: LogRequest.Part
    var content: Content
}
