import Emulator
import Engine
import Synchronization
import Terminal
import Testing

@testable import Dashboard

/// Sessions with a process that the test plays, through the runner that the dashboard has.
@Suite struct ShellRunnerTests {
    private struct Stage {
        let runner: EffectRunner
        let answers: AsyncStream<ShellAnswer>

        func run(_ errand: some Errand) { runner.run(.errand(.shell, errand)) }

        func run(_ effects: [Effect]) { for effect in effects { runner.run(effect) } }
    }

    private static let size = TerminalSize(columns: 30, rows: 5)

    private func stage(_ terminal: @escaping @Sendable (ExecSpec) throws -> any Session) -> Stage {
        let engine = Scenery.engine()
        engine.world.withLock { $0.terminal = terminal }
        let (stream, continuation) = AsyncStream<ShellAnswer>.makeStream()
        let runner = EffectRunner(engine: engine, statistics: Scenery.statistics()) { message in
            if case .answer(.shell, let answer) = message, let answer = answer as? ShellAnswer {
                continuation.yield(answer)
            }
        }
        return Stage(runner: runner, answers: stream)
    }

    private func run(_ id: Int = 1) -> RunShell {
        RunShell(id: id, container: Scenery.id(0), subject: .shell, size: Self.size)
    }

    @Test func whatIsTypedArrivesInOrderAndWhatIsWrittenIsSeen() async throws {
        let session = FakeSession()
        let stage = stage { spec in
            #expect(spec.tty && spec.openStdin && spec.size == Self.size)
            return session
        }
        stage.run(run())
        let text = "echo the quick brown fox jumps over the lazy dog"
        for character in text { stage.run(EnterShell(id: 1, input: .key(.character(character)))) }
        stage.run(EnterShell(id: 1, input: .key(.enter)))
        await session.wait { $0.written == text + "\r" }
        session.say("\u{1B}[6nhello")
        await session.wait { $0.written.hasSuffix("\u{1B}[1;1R") }
        session.exit(7)
        var seen: [String] = []
        var end: ShellEnd?
        for await answer in stage.answers {
            if case .picture(1, let picture) = answer { seen.append(picture.lines[0].text()) }
            if case .ended(1, let how) = answer {
                end = how
                break
            }
        }
        #expect(seen.last == "hello")
        #expect(end == .exited(code: 7))
        #expect(session.isDetached)
    }

    @Test func anotherSizeReachesTheProcess() async {
        let session = FakeSession()
        let stage = stage { _ in session }
        stage.run(run())
        let size = TerminalSize(columns: 50, rows: 9)
        stage.run(ShowShell(id: 1, size: size))
        await session.wait { $0.sizes.last == size }
        session.exit(0)
    }

    @Test func closingHangsTheShellUp() async {
        let session = FakeSession()
        let stage = stage { _ in session }
        stage.run(run())
        for await answer in stage.answers { if case .opened = answer { break } }
        stage.runner.run(.endErrand(.shell, slot: RunShell.slot(1)))
        await session.wait { $0.isDetached }
        #expect(session.signals == [1])
    }

    @Test func whoDoesNotHearIsKilled() async {
        let session = FakeSession(diesOf: [9])
        let stage = stage { _ in session }
        stage.run(run())
        for await answer in stage.answers { if case .opened = answer { break } }
        for task in stage.runner.shells.closeAll() { await task.value }
        #expect(session.signals == [1, 9])
        #expect(session.isDetached)
    }

    @Test func theNextShellIsTriedUntilThereIsNone() async {
        let stage = stage { _ in throw EngineError(.commandNotFound, "no such file") }
        stage.run(run())
        for await answer in stage.answers {
            guard case .ended(1, .failed(let why)) = answer else { continue }
            #expect(why.contains("none of sh, bash, ash, busybox"))
            break
        }
    }

    @Test func oneThatIsThereIsTaken() async {
        let session = FakeSession()
        let stage = stage { spec in
            guard spec.command == ["ash"] else { throw EngineError(.commandNotFound, "no such file") }
            return session
        }
        stage.run(run())
        for await answer in stage.answers { if case .opened = answer { break } }
        session.exit(0)
    }

    @Test func whoeverNeverStopsWritingKeepsNoKeyWaiting() async {
        let session = FakeSession()
        let stage = stage { _ in session }
        stage.run(run())
        let flood = Task.detached {
            let line = String(repeating: "y\r\n", count: 20_000)
            while !Task.isCancelled {
                session.say(line)
                try? await Task.sleep(for: .milliseconds(5))
            }
        }
        var pictures = 0
        for await answer in stage.answers {
            if case .picture = answer { pictures += 1 }
            if pictures == 3 { break }
        }
        stage.run(EnterShell(id: 1, input: .key(.control("c"))))
        await session.wait { $0.written == "\u{03}" }
        flood.cancel()
        session.exit(130)
        stage.runner.run(.endErrand(.shell, slot: RunShell.slot(1)))
    }

    @Test func typedTextThatNobodyReadsIsBounded() {
        let port = ShellPort(size: Self.size)
        let text = String(repeating: "x", count: 60_000)
        for _ in 0..<100 { port.enter { $0.paste(text) } }
        #expect(port.takeWork().bytes.count <= ShellPort.outboxLimit)
    }
}
