import Engine
import Terminal

/// A build as lines that stay (`--progress=plain`), as BuildKit writes them: what steps write is not mixed line by line, one
/// step has the word for a while, and what the others say meanwhile is kept for them.
struct BuildPlainText: Sendable {
    /// How long a step has the word while others have something to say, in nanoseconds.
    private static let patience: Int64 = 2_000_000_000
    /// Bytes that are kept for a step that has not got the word, or whose reader is slow.
    static let mostPending = 1 << 20

    private struct Pending {
        var lines: [String] = []
        var bytes = 0
        var leftOut = 0
        var isOver = false
    }

    private(set) var board: BuildBoard
    private var pending: [Int: Pending] = [:]
    /// Steps with something to say, who came first before who came later.
    private var queue: [Int] = []
    private var speaker: Int?
    private var speaksSince: Int64 = 0
    private var hasSpoken = false
    /// What is of no step.
    private var notices: [String] = []

    init(began: Timestamp) { board = BuildBoard(began: began) }

    /// Takes in what happened.
    mutating func apply(_ event: BuildEvent, at now: Timestamp) {
        let ended = board.apply(event, at: now)
        switch event {
        case .planned: break
        case .step(let step):
            say(ended, by: step.id, at: now)
            note(step)
        case .output(let id, _, _): say(ended, by: id, at: now)
        case .transfer(let id, .blob(let blob)):
            switch blob.phase {
            case .done: say("#\(id) \(SafeText.string(blob.digest)) \(StepWords.amount(blob)) done", by: id)
            case .retrying: say("#\(id) \(SafeText.string("\(blob.short) \(StepWords.words(blob))"))", by: id)
            default: break
            }
        case .transfer, .notice: notices += board.takeNotices()
        case .warning: break
        }
    }

    /// What is to be written now.
    mutating func take(at now: Timestamp) -> String {
        var lines = notices.map { "spyhop: \(SafeText.string($0))" }
        notices = []
        while true {
            if let id = speaker {
                let isOver = pending[id]?.isOver == true
                lines += drain(id)
                if isOver {
                    pending[id] = nil
                    speaker = nil
                } else {
                    guard now.nanoseconds - speaksSince >= Self.patience, queue.contains(where: { $0 != id }) else {
                        break
                    }
                    lines.append("#\(id) ...")
                    speaker = nil
                }
            }
            guard let next = nextSpeaker() else { break }
            if hasSpoken { lines.append("") }
            hasSpoken = true
            speaker = next
            speaksSince = now.nanoseconds
            if let step = board.step(next)?.step { lines.append("#\(next) \(StepWords.name(step))") }
        }
        return lines.map { $0 + "\n" }.joined()
    }

    /// The rest, when nothing more happens: nobody has to wait for the word any longer, and what still runs is stopped.
    mutating func takeLast(at now: Timestamp) -> String {
        for id in [speaker].compactMap({ $0 }) + queue where pending[id]?.isOver != true { finish(id, "CANCELED") }
        return take(at: now)
    }

    private mutating func note(_ step: BuildStep) {
        let id = step.id
        switch step.state {
        case .waiting: return
        case .running: enqueue(id)
        case .cached: finish(id, "CACHED")
        case .done(let nanoseconds): finish(id, "DONE \(StepWords.seconds(nanoseconds))")
        case .failed(_, let reason): finish(id, "ERROR: \(SafeText.string(reason))")
        case .cancelled:
            // Of a step whose turn never came there is nothing to say.
            if pending[id] != nil { finish(id, "CANCELED") }
        }
    }

    private mutating func finish(_ id: Int, _ word: String) {
        enqueue(id)
        pending[id]?.lines.append("#\(id) \(word)")
        pending[id]?.isOver = true
    }

    private mutating func say(_ lines: [String], by id: Int, at now: Timestamp) {
        guard !lines.isEmpty, let progress = board.step(id) else { return }
        let stamp = StepWords.stamp(now.nanoseconds - (progress.began ?? now).nanoseconds)
        for line in lines { say("#\(id) \(stamp) \(line)", by: id) }
    }

    private mutating func say(_ line: String, by id: Int) {
        enqueue(id)
        guard var own = pending.removeValue(forKey: id) else { return }
        if own.bytes + line.utf8.count > Self.mostPending {
            own.leftOut += 1
        } else {
            own.lines.append(line)
            own.bytes += line.utf8.count
        }
        pending[id] = own
    }

    private mutating func enqueue(_ id: Int) {
        if pending[id] == nil { pending[id] = Pending() }
        if speaker != id, !queue.contains(id) { queue.append(id) }
    }

    /// Whose turn it is: before steps that have only begun come those with something to say.
    private mutating func nextSpeaker() -> Int? {
        let place = queue.firstIndex { pending[$0].map { !$0.lines.isEmpty || $0.isOver } ?? false }
        guard !queue.isEmpty else { return nil }
        return queue.remove(at: place ?? 0)
    }

    private mutating func drain(_ id: Int) -> [String] {
        guard var own = pending.removeValue(forKey: id) else { return [] }
        var lines = own.lines
        if own.leftOut > 0 {
            let place = own.isOver ? max(0, lines.count - 1) : lines.count
            lines.insert("#\(id) … \(own.leftOut) lines left out: they came faster than they could be shown", at: place)
        }
        own = Pending(isOver: own.isOver)
        pending[id] = own
        return lines
    }
}
