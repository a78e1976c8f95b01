/// What a build tells while it goes on.
public enum BuildEvent: Sendable, Hashable {
    /// The whole list of steps is known, in the order in which they are to be shown. Told once, before any of them starts.
    case planned([BuildStep])
    /// A step that no plan could foresee, such as writing the image out, or a step whose state has changed.
    case step(BuildStep)
    /// A piece of a step's output, not cut at line ends.
    case output(step: Int, LogLine.Stream, [UInt8])
    /// A layer or image that comes from a registry for a step.
    case transfer(step: Int, TransferEvent)
    /// What a check of the Dockerfile found.
    case warning(BuildWarning)
    /// Something that a person should know.
    case notice(String)
}

/// Takes a build's events, from any thread; must not block.
public typealias BuildProgress = @Sendable (BuildEvent) -> Void

/// One step of a build.
public struct BuildStep: Sendable, Hashable {
    /// Where a step stands.
    public enum State: Sendable, Hashable {
        /// Its turn has not come.
        case waiting
        /// It runs since then.
        case running(since: Timestamp)
        /// It was done before: the cache has its result.
        case cached
        /// It is done; how long it took, in nanoseconds.
        case done(nanoseconds: Int64)
        /// It failed; why, in one line.
        case failed(nanoseconds: Int64, reason: String)
        /// Another step's failure, or the person, has stopped it.
        case cancelled
    }

    /// Its number, from 1, in the order of `planned`.
    public var id: Int
    /// As docker shows it: `[builder 2/5] RUN make`, `[internal] load build definition`, `exporting to image`.
    public var name: String
    /// The stage that it belongs to; `nil` for what is of no stage.
    public var stage: String?
    /// Where in the Dockerfile its instruction stands; 0 when nowhere.
    public var line: Int
    /// Where it stands.
    public var state: State

    /// Makes a step.
    public init(id: Int, name: String, stage: String? = nil, line: Int = 0, state: State = .waiting) {
        self.id = id
        self.name = name
        self.stage = stage
        self.line = line
        self.state = state
    }
}

/// What a check found in a Dockerfile; nothing stops for it unless asked to.
public struct BuildWarning: Sendable, Hashable {
    /// The rule, as BuildKit's build checks name it: `StageNameCasing`.
    public var rule: String
    /// What the rule wants, in general.
    public var description: String
    /// What is wrong here.
    public var detail: String
    /// Where the rule is explained; empty when nowhere.
    public var url: String
    /// The Dockerfile's name.
    public var file: String
    /// First and last line, from 1; empty when it concerns no line.
    public var lines: ClosedRange<Int>?
    /// The lines themselves, with those around them, each with its number.
    public var excerpt: [ExcerptLine]

    /// A line of a file, shown beside what is said of it.
    public struct ExcerptLine: Sendable, Hashable {
        /// Its number, from 1.
        public var number: Int
        /// Its text, without the line's end.
        public var text: String
        /// It is what is spoken of, and not only near it.
        public var isMarked: Bool

        /// Makes a line.
        public init(number: Int, text: String, isMarked: Bool) {
            self.number = number
            self.text = text
            self.isMarked = isMarked
        }
    }

    /// Makes a warning.
    public init(
        rule: String, description: String, detail: String, url: String, file: String, lines: ClosedRange<Int>?,
        excerpt: [ExcerptLine]
    ) {
        self.rule = rule
        self.description = description
        self.detail = detail
        self.url = url
        self.file = file
        self.lines = lines
        self.excerpt = excerpt
    }
}
