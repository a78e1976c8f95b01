import Engine

/// What is known of one step of a build: where it stands, the end of what it has written, what comes from registries for it.
struct StepProgress: Sendable {
    /// Lines of its output that are kept.
    static let longestTail = 100
    /// Blobs that are kept apart; an image hardly has more layers.
    private static let mostBlobs = 128

    var step: BuildStep
    /// When it began; `nil` as long as it has not, and for a step that was cached.
    private(set) var began: Timestamp?
    /// The last lines of its output, each with the nanoseconds since its beginning.
    private(set) var tail: [(time: Int64, text: String)] = []
    private var lines = OutputLines()
    private(set) var blobs: [BlobProgress] = []

    init(_ step: BuildStep) {
        self.step = step
        if case .running(let since) = step.state { began = since }
    }

    /// Takes a new state over; answers the last line of its output, where nothing but the step's end has ended it.
    mutating func update(_ step: BuildStep) -> [String] {
        self.step = step
        if case .running(let since) = step.state { began = since }
        guard step.state.isOver else { return [] }
        let last = lines.finish().map { [$0] } ?? []
        blobs = []
        // Nobody looks at the output of what went well; a failed step's is told in the end.
        if step.state.isFailed { note(last, at: tail.last?.time ?? 0) } else { tail = [] }
        return last
    }

    /// Takes output in, at so many nanoseconds since its beginning; answers the lines that it ends.
    mutating func output(_ bytes: [UInt8], at time: Int64) -> [String] {
        let ended = lines.feed(bytes)
        note(ended, at: time)
        return ended
    }

    /// The lines that are to be seen beneath a running step: those at the end, and what is just being written.
    func visibleTail(_ count: Int) -> [String] {
        var shown = tail.suffix(count).map(\.text)
        if let open = lines.unfinished { shown.append(open) }
        return Array(shown.suffix(count))
    }

    /// Takes over how far a blob has come.
    mutating func transfer(_ event: TransferEvent) {
        switch event {
        case .manifest(_, let blobs): for blob in blobs { note(blob) }
        case .blob(let blob): note(blob)
        case .began, .notice: break
        }
    }

    private mutating func note(_ blob: BlobProgress) {
        if let place = blobs.firstIndex(where: { $0.digest == blob.digest }) {
            blobs[place] = blob
        } else if blobs.count < Self.mostBlobs {
            blobs.append(blob)
        }
    }

    private mutating func note(_ lines: [String], at time: Int64) {
        for line in lines.suffix(Self.longestTail) { tail.append((time, line)) }
        if tail.count > Self.longestTail { tail.removeFirst(tail.count - Self.longestTail) }
    }

    /// There is something to show of it: its turn has come.
    var isVisible: Bool {
        switch step.state {
        case .waiting: false
        case .cancelled: began != nil
        case .running, .cached, .done, .failed: true
        }
    }

    /// How long it has taken, or takes by now, in nanoseconds.
    func duration(at now: Timestamp) -> Int64 {
        switch step.state {
        case .done(let nanoseconds), .failed(let nanoseconds, _): max(0, nanoseconds)
        case .running(let since): max(0, now.nanoseconds - since.nanoseconds)
        // The build ends with it.
        case .cancelled: max(0, now.nanoseconds - (began ?? now).nanoseconds)
        case .waiting, .cached: 0
        }
    }
}

extension BuildStep.State {
    /// Nothing more will happen to the step.
    var isOver: Bool {
        switch self {
        case .cached, .done, .failed, .cancelled: true
        case .waiting, .running: false
        }
    }

    /// It failed.
    var isFailed: Bool { if case .failed = self { true } else { false } }
    /// It runs.
    var isRunning: Bool { if case .running = self { true } else { false } }
}
