import Engine
import Synchronization
import Testing

@testable import SpyhopCommands

struct InterruptibleWorkTests {
    private final class Display: ProgressDisplay {
        private let isBroken: Bool
        private let state = Mutex(0)

        init(isBroken: Bool = false) { self.isBroken = isBroken }

        var finished: Int { state.withLock { $0 } }

        func keepPainting() async throws {
            if isBroken { throw StandardStream.Closed() }
            while true { try await Task.sleep(for: .seconds(60)) }
        }

        func finish() async throws { state.withLock { $0 += 1 } }
    }

    @Test func whatTheWorkAnswersIsTheOutcome() async throws {
        let display = Display()
        let outcome = try await InterruptibleWork(display: display).run { 7 }
        #expect(try outcome.result.get() == 7 && outcome.signal == nil && display.finished == 1)
    }

    @Test func whatTheWorkThrowsIsTheOutcome() async throws {
        let outcome = try await InterruptibleWork(display: Display()).run { () async throws -> Int in
            throw EngineError(.system, "no")
        }
        #expect(throws: EngineError.self) { try outcome.result.get() }
    }

    @Test func workThatNobodyCanBeShownIsStopped() async throws {
        await #expect(throws: StandardStream.Closed.self) {
            _ = try await InterruptibleWork(display: Display(isBroken: true)).run { () async throws -> Int in
                while true { try await Task.sleep(for: .seconds(60)) }
            }
        }
    }
}
