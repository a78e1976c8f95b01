import Engine
import Terminal

/// The picture of a build that is painted over again and again: a head line, a line a step, and beneath those that run
/// what comes for them and the end of their output.
struct BuildPicture: Sendable {
    /// Rows of output beneath a running step.
    static let tailRows = 6
    /// Rows of blobs beneath a running step.
    static let blobRows = 6

    let board: BuildBoard
    let palette: BuildPalette
    let size: TerminalSize
    let now: Timestamp

    /// One step's rows.
    private struct Block {
        var head: String
        var blobs: [String]
        var tail: [String]
        var isRunning: Bool
        var isFailed: Bool
        var rows: Int { 1 + blobs.count + tail.count }
    }

    private var columns: Int { max(1, size.columns - 1) }

    /// What is shown while the build goes on; never more rows than fit above the cursor.
    func lines() -> [String] {
        let room = max(1, size.rows - 1) - 1
        var blocks = board.steps.filter(\.isVisible).map(block)
        Self.fit(&blocks, room)
        let rows = blocks.flatMap { [$0.head] + $0.blobs + $0.tail }
        return [ShownText.cut(head, columns)] + rows.suffix(max(0, room))
    }

    /// What stays when the build is over: every step's line. What still runs then is stopped.
    func lastLines() -> [String] {
        let steps = board.steps.filter(\.isVisible).map { progress in
            var progress = progress
            if progress.step.state.isRunning {
                progress.step.state = .cancelled
            }
            return progress
        }
        return [lastHead(steps)] + steps.map(row)
    }

    /// Takes rows away until the rest fits: first output, the most of it first, then blobs, then steps that are over.
    private static func fit(_ blocks: inout [Block], _ room: Int) {
        var excess = blocks.reduce(0) { $0 + $1.rows } - room
        while excess > 0 {
            let longest = blocks.indices.max { blocks[$0].tail.count < blocks[$1].tail.count }
            if let longest, blocks[longest].tail.count > 1 {
                blocks[longest].tail.removeFirst()
            } else if let blobs = blocks.indices.max(by: { blocks[$0].blobs.count < blocks[$1].blobs.count }),
                blocks[blobs].blobs.count > 1
            {
                blocks[blobs].blobs.removeFirst()
            } else if let over = blocks.firstIndex(where: { !$0.isRunning && !$0.isFailed }) {
                excess += 1 - blocks[over].rows
                blocks.remove(at: over)
            } else if let longest, blocks[longest].tail.count == 1 {
                blocks[longest].tail.removeFirst()
            } else {
                return
            }
            excess -= 1
        }
    }

    private var head: String {
        let time = StepWords.seconds(now.nanoseconds - board.began.nanoseconds)
        return "[+] Building \(time) (\(board.finished)/\(board.steps.count))"
    }

    private func lastHead(_ steps: [StepProgress]) -> String {
        if board.failed != nil { return palette.paint(ShownText.cut(head + " FINISHED", columns), .failed) }
        if steps.contains(where: { $0.step.state == .cancelled }) {
            return palette.paint(ShownText.cut(head + " CANCELED", columns), .cancelled)
        }
        return palette.paint(ShownText.cut(head + " FINISHED", columns), .done)
    }

    private func block(_ progress: StepProgress) -> Block {
        let isRunning = progress.step.state.isRunning
        let moving = isRunning ? progress.blobs.filter { !$0.isOver } : []
        var blobs = moving.prefix(Self.blobRows).map { blob in
            ShownText.cut(" => => \(SafeText.string(blob.short)) \(SafeText.string(StepWords.words(blob)))", columns)
        }
        if moving.count > Self.blobRows {
            blobs[Self.blobRows - 1] = ShownText.cut(" => => \(moving.count - Self.blobRows + 1) more", columns)
        }
        let tail = isRunning ? progress.visibleTail(Self.tailRows) : []
        return Block(
            head: row(progress), blobs: blobs,
            tail: tail.map { palette.paint(ShownText.cut(" => => # \($0)", columns), .output) }, isRunning: isRunning,
            isFailed: progress.step.state.isFailed)
    }

    private func row(_ progress: StepProgress) -> String {
        let (word, part) = Self.word(progress.step.state)
        let time = StepWords.seconds(progress.duration(at: now))
        let start = " => \(word)\(StepWords.name(progress.step))"
        let room = columns - time.utf8.count - 1
        // On a terminal so narrow that the name would be lost, the time is.
        guard room >= 16 else { return palette.paint(ShownText.cut(start, columns), part) }
        return palette.paint(ShownText.padded(start, room) + " " + time, part)
    }

    private static func word(_ state: BuildStep.State) -> (String, BuildPalette.Part) {
        switch state {
        case .waiting, .running: ("", .plain)
        case .cached: ("CACHED ", .done)
        case .done: ("", .done)
        case .failed: ("ERROR ", .failed)
        case .cancelled: ("CANCELED ", .cancelled)
        }
    }
}
