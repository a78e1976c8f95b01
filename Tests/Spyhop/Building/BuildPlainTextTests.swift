import Engine
import Testing

@testable import SpyhopCommands

struct BuildPlainTextTests {
    private static func text(_ events: [(Double, BuildEvent)], last: Double = 100) -> String {
        var plain = BuildPlainText(began: BuildEvents.began)
        var text = ""
        for (time, event) in events {
            plain.apply(event, at: BuildEvents.at(time))
            text += plain.take(at: BuildEvents.at(time))
        }
        return text + plain.takeLast(at: BuildEvents.at(last))
    }

    @Test func stepsAreToldAsBuildKitTellsThem() {
        let text = Self.text([
            (0, BuildEvents.planned), (0, BuildEvents.running(1, since: 0)), (0.1, BuildEvents.done(1, 0.1)),
            (0.1, BuildEvents.cached(2)), (0.2, BuildEvents.running(3, since: 0.2)),
            (0.512, BuildEvents.output(3, "compiling\nlin")), (12.7, BuildEvents.output(3, "king\nno end")),
            (13, BuildEvents.done(3, 12.8)), (13, BuildEvents.running(4, since: 13)),
            (13.5, BuildEvents.output(4, "no\n")),
            (
                13.5,
                BuildEvents.failed(4, 0.5, "process \"/bin/sh -c false\" did not complete successfully: exit code: 1")
            ),
        ])
        #expect(
            text == """
                #1 [internal] load build definition from Dockerfile
                #1 DONE 0.1s

                #2 [builder 1/2] FROM docker.io/library/alpine
                #2 CACHED

                #3 [builder 2/2] RUN make
                #3 0.312 compiling
                #3 12.50 linking
                #3 12.80 no end
                #3 DONE 12.8s

                #4 [stage-1 1/2] RUN false
                #4 0.500 no
                #4 ERROR: process "/bin/sh -c false" did not complete successfully: exit code: 1

                """)
    }

    @Test func oneStepHasTheWordForAWhile() {
        let text = Self.text([
            (0, BuildEvents.planned), (0, BuildEvents.running(3, since: 0)), (0, BuildEvents.running(4, since: 0)),
            (1, BuildEvents.output(3, "a\n")), (1, BuildEvents.output(4, "x\n")), (1.5, BuildEvents.output(3, "b\n")),
            // Two seconds are over: the other may speak.
            (2.5, BuildEvents.output(3, "c\n")), (2.6, BuildEvents.output(4, "y\n")), (3, BuildEvents.done(4, 3)),
            (3, BuildEvents.done(3, 3)),
        ])
        #expect(
            text == """
                #3 [builder 2/2] RUN make
                #3 1.000 a
                #3 1.500 b
                #3 2.500 c
                #3 ...

                #4 [stage-1 1/2] RUN false
                #4 1.000 x
                #4 2.600 y
                #4 DONE 3.0s

                #3 [builder 2/2] RUN make
                #3 DONE 3.0s

                """)
    }

    @Test func whatHasNothingToSayDoesNotInterrupt() {
        let text = Self.text([
            (0, BuildEvents.planned), (0, BuildEvents.running(3, since: 0)), (9, BuildEvents.output(3, "a\n")),
            (20, BuildEvents.output(3, "b\n")), (21, BuildEvents.done(3, 21)),
        ])
        #expect(!text.contains("..."))
    }

    @Test func whatIsCancelledBeforeItsTurnIsNotMentioned() {
        let text = Self.text([
            (0, BuildEvents.planned), (0, .step(BuildEvents.step(3, .cancelled))),
            (0, BuildEvents.running(4, since: 0)),
            (0, .step(BuildEvents.step(4, .cancelled))),
        ])
        #expect(text == "#4 [stage-1 1/2] RUN false\n#4 CANCELED\n")
    }

    @Test func whatRunsWhenSomebodyBreaksItOffIsCancelled() {
        let text = Self.text([
            (0, BuildEvents.planned), (0, BuildEvents.running(3, since: 0)), (0, BuildEvents.running(4, since: 0)),
            (1, BuildEvents.output(3, "a\n")),
        ])
        #expect(
            text == """
                #3 [builder 2/2] RUN make
                #3 1.000 a
                #3 CANCELED

                #4 [stage-1 1/2] RUN false
                #4 CANCELED

                """)
    }

    @Test func memoryHasABound() {
        var plain = BuildPlainText(began: BuildEvents.began)
        plain.apply(BuildEvents.planned, at: BuildEvents.at(0))
        plain.apply(BuildEvents.running(3, since: 0), at: BuildEvents.at(0))
        let line = BuildEvents.output(3, String(repeating: "x", count: 1023) + "\n")
        for _ in 0..<5000 { plain.apply(line, at: BuildEvents.at(0)) }
        let text = plain.take(at: BuildEvents.at(0))
        #expect(text.utf8.count < BuildPlainText.mostPending * 2)
        #expect(text.contains("lines left out: they came faster than they could be shown"))
        // Once it is written there is room again.
        plain.apply(BuildEvents.output(3, "more\n"), at: BuildEvents.at(1))
        #expect(plain.take(at: BuildEvents.at(1)) == "#3 1.000 more\n")
    }

    @Test func namesAndOutputCannotSteerATerminal() {
        let step = BuildStep(id: 1, name: "[1/1] RUN echo \u{1b}[2J\nRUN x", state: .running(since: BuildEvents.at(0)))
        let text = Self.text([
            (0, .planned([step])), (0, .step(step)), (0, BuildEvents.output(1, "\u{1b}[31mred\u{7}\n")),
            (0, .notice("a\u{1b}b")),
        ])
        #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 0x20 })
        #expect(text.contains("#1 0.000 red") && text.contains("spyhop: a"))
    }

    @Test(arguments: [
        (0, "0.000"), (312_000_000, "0.312"), (12_345_000_000, "12.34"), (123_456_000_000, "123.4"),
        (1_234_000_000_000, "1234"), (123_456_000_000_000, "123456"), (-5, "0.000"),
    ])
    func timesBeforeOutputTakeFiveCharacters(nanoseconds: Int64, expected: String) {
        #expect(StepWords.stamp(nanoseconds) == expected)
    }
}
