import Glibc
import Testing

@testable import SpyhopCommands

/// Whose signals they are while a session lasts, and afterwards.
@Suite(.serialized) struct SignalPipeTests {
    private func isIgnored(_ signal: Int32) -> Bool {
        var action = sigaction()
        sigaction(signal, nil, &action)
        return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
            == unsafeBitCast(SIG_IGN, to: Int.self)
    }

    @Test func signalsGoBackToWhoHadThem() async throws {
        let before = signal(SIGUSR2, SIG_IGN)
        defer { signal(SIGUSR2, before) }
        var pipe: SignalPipe? = try SignalPipe([SIGUSR2])
        #expect(!isIgnored(SIGUSR2))
        kill(getpid(), SIGUSR2)
        #expect(try await pipe?.next() == [SIGUSR2])
        pipe = nil
        #expect(isIgnored(SIGUSR2))
    }

    @Test func anInnerSessionLeavesTheOuterItsSignals() async throws {
        let outer = try SignalPipe([SIGUSR2])
        var inner: SignalPipe? = try SignalPipe([SIGUSR2])
        kill(getpid(), SIGUSR2)
        #expect(try await inner?.next() == [SIGUSR2])
        #expect(outer.taken().isEmpty)
        inner = nil
        kill(getpid(), SIGUSR2)
        #expect(try await outer.next() == [SIGUSR2])
    }

    @Test func anInnerSessionTakesNoOtherSignals() async throws {
        let outer = try SignalPipe([SIGUSR2])
        let inner = try SignalPipe([SIGUSR1])
        kill(getpid(), SIGUSR2)
        #expect(try await outer.next() == [SIGUSR2])
        #expect(inner.taken().isEmpty)
    }
}
