import Engine
import Search

/// A part of the logs that the pane wants, as an errand.
struct LogRequest: Errand {
    enum Part: Sendable, Hashable {
        /// The newest lines, and then all that follow.
        case newest(count: Int)
        /// What follows behind these lines, log by log; where there is none, from a moment on.
        case following([LogPlace?], since: Timestamp?)
        /// The oldest lines.
        case beginning(count: Int)
        /// The lines before these, log by log.
        case older([LogPageRequest.Cursor], count: Int)
        /// The lines behind these, log by log.
        case newer([LogPageRequest.Cursor], count: Int)
        /// The lines before and behind a moment.
        case around(Timestamp, count: Int)
        /// The nearest line that has the pattern, with what stands around it.
        case find(SearchPattern, [LogPageRequest.Cursor], direction: Int, count: Int)
        /// How many lines have the pattern.
        case count(SearchPattern)
        /// How many lines up to this one have the pattern.
        case rank(SearchPattern, LogKey, Timestamp)
        /// When the container was started.
        case starts
    }

    /// Which opening of the log it belongs to; answers to an older one are dropped.
    var generation: Int
    var query: LogQuery
    var part: Part
    /// Waits a moment first: a selection that moves on opens nothing.
    var isDelayed = false
    /// Goes on with what comes.
    var follows = true

    var slot: String? { part.slot.rawValue }

    var once: any Errand {
        var once = self
        once.isDelayed = false
        once.follows = false
        return once
    }
}

extension LogRequest.Part {
    /// Of one slot at most one request is under way.
    enum Slot: String, Sendable {
        case live, page, find, count, rank, starts
    }

    var slot: Slot {
        switch self {
        case .newest, .following: .live
        case .beginning, .older, .newer, .around: .page
        case .find: .find
        case .count: .count
        case .rank: .rank
        case .starts: .starts
        }
    }
}

/// What comes of a `LogRequest`.
struct LogAnswer: Sendable {
    enum Content: Sendable {
        /// The newest lines; `isWhole`: nothing stands before them.
        case newest([LogWindow.Line], isWhole: Bool)
        /// Lines to put behind the window, as they come.
        case live([LogWindow.Line])
        /// A log ended with its container.
        case ended(source: Int)
        case page([LogWindow.Line], isLast: Bool)
        /// The lines around a moment or a match: which of them it is, and whether they reach to the ends.
        case around([LogWindow.Line], index: Int, isStart: Bool, isEnd: Bool)
        case notFound
        case progress(Double)
        case counted(Int, exhausted: Int)
        case ranked(Int)
        case starts([Timestamp])
        case failed(EngineError)
    }

    var generation: Int
    var part: LogRequest.Part
    var content: Content
}
