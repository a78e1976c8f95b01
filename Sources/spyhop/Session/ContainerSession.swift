import Engine
import Glibc

/// Joining the terminal to a container's first process, for `run`, `start -a` and `attach`.
struct ContainerSession {
    let context: CommandContext
    let id: String
    let tty: Bool
    let input: Bool
    let choice: SessionChoice

    /// The terminal's size, for a process that gets a terminal.
    static func size(tty: Bool) -> TerminalSize? { tty ? RawTerminal.size() : nil }

    /// `-it` without a terminal would be a session in which no key works.
    static func requireTerminal(tty: Bool, input: Bool) throws {
        guard tty, input, !RawTerminal.isInput else { return }
        throw EngineError(
            .invalidArgument, "the input device is not a terminal", hint: "leave -t out, or run it in a terminal")
    }

    /// Pumps until the end; answers the exit code for this process.
    func pump(_ session: any Session) async throws -> Int32 {
        let engine = try context.engine
        let id = id
        let kill: @Sendable (Int32) async -> Void = { signal in try? await engine.kill(id, signal: signal) }
        let foreground = ForegroundSession(
            session: session, tty: tty, input: input, shown: choice.streams, keys: choice.keys,
            proxy: choice.signalProxy ? kill : nil)
        switch try await foreground.run() {
        case .exited(let code): return code
        case .left:
            try await StandardStream.error.write("read escape sequence\n")
            return 0
        case .interrupted(let signal): return 128 + signal
        case .dropped(let reason):
            if let exit = try? await engine.container(id).state.exit { return exit.code }
            throw EngineError(
                .system, "the session with \(id.prefix(12)) ended early: \(reason)",
                hint: "the container may still run: spyhop attach \(id.prefix(12))")
        }
    }
}
