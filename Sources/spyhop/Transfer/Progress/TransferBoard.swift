import Engine
import Terminal

/// What is known of a transfer, made out of its events, and the lines that show it.
struct TransferBoard: Sendable {
    let verb: TransferVerb
    /// The picture is painted over again and again; else every change of phase is a line of its own.
    let isLive: Bool

    /// The blobs of the present reference.
    private(set) var blobs: [BlobProgress] = []
    private var places: [String: Int] = [:]
    private var heading: String?
    /// Blobs of which a line says that their bytes move.
    private var begun: Set<String> = []
    private var settled: [String] = []
    /// More than any disk holds, and far from what a number cannot.
    private static let largest: Int64 = 1 << 60

    /// Bytes that have come or gone before our eyes; those of an earlier attempt are no part of the speed.
    private var moved: Int64 = 0
    private(set) var rate = TransferRate()

    init(_ verb: TransferVerb, isLive: Bool) {
        self.verb = verb
        self.isLive = isLive
    }

    /// Takes in what happened at a moment (monotonic nanoseconds).
    mutating func apply(_ event: TransferEvent, at now: Int64) {
        switch event {
        case .began(let reference):
            settleBlobs(columns: nil)
            let next = verb.heading(reference)
            if next != heading, let next { settled.append(SafeText.string(next)) }
            heading = next
        case .manifest(_, let blobs):
            for blob in blobs { note(blob, at: now) }
        case .blob(let blob): note(blob, at: now)
        case .notice(let text): settled.append(SafeText.string(text))
        }
    }

    /// Lines that stand for good, since the last call.
    mutating func takeSettled() -> [String] {
        defer { settled = [] }
        return settled
    }

    /// Leaves the last state of the blobs for good, cut to so many columns.
    mutating func settleBlobs(columns: Int?) {
        if isLive { settled += blobs.map { line(of: $0, columns: columns) } }
        blobs = []
        places = [:]
        begun = []
    }

    private mutating func note(_ told: BlobProgress, at now: Int64) {
        var blob = told
        // Sizes come from a manifest, and a manifest may tell any.
        blob.size = min(max(0, told.size), Self.largest)
        blob.done = min(max(0, told.done), blob.size > 0 ? blob.size : Self.largest)
        guard let place = places[blob.digest] else {
            places[blob.digest] = blobs.count
            blobs.append(blob)
            tell(blob)
            return
        }
        let old = blobs[place]
        blobs[place] = blob
        if old.isMoving { moved &+= max(0, blob.done - old.done) }
        rate.mark(moved, at: now)
        if old.phase != blob.phase { tell(blob) }
    }

    private mutating func tell(_ blob: BlobProgress) {
        guard !isLive, let words = verb.plainWords(blob.phase) else { return }
        // What begins anew after a retry has been said to begin.
        guard !blob.isMoving || begun.insert(blob.digest).inserted else { return }
        settled.append(SafeText.string("\(blob.short): \(words)"))
    }
}
