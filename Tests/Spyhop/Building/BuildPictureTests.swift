import Engine
import Testing

@testable import SpyhopCommands

struct BuildPictureTests {
    private static func board(_ events: [(Double, BuildEvent)]) -> BuildBoard {
        var board = BuildBoard(began: BuildEvents.began)
        for (time, event) in events { board.apply(event, at: BuildEvents.at(time)) }
        return board
    }

    private static func picture(
        _ board: BuildBoard, columns: Int = 61, rows: Int = 24, at seconds: Double, coloured: Bool = false
    ) -> BuildPicture {
        BuildPicture(
            board: board, palette: BuildPalette(isColoured: coloured), size: TerminalSize(columns: columns, rows: rows),
            now: BuildEvents.at(seconds))
    }

    private static let middle = board([
        (0, BuildEvents.planned), (0, BuildEvents.running(1, since: 0)), (0.1, BuildEvents.done(1, 0.1)),
        (0.1, BuildEvents.cached(2)), (0.2, BuildEvents.running(3, since: 0.2)),
        (0.5, BuildEvents.output(3, "one\ntwo\nthr")),
    ])

    @Test func aRunningBuildLooksAsBuildKits() {
        #expect(
            Self.picture(Self.middle, at: 3.25).lines() == [
                "[+] Building 3.2s (2/5)",
                " => [internal] load build definition from Dockerfile    0.1s",
                " => CACHED [builder 1/2] FROM docker.io/library/alpine  0.0s",
                " => [builder 2/2] RUN make                              3.0s",
                " => => # one",
                " => => # two",
                " => => # thr",
            ])
    }

    @Test func aFinishedBuildKeepsEveryStepAndNoOutput() {
        var board = Self.middle
        board.apply(BuildEvents.done(3, 4), at: BuildEvents.at(4.2))
        board.apply(BuildEvents.failed(4, 1.5, "no"), at: BuildEvents.at(5.7))
        board.apply(BuildEvents.running(5, since: 5), at: BuildEvents.at(5))
        board.apply(.step(BuildEvents.step(5, .cancelled)), at: BuildEvents.at(5.7))
        // One whose turn never came is not shown.
        board.apply(.step(BuildEvents.step(6, .cancelled)), at: BuildEvents.at(5.7))
        #expect(
            Self.picture(board, rows: 3, at: 5.7).lastLines() == [
                "[+] Building 5.7s (5/6) FINISHED",
                " => [internal] load build definition from Dockerfile    0.1s",
                " => CACHED [builder 1/2] FROM docker.io/library/alpine  0.0s",
                " => [builder 2/2] RUN make                              4.0s",
                " => ERROR [stage-1 1/2] RUN false                       1.5s",
                " => CANCELED exporting to image                         0.7s",
            ])
    }

    @Test func whatRunsWhenSomebodyBreaksItOffIsCancelled() {
        let lines = Self.picture(Self.middle, at: 3.25, coloured: true).lastLines()
        #expect(lines.first == "\u{1b}[33m[+] Building 3.2s (2/5) CANCELED\u{1b}[0m")
        #expect(lines.last?.contains(" => CANCELED [builder 2/2] RUN make ") == true && lines.count == 4)
        #expect(lines.last?.contains("3.0s") == true)
    }

    @Test func onlyTheEndOfTheOutputIsSeen() {
        var board = Self.middle
        for number in 1...50 { board.apply(BuildEvents.output(3, "\(number)\n"), at: BuildEvents.at(1)) }
        #expect(
            Self.picture(board, at: 2).lines().suffix(BuildPicture.tailRows)
                == ["45", "46", "47", "48", "49", "50"].map { " => => # \($0)" })
    }

    @Test func layersThatComeStandBeneathTheirStep() {
        var board = Self.middle
        let blob = BlobProgress(
            digest: "sha256:0123456789abcdef", size: 9_800_000, done: 3_200_000, phase: .downloading)
        board.apply(.transfer(step: 3, .manifest(digest: "", blobs: [blob])), at: BuildEvents.at(1))
        #expect(Self.picture(board, at: 2).lines().contains(" => => 0123456789ab 3.2MB / 9.8MB"))
        var done = blob
        done.phase = .done
        board.apply(.transfer(step: 3, .blob(done)), at: BuildEvents.at(1))
        #expect(!Self.picture(board, at: 2).lines().contains { $0.contains("0123456789ab") })
    }

    /// Whatever runs, on however small a terminal: never more rows than fit, no row too wide.
    @Test(arguments: [1, 2, 3, 5, 8, 12, 24], [1, 8, 20, 40, 200])
    func everyTerminalIsLargeEnough(rows: Int, columns: Int) {
        var board = BuildBoard(began: BuildEvents.began)
        board.apply(.planned((1...30).map { BuildEvents.step($0, .waiting) }), at: BuildEvents.at(0))
        for id in 1...30 {
            let state: BuildStep.State = id < 20 ? .done(nanoseconds: 1) : .running(since: BuildEvents.at(0))
            board.apply(.step(BuildEvents.step(id, state)), at: BuildEvents.at(0))
            board.apply(
                BuildEvents.output(id, String(repeating: "日本語 wide ", count: 30) + "\nx\ny\n"), at: BuildEvents.at(0))
        }
        let lines = Self.picture(board, columns: columns, rows: rows, at: 1).lines()
        #expect(lines.count <= max(1, rows - 1))
        #expect(lines.first?.hasPrefix("[") == true || columns < 3)
        for line in lines { #expect(ShownText.cut(line, max(1, columns - 1)) == line) }
    }

    @Test func whatRunsIsWorthMoreThanWhatIsOver() {
        let lines = Self.picture(Self.middle, rows: 4, at: 1).lines()
        #expect(lines.map { $0.prefix(20) } == ["[+] Building 1.0s (2", " => [builder 2/2] RU", " => => # thr"])
    }

    @Test func coloursTakeNoColumns() {
        let plain = Self.picture(Self.middle, at: 1).lines()
        let coloured = Self.picture(Self.middle, at: 1, coloured: true).lines()
        #expect(coloured[1] == "\u{1b}[34m\(plain[1])\u{1b}[0m" && coloured[3] == plain[3])
        #expect(coloured[4] == "\u{1b}[2m\(plain[4])\u{1b}[0m")
        var painter = PicturePainter()
        _ = painter.frame(settled: [], live: coloured, size: TerminalSize(columns: 61, rows: 24))
        // Half as wide, of seven lines the three with a time have become two each.
        let narrow = painter.frame(settled: [], live: [], size: TerminalSize(columns: 31, rows: 24))
        #expect(narrow.hasPrefix("\r\u{1b}[10A"))
    }

    @Test func pictureAfterPictureStandsInOnePlace() {
        var board = BuildBoard(began: BuildEvents.began)
        var painter = PicturePainter()
        var screen = ScreenModel(columns: 61, rows: 10)
        let size = TerminalSize(columns: 61, rows: 10)
        screen.write("$ spyhop build .\n")
        let events: [BuildEvent] = [
            BuildEvents.planned, BuildEvents.running(1, since: 0), BuildEvents.done(1, 0.1), BuildEvents.cached(2),
            BuildEvents.running(3, since: 1), BuildEvents.output(3, "a\nb\nc\nd\ne\nf\ng\nh\n"),
            BuildEvents.running(4, since: 2), BuildEvents.output(4, "x\n"), BuildEvents.done(3, 5),
            BuildEvents.done(4, 5),
        ]
        for (second, event) in events.enumerated() {
            board.apply(event, at: BuildEvents.at(Double(second)))
            let picture = Self.picture(board, rows: 10, at: Double(second))
            screen.write(painter.frame(settled: [], live: picture.lines(), size: size))
        }
        screen.write(painter.end(settled: Self.picture(board, at: 10).lastLines(), size: size))
        #expect(
            screen.text == [
                "$ spyhop build .", "[+] Building 10.0s (4/5) FINISHED",
                " => [internal] load build definition from Dockerfile    0.1s",
                " => CACHED [builder 1/2] FROM docker.io/library/alpine  0.0s",
                " => [builder 2/2] RUN make                              5.0s",
                " => [stage-1 1/2] RUN false                             5.0s",
            ])
        #expect(screen.isCursorShown)
    }
}
