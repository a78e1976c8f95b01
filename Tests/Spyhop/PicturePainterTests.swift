import Engine
import Testing

@testable import SpyhopCommands

struct PicturePainterTests {
    private static let size = TerminalSize(columns: 40, rows: 6)

    @Test func aPictureIsPaintedOverTheOneBefore() {
        var painter = PicturePainter()
        var screen = ScreenModel(columns: 40, rows: 6)
        screen.write("$ spyhop pull x\n")
        let first = painter.frame(settled: ["x: Pulling"], live: ["a: Waiting", "b: Waiting"], size: Self.size)
        #expect(first == "\u{1b}[?25lx: Pulling\u{1b}[K\na: Waiting\u{1b}[K\nb: Waiting\u{1b}[K\n\u{1b}[J")
        screen.write(first)
        let second = painter.frame(settled: [], live: ["a: Done", "b: Waiting"], size: Self.size)
        #expect(second == "\r\u{1b}[2Aa: Done\u{1b}[K\nb: Waiting\u{1b}[K\n\u{1b}[J")
        screen.write(second)
        #expect(screen.text == ["$ spyhop pull x", "x: Pulling", "a: Done", "b: Waiting"] && !screen.isCursorShown)
        #expect(painter.frame(settled: [], live: ["a: Done", "b: Waiting"], size: Self.size) == "")
        screen.write(painter.end(settled: ["a: Done", "b: Done"], size: Self.size))
        screen.write("Digest: 1\n")
        #expect(screen.text == ["$ spyhop pull x", "x: Pulling", "a: Done", "b: Done", "Digest: 1"])
        #expect(screen.isCursorShown)
    }

    @Test func aNoticeStandsAboveThePictureForGood() {
        var painter = PicturePainter()
        var screen = ScreenModel(columns: 40, rows: 6)
        screen.write(painter.frame(settled: [], live: ["a: 1", "b: 1"], size: Self.size))
        screen.write(painter.frame(settled: ["a mirror failed"], live: ["a: 2"], size: Self.size))
        #expect(screen.text == ["a mirror failed", "a: 2"])
    }

    @Test func aScreenThatWasNotTouchedIsLeftAlone() {
        var painter = PicturePainter()
        #expect(painter.frame(settled: [], live: [], size: Self.size) == "")
        #expect(painter.end(settled: [], size: Self.size) == "")
        #expect(painter.end(settled: ["x"], size: Self.size) == "x\u{1b}[K\n\u{1b}[J")
    }

    @Test func aTerminalThatBecameNarrowerHasBrokenItsLines() {
        var painter = PicturePainter()
        _ = painter.frame(settled: [], live: [String(repeating: "x", count: 39), "y"], size: Self.size)
        let narrow = painter.frame(settled: [], live: ["z"], size: TerminalSize(columns: 20, rows: 6))
        #expect(narrow.hasPrefix("\r\u{1b}[3A"))
    }

    /// Whatever happens, on however small a terminal, each layer ends as one line, in order, and nothing stands twice.
    @Test(arguments: [1, 2, 3, 5, 8, 24, 60])
    func noPictureIsEverBroken(rows: Int) {
        let size = TerminalSize(columns: 70, rows: rows)
        var random = SplitMix(state: UInt64(rows))
        var board = TransferBoard(.pull, isLive: true)
        var painter = PicturePainter()
        var screen = ScreenModel(columns: 70, rows: rows)
        let digits = Array("0123456789abcdefghijklmnopqrst")
        board.apply(.began(reference: "docker.io/library/x:1"), at: 0)
        board.apply(.manifest(digest: "", blobs: digits.map { TransferBoardTests.blob($0, .waiting) }), at: 0)
        var notices: [String] = []
        for step in 0..<200 {
            let digit = digits[Int(random.next() % UInt64(digits.count))]
            let done = Int64(random.next() % 10_000_000)
            let phases: [BlobProgress.Phase] = [
                .downloading, .downloading, .extracting, .retrying(reason: "it broke"), .done,
            ]
            let phase = phases[Int(random.next() % UInt64(phases.count))]
            board.apply(.blob(TransferBoardTests.blob(digit, phase, done: done)), at: Int64(step) * 50_000_000)
            if step % 40 == 39 {
                notices.append("notice \(step)")
                board.apply(.notice("notice \(step)"), at: 0)
            }
            let live = board.lines(size, at: Int64(step) * 50_000_000)
            #expect(live.count <= max(1, rows - 1))
            screen.write(painter.frame(settled: board.takeSettled(), live: live, size: size))
        }
        for digit in digits { board.apply(.blob(TransferBoardTests.blob(digit, .done)), at: 0) }
        board.settleBlobs(columns: 69)
        screen.write(painter.end(settled: board.takeSettled(), size: size))
        let layers = digits.map { String(repeating: $0, count: 12) + ": Pull complete" }
        // A terminal of one line has no line above the cursor to paint over.
        if rows > 1 { #expect(screen.text == ["1: Pulling from library/x"] + notices + layers) }
        #expect(Array(screen.text.suffix(layers.count)) == layers && screen.isCursorShown)
    }
}

/// Numbers that are the same in every run.
private struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
