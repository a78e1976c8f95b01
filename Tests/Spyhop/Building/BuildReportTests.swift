import Engine
import Testing

@testable import SpyhopCommands

struct BuildReportTests {
    private static let plain = BuildPalette(isColoured: false)

    @Test func aFailedStepsLastOutputIsTold() {
        var board = BuildBoard(began: BuildEvents.began)
        board.apply(BuildEvents.planned, at: BuildEvents.at(0))
        board.apply(BuildEvents.running(4, since: 0), at: BuildEvents.at(0))
        #expect(BuildReport.tail(board) == "")
        for number in 1...150 { board.apply(BuildEvents.output(4, "line \(number)\n"), at: BuildEvents.at(0.25)) }
        board.apply(BuildEvents.output(4, "no end"), at: BuildEvents.at(0.25))
        board.apply(BuildEvents.failed(4, 0.5, "no"), at: BuildEvents.at(0.5))
        let lines = BuildReport.tail(board).split(separator: "\n")
        #expect(lines.count == 23)
        #expect(
            lines[1] == " > [stage-1 1/2] RUN false:" && lines[2] == "0.250 line 132" && lines[21] == "0.250 no end")
        #expect(lines[0] == "------" && lines[22] == "------")
    }

    @Test func whatIsNoInstructionHasNoOutputThatExplainsAnything() {
        var board = BuildBoard(began: BuildEvents.began)
        let step = BuildStep(id: 1, name: "exporting to image", state: .running(since: BuildEvents.began))
        board.apply(.step(step), at: BuildEvents.at(0))
        board.apply(BuildEvents.output(1, "writing image\n"), at: BuildEvents.at(0))
        var failed = step
        failed.state = .failed(nanoseconds: 1, reason: "no")
        board.apply(.step(failed), at: BuildEvents.at(0))
        #expect(board.failed != nil && BuildReport.tail(board) == "")
    }

    @Test func anErrorIsASentenceAndTheLinesItIsAbout() {
        let error = EngineError(
            .invalidArgument, "Dockerfile:2:1: unknown instruction: RUNN\n> 2 | RUNN \u{1b}[2Jx\n    | ^~~~",
            hint: "did you mean RUN?")
        #expect(
            BuildReport.error(error, Self.plain) == """
                ERROR: Dockerfile:2:1: unknown instruction: RUNN
                > 2 | RUNN ␛[2Jx
                    | ^~~~
                  did you mean RUN?

                """)
        #expect(
            BuildReport.error(EngineError(.system, "no room"), BuildPalette(isColoured: true))
                == "\u{1b}[31mERROR: no room\u{1b}[0m\n")
    }

    @Test func aBuiltImageIsToldWithItsNames() {
        let id = ImageID(rawValue: "sha256:0123456789abcdef")
        let image = BuiltImage(id: id, digest: nil, names: ["docker.io/library/a:1", "x.example/b:latest"])
        #expect(
            BuildReport.success(image)
                == "Successfully built 0123456789ab\nSuccessfully tagged a:1\nSuccessfully tagged x.example/b:latest\n")
        #expect(BuildReport.success(BuiltImage(id: nil, digest: nil, names: [])) == "")
    }

    @Test func warningsAreCountedAndToldInShort() {
        var board = BuildBoard(began: BuildEvents.began)
        #expect(BuildReport.warnings(board) == "")
        board.apply(
            .warning(BuildEvents.warning("FromAsCasing", "'as' and 'FROM' do not match", line: 1)),
            at: BuildEvents.at(0))
        #expect(
            BuildReport.warnings(board) == """

                 1 warning found (spyhop build --check shows the lines):
                 - FromAsCasing: 'as' and 'FROM' do not match (line 1)

                """)
        for _ in 0..<500 {
            board.apply(.warning(BuildEvents.warning("X", "y", line: nil)), at: BuildEvents.at(0))
        }
        let text = BuildReport.warnings(board)
        #expect(text.contains(" 501 warnings found") && text.hasSuffix(" - X: y\n - and 301 more\n"))
    }

    @Test func aCheckShowsTheLines() {
        #expect(BuildAnswer.text([]) == "Check complete, no warnings found.\n")
        #expect(
            BuildAnswer.text([BuildEvents.warning("FromAsCasing", "no match", line: 1)]) == """
                Check complete, 1 warning has been found!

                WARNING: FromAsCasing - https://example.com/FromAsCasing
                no match
                Dockerfile:1
                --------------------
                   1 | >>> FROM alpine as x
                --------------------

                """)
    }

    @Test func anOutlineAndTargetsAreTables() {
        let outline = BuildOutline(
            targets: [
                .init(name: "base", base: "alpine", description: "", isDefault: false),
                .init(name: "app", base: "base", description: "the program", isDefault: true),
            ],
            arguments: [
                .init(name: "VERSION", value: "1.20", description: "of go"),
                .init(name: "X", value: nil, description: ""),
            ],
            secrets: ["token"])
        #expect(
            BuildAnswer.text(targets: outline)
                == "TARGET          BASE      DESCRIPTION\nbase            alpine    \napp (default)   base      the program\n"
        )
        #expect(
            BuildAnswer.text(arguments: outline, target: nil) == """
                TARGET:      app
                DESCRIPTION: the program

                BUILD ARG   VALUE     DESCRIPTION
                VERSION     1.20      of go
                X                     

                SECRET
                token


                """)
    }

    @Test func rawEventsAreBuildKits() {
        var raw = BuildRawJSON()
        raw.apply(.step(BuildEvents.step(3, .running(since: BuildEvents.at(0)))), at: BuildEvents.at(0))
        raw.apply(BuildEvents.output(3, "hi\n"), at: BuildEvents.at(0))
        raw.apply(BuildEvents.cached(2), at: BuildEvents.at(0))
        let lines = raw.take().split(separator: "\n")
        let zeros = String(repeating: "0", count: 63)
        #expect(
            lines[0] == """
                {"vertexes":[{"digest":"sha256:\(zeros)3","name":"[builder 2/2] RUN make","started":"2023-11-14T22:13:20.000000000Z"}]}
                """)
        #expect(
            lines[1] == """
                {"logs":[{"vertex":"sha256:\(zeros)3","stream":1,"data":"aGkK","timestamp":"2023-11-14T22:13:20.000000000Z"}]}
                """)
        #expect(lines[2].contains("\"completed\"") && lines[2].contains("\"cached\":true"))
        #expect(raw.take() == "")
    }

    @Test func metadataHasDockersKeys() {
        let image = BuiltImage(id: ImageID(rawValue: "sha256:1"), digest: "sha256:2", names: ["docker.io/library/a:1"])
        let value = BuildMetadata.value(image)
        #expect(value.member("containerimage.config.digest") == "sha256:1")
        #expect(
            value.member("containerimage.digest") == "sha256:2" && value.member("image.name") == "docker.io/library/a:1"
        )
        #expect(BuildMetadata.value(BuiltImage(id: nil, digest: nil, names: [])).compact == "{}")
    }
}
