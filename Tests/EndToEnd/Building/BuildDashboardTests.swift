import Foundation
import Harness
import Testing

/// Builds in the real dashboard, driven by keys and read from its screen.
@Suite(.needsRoot, .serialized)
struct BuildDashboardTests {
    /// The dashboard with the form for a build filled in and sent.
    private func begin(_ place: Workplace, _ context: String) throws -> PseudoTerminal {
        let screen = try PseudoTerminal(
            [Workplace.spyhop], environment: place.environment + ["TERM=xterm-256color"], columns: 130, rows: 40)
        screen.wait(forText: "Overview")
        screen.type("3b")
        screen.wait(forText: "Build an image")
        // The context's field has the directory in which the dashboard was started.
        screen.type("\u{15}\(context)\t\tapp\r")
        return screen
    }

    @Test func aBuildIsWatchedFromItsFormToItsImage() throws {
        try Workplace.with { (place) throws in
            let context = try place.context([
                "Dockerfile": """
                FROM busybox AS maker
                RUN echo singing; sleep 2; echo sung > /song
                FROM busybox
                COPY --from=maker /song /song
                """
            ])
            let screen = try begin(place, context)
            screen.wait(forText: "Build app")
            screen.wait(forText: "RUN echo singing")
            screen.wait(for: "the step's output") { $0.contains { $0.contains("singing") && !$0.contains("RUN") } }
            screen.wait(forText: "image app")
            #expect(try place.output(of: "app", "cat", "/song") == "sung\n")
            screen.type("q")
            #expect(screen.waitForExit() == 0)
        }
    }

    @Test func aFailedStepIsEnteredWithAShellInItsLastState() throws {
        try Workplace.with { (place) throws in
            let context = try place.context([
                "Dockerfile": "FROM busybox\nENV WORD=whale\nRUN echo half > /half; echo it breaks; exit 7\n"
            ])
            let screen = try begin(place, context)
            screen.wait(forText: "exit code 7")
            screen.wait(forText: "it breaks")
            screen.type("e")
            screen.wait(for: "a prompt") { $0.contains { $0.contains("#") } }
            screen.type("echo in-$(cat /half)-$WORD\n")
            screen.wait(forText: "in-half-whale")
            screen.type("exit\n")
            screen.wait(forText: "Build app")
            screen.type("d")
            screen.wait(forNoText: "kept as it was")
            screen.type("q")
            #expect(screen.waitForExit() == 0)
            let staged = (try? FileManager.default.contentsOfDirectory(atPath: place.root + "/staging")) ?? []
            #expect(staged.filter { !$0.hasSuffix(".lock") } == [])
        }
    }

    @Test func aBuildThatIsStoppedByKeyEndsItsStep() throws {
        try Workplace.with { (place) throws in
            let mark = "88\(Int.random(in: 100_000..<1_000_000))"
            let screen = try begin(
                place, try place.context(["Dockerfile": "FROM busybox\nRUN echo waiting; sleep \(mark)\n"]))
            screen.wait(for: "the step's output") { $0.contains { $0.contains("waiting") && !$0.contains("RUN") } }
            screen.type("\u{18}")
            screen.wait(forText: "Stop")
            screen.type("y")
            screen.wait(forText: "stopped")
            try place.eventually("the step is gone") { HostTraces.processes(mentioning: "sleep \(mark)").isEmpty }
            screen.type("q")
            #expect(screen.waitForExit() == 0)
        }
    }
}
