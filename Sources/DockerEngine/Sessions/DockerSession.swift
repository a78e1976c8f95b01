import Engine
import Synchronization

/// A connection to a process in a container.
final class DockerSession: Session {
    /// Whose size, signals and exit code they are.
    enum Subject: Sendable {
        case exec(String)
        /// With what waits for the container's end, where that had to begin before its start.
        case container(String, end: Task<Int32, any Error>?)
    }

    private struct State {
        var frames = FrameDecoder()
        var ready: [SessionEvent] = []
        var isOver = false
        var isDetached = false
    }

    private let channel: DockerChannel
    private let client: DockerClient
    private let subject: Subject
    private let isRaw: Bool
    private let state = Mutex(State())

    init(_ channel: DockerChannel, _ client: DockerClient, _ subject: Subject, isRaw: Bool) {
        self.channel = channel
        self.client = client
        self.subject = subject
        self.isRaw = isRaw
    }

    func next() async throws -> SessionEvent? {
        while true {
            let (event, isOver) = state.withLock { state in
                (state.ready.isEmpty ? nil : state.ready.removeFirst(), state.isOver)
            }
            if let event { return event }
            if isOver { return nil }
            let bytes: [UInt8]?
            do { bytes = try await channel.next() } catch {
                if state.withLock({ $0.isDetached }) { return nil }
                throw error
            }
            guard let bytes else {
                state.withLock { $0.isOver = true }
                return state.withLock { $0.isDetached } ? nil : try await end()
            }
            try take(bytes)
        }
    }

    private func take(_ bytes: [UInt8]) throws {
        let failure: EngineError? = state.withLock { state in
            if isRaw {
                state.ready.append(.output(.stdout, bytes))
                return nil
            }
            do throws(EngineError) {
                for piece in try state.frames.take(bytes) { state.ready.append(.output(piece.stream, piece.bytes)) }
                return nil
            } catch { return error }
        }
        if let failure { throw failure }
    }

    /// What came of the process.
    private func end() async throws -> SessionEvent {
        switch subject {
        case .exec(let id):
            let call = DockerCall("GET", "/exec/\(DockerCall.part(id))/json", purpose: "ask for a command's exit code")
            // The output's end is told a moment before the process's own.
            for _ in 0..<100 {
                let answer = try await client.json(call)
                if !(answer["Running"]?.isTrue ?? false) {
                    return .exited(code: Int32(clamping: answer["ExitCode"]?.integer ?? 0))
                }
                try await Task.sleep(for: .milliseconds(20))
            }
            return .detached(reason: "the command has closed its output and goes on")
        case .container(_, let end?): return .exited(code: try await end.value)
        case .container(let id, nil):
            let call = DockerCall("GET", "/containers/\(DockerCall.part(id))/json", purpose: "look at container \(id)")
            for _ in 0..<100 {
                guard let container = ContainerReading(try await client.json(call)).container else { break }
                if let exit = container.state.exit { return .exited(code: exit.code) }
                try await Task.sleep(for: .milliseconds(20))
            }
            return .detached(reason: "the engine has ended the connection; the container runs on")
        }
    }

    func write(_ bytes: [UInt8]) async throws { try await channel.write(bytes) }

    func closeInput() async throws { try await channel.closeInput() }

    func resize(_ size: TerminalSize) async throws {
        let (path, what) =
            switch subject {
            case .exec(let id): ("/exec/\(DockerCall.part(id))/resize", "a command")
            case .container(let id, _): ("/containers/\(DockerCall.part(id))/resize", "container \(id)")
            }
        let query = [("h", "\(size.rows)"), ("w", "\(size.columns)")]
        try await client.done(DockerCall("POST", path, query, purpose: "resize the terminal of \(what)"))
    }

    func signal(_ number: Int32) async throws {
        guard case .container(let id, _) = subject else {
            throw EngineError(.unsupported, "this engine cannot send a signal to a command in a container")
        }
        let call = DockerCall(
            "POST", "/containers/\(DockerCall.part(id))/kill", [("signal", "\(number)")],
            purpose: "send signal \(number) to container \(id)")
        try await client.done(call)
    }

    func detach() async {
        state.withLock { state in
            (state.isDetached, state.isOver) = (true, true)
            state.ready.append(.detached(reason: "detached"))
        }
        if case .container(_, let end?) = subject { end.cancel() }
        channel.close()
    }
}
