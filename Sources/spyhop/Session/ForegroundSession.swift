import Engine
import Glibc

/// A session joined to this process's terminal or pipes until it ends or is left.
struct ForegroundSession: Sendable {
    /// How it ended.
    enum Outcome: Sendable, Equatable {
        case exited(Int32)
        /// The person pressed the detach keys.
        case left
        /// The other side let go.
        case dropped(reason: String)
        /// A signal told this process to end while the terminal was raw.
        case interrupted(Int32)
    }

    let session: any Session
    let tty: Bool
    /// Standard input is passed on.
    let input: Bool
    /// The outputs that are shown; the others are read and dropped.
    var shown = AttachedStreams.all
    let keys: DetachKeys
    /// Hands a signal on to the process; `nil` leaves signals their usual meaning.
    let proxy: (@Sendable (Int32) async -> Void)?

    /// Signals that are passed on, or that end a raw terminal's session.
    private static let proxied: [Int32] = [SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2, SIGALRM]

    /// Pumps until the session is over.
    func run() async throws -> Outcome {
        let isRaw = tty && input && RawTerminal.isInput
        let terminal = isRaw ? try RawTerminal() : nil
        defer { terminal?.restore() }
        var watched: [Int32] = isRaw || proxy != nil ? Self.proxied : []
        if tty { watched.append(SIGWINCH) }
        let signals = watched.isEmpty ? nil : try SignalPipe(watched)
        return try await withThrowingTaskGroup(of: Outcome?.self) { group in
            group.addTask { try await pumpOutput() }
            if input { group.addTask { try await pumpInput(watchingKeys: isRaw) } }
            if let signals { group.addTask { try await handle(signals, isRaw: isRaw) } }
            defer { group.cancelAll() }
            while let outcome = try await group.next() {
                guard let outcome else { continue }
                if case .exited = outcome { return outcome }
                await session.detach()
                return outcome
            }
            return .dropped(reason: "the session ended")
        }
    }

    private func pumpOutput() async throws -> Outcome? {
        while let event = try await session.next() {
            switch event {
            case .output(.stdout, _) where !shown.contains(.output), .output(.stderr, _) where !shown.contains(.error):
                continue
            case .output(.stdout, let bytes): try await StandardStream.output.write(bytes)
            case .output(.stderr, let bytes): try await StandardStream.error.write(bytes)
            case .exited(let code): return .exited(code)
            case .detached(let reason): return .dropped(reason: reason)
            }
        }
        // The end without a word comes after `detach`; whoever called it has the outcome.
        return nil
    }

    private func pumpInput(watchingKeys: Bool) async throws -> Outcome? {
        var matcher = DetachKeys.Matcher(keys)
        do {
            while let bytes = try await StandardInput.next() {
                guard watchingKeys else {
                    try await session.write(bytes)
                    continue
                }
                let (pass, detached) = matcher.feed(bytes)
                if !pass.isEmpty { try await session.write(pass) }
                if detached { return .left }
            }
            try await session.closeInput()
        } catch let error as EngineError where error.code != .system {
            // The process may end or close its input at any moment; its exit is told by the output's pump.
        }
        return nil
    }

    private func handle(_ signals: SignalPipe, isRaw: Bool) async throws -> Outcome? {
        while true {
            for signal in try await signals.next() {
                if signal == SIGWINCH {
                    if let size = RawTerminal.size() { try? await session.resize(size) }
                } else if isRaw {
                    return .interrupted(signal)
                } else {
                    await proxy?(signal)
                }
            }
        }
    }
}
