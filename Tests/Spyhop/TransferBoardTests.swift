import Engine
import Testing

@testable import SpyhopCommands

struct TransferBoardTests {
    private static let second: Int64 = 1_000_000_000

    static func digest(_ digit: Character) -> String { "sha256:" + String(repeating: digit, count: 64) }

    static func blob(
        _ digit: Character, _ phase: BlobProgress.Phase, done: Int64 = 0, size: Int64 = 10_000_000
    ) -> BlobProgress {
        BlobProgress(digest: digest(digit), size: size, done: done, phase: phase)
    }

    private static func lines(
        _ board: TransferBoard, columns: Int = 81, rows: Int = 24, at now: Int64 = 0
    ) -> [String] {
        board.lines(TerminalSize(columns: columns, rows: rows), at: now)
    }

    @Test func everyPhaseHasItsLine() {
        var board = TransferBoard(.pull, isLive: true)
        board.apply(.began(reference: "docker.io/library/busybox:latest"), at: 0)
        board.apply(
            .manifest(
                digest: Self.digest("f"),
                blobs: [
                    Self.blob("1", .waiting), Self.blob("2", .awaitingOther),
                    Self.blob("3", .extracting, done: 10_000_000),
                    Self.blob("4", .exists), Self.blob("5", .done, done: 10_000_000),
                    Self.blob("6", .retrying(reason: "the connection broke, again in 2 s")),
                    Self.blob("7", .downloading, done: 2_500_000),
                ]), at: 0)
        #expect(board.takeSettled() == ["latest: Pulling from library/busybox"])
        #expect(board.takeSettled().isEmpty)
        #expect(
            Self.lines(board) == [
                "111111111111: Waiting",
                "222222222222: Waiting for another pull of it",
                "333333333333: Extracting",
                "444444444444: Already exists",
                "555555555555: Pull complete",
                "666666666666: Retrying: the connection broke, again in 2 s",
                "777777777777: Downloading [=========>                          ]    2.5MB/10MB",
                "Total: 32.5MB/70MB",
            ])
    }

    @Test func aPushAndACopyHaveTheirOwnWords() {
        var push = TransferBoard(.push, isLive: true)
        push.apply(.began(reference: "localhost:5000/team/app:1"), at: 0)
        let blobs = [
            Self.blob("1", .waiting), Self.blob("2", .uploading, done: 10_000_000), Self.blob("3", .exists),
            Self.blob("4", .mounted(from: "library/busybox")), Self.blob("5", .done),
        ]
        push.apply(.manifest(digest: Self.digest("f"), blobs: blobs), at: 0)
        #expect(push.takeSettled() == ["The push refers to repository [localhost:5000/team/app]"])
        #expect(
            Self.lines(push) == [
                "111111111111: Waiting",
                "222222222222: Pushing [========================================]     10MB/10MB",
                "333333333333: Layer already exists", "444444444444: Mounted from library/busybox",
                "555555555555: Pushed", "Total: 40MB/50MB",
            ])
        push.apply(.began(reference: "localhost:5000/team/app:2"), at: 0)
        #expect(push.takeSettled().count == 5, "the heading is the same for the next tag")
        var copy = TransferBoard(.copy, isLive: true)
        copy.apply(.began(reference: "busybox:latest"), at: 0)
        copy.apply(.manifest(digest: "", blobs: [Self.blob("1", .downloading), Self.blob("2", .done)]), at: 0)
        #expect(copy.takeSettled() == ["Copying busybox:latest"])
        #expect(Self.lines(copy).dropFirst() == ["222222222222: Copied", "Total: 10MB/20MB"])
    }

    @Test func linesFitTheTerminalsWidth() {
        var board = TransferBoard(.pull, isLive: true)
        let blobs = [
            Self.blob("1", .downloading, done: 5_000_000),
            Self.blob("2", .retrying(reason: String(repeating: "語", count: 60))),
        ]
        board.apply(.manifest(digest: "", blobs: blobs), at: 0)
        #expect(Self.lines(board, columns: 60)[0] == "111111111111: Downloading [=======>       ]      5MB/10MB")
        #expect(Self.lines(board, columns: 50)[0] == "111111111111: Downloading      5MB/10MB")
        #expect(Self.lines(board, columns: 21)[0] == "111111111111: Downl…")
        #expect(Self.lines(board, columns: 30)[1] == "222222222222: Retrying: 語語…")
        #expect(Self.lines(board, columns: 200)[0].count == 14 + 11 + 1 + 52 + 1 + 13)
    }

    @Test func whatComesFromOutsideCannotSteerTheTerminal() {
        var board = TransferBoard(.pull, isLive: false)
        board.apply(.notice("mirror \u{1b}[2J failed\nand more"), at: 0)
        board.apply(.blob(Self.blob("1", .retrying(reason: "\u{9b}31m"))), at: 0)
        let text = board.takeSettled().joined()
        #expect(text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }, "\(text)")
    }

    @Test func moreBlobsThanLinesAreCounted() {
        var board = TransferBoard(.pull, isLive: true)
        let digits = Array("0123456789abcdef")
        let phases: [BlobProgress.Phase] = Array(repeating: .done, count: 6) + [.waiting, .downloading, .waiting]
        let blobs = digits.enumerated().map { index, digit in
            Self.blob(digit, index < phases.count ? phases[index] : .waiting)
        }
        board.apply(.manifest(digest: "", blobs: blobs), at: 0)
        #expect(
            Self.lines(board, rows: 6) == [
                "6 of 16 are complete", "666666666666: Waiting",
                "777777777777: Downloading [>                                   ]       0B/10MB", "8 more",
                "Total: 60MB/160MB",
            ])
        #expect(Self.lines(board, rows: 4) == ["6 of 16 are complete", "10 more", "Total: 60MB/160MB"])
        #expect(Self.lines(board, rows: 3) == ["6 of 16 are complete", "Total: 60MB/160MB"])
        for rows in [1, 2] { #expect(Self.lines(board, rows: rows) == ["Total: 60MB/160MB"]) }
        #expect(Self.lines(board, rows: 18).count == 17 && Self.lines(board, rows: 17).count == 12)
        #expect(Self.lines(board, rows: 13).count == 12 && Self.lines(board, rows: 12).count == 11)
    }

    @Test func theSpeedIsThatOfTheLastSecondsWithoutWhatWasThereBefore() {
        var board = TransferBoard(.pull, isLive: true)
        board.apply(.manifest(digest: "", blobs: [Self.blob("1", .waiting, size: 1_000_000_000)]), at: 0)
        func download(_ done: Int64, at now: Int64) {
            board.apply(.blob(Self.blob("1", .downloading, done: done, size: 1_000_000_000)), at: now)
        }
        download(400_000_000, at: Self.second)
        #expect(Self.lines(board, at: Self.second).last == "Total: 400MB/1GB")
        download(410_000_000, at: 2 * Self.second)
        #expect(Self.lines(board, at: 2 * Self.second).last == "Total: 410MB/1GB  10MB/s  59s left")
        for step: Int64 in 3...12 { download(410_000_000 + (step - 2) * 2_000_000, at: step * Self.second) }
        #expect(Self.lines(board, at: 12 * Self.second).last == "Total: 430MB/1GB  2MB/s  4m45s left")
        // Nothing comes any more.
        #expect(Self.lines(board, at: 100 * Self.second).last?.hasPrefix("Total: 430MB/1GB  10") == true)
        #expect(Self.lines(board, at: 100 * Self.second).last?.contains("kB/s") == true)
    }

    @Test func thePictureOfWhatIsOverHasNoTotal() {
        var board = TransferBoard(.pull, isLive: true)
        board.apply(.manifest(digest: "", blobs: [Self.blob("1", .done), Self.blob("2", .exists)]), at: 0)
        #expect(Self.lines(board) == ["111111111111: Pull complete", "222222222222: Already exists"])
        board.settleBlobs(columns: 20)
        #expect(board.takeSettled() == ["111111111111: Pull …", "222222222222: Alrea…"])
        #expect(Self.lines(board).isEmpty)
    }

    @Test func withoutATerminalEveryChangeOfPhaseIsALine() {
        var board = TransferBoard(.pull, isLive: false)
        let events: [TransferEvent] = [
            .began(reference: "docker.io/library/busybox:1"),
            .manifest(digest: "", blobs: [Self.blob("1", .waiting), Self.blob("2", .exists)]),
            .blob(Self.blob("1", .downloading)), .blob(Self.blob("1", .downloading, done: 5)),
            .blob(Self.blob("1", .retrying(reason: "it broke"))), .blob(Self.blob("1", .retrying(reason: "it broke"))),
            .blob(Self.blob("1", .downloading, done: 9)), .notice("99 pulls are left"),
            .blob(Self.blob("1", .extracting)), .blob(Self.blob("1", .done)),
        ]
        for event in events { board.apply(event, at: 0) }
        board.settleBlobs(columns: 80)
        #expect(
            board.takeSettled() == [
                "1: Pulling from library/busybox", "222222222222: Already exists", "111111111111: Pulling fs layer",
                "111111111111: Retrying: it broke", "99 pulls are left", "111111111111: Download complete",
                "111111111111: Pull complete",
            ])
    }

    @Test func aBlobThatTwoLayersShareIsOneLine() {
        var board = TransferBoard(.pull, isLive: true)
        board.apply(.manifest(digest: "", blobs: [Self.blob("1", .waiting), Self.blob("1", .waiting)]), at: 0)
        #expect(Self.lines(board) == ["111111111111: Waiting", "Total: 0B/10MB"])
    }

    @Test func sizesThatAreNonsenseDoNoHarm() {
        var board = TransferBoard(.pull, isLive: true)
        board.apply(.blob(Self.blob("1", .downloading, done: .max, size: 1)), at: .max)
        board.apply(.blob(Self.blob("2", .downloading, done: -5, size: .min)), at: 0)
        board.apply(.blob(Self.blob("3", .downloading, done: 0, size: .max)), at: 1)
        board.apply(.blob(Self.blob("1", .downloading, done: .min, size: .max)), at: 2)
        #expect(Self.lines(board).count == 4)
    }
}
