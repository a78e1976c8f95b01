import Emulator
import Engine
import Terminal

/// What a session tells the pane.
enum ShellAnswer: Sendable {
    /// It is connected.
    case opened(Int)
    case picture(Int, ScreenPicture)
    case ended(Int, ShellEnd)
}

/// How a session came to its end.
enum ShellEnd: Sendable, Hashable {
    case exited(code: Int32)
    /// The process goes on; why it was left.
    case detached(String)
    case failed(String)
    /// The container has no terminal that could be joined.
    case noTerminal
}

/// What a session is with.
enum ShellSubject: Sendable, Hashable {
    /// A shell of its own.
    case shell
    /// The container's first process.
    case attach
}

/// A session from its beginning to its end: it lasts as long as the errand, and ends with it.
struct RunShell: Errand {
    let id: Int
    let container: ContainerID
    let subject: ShellSubject
    let size: TerminalSize

    var slot: String? { Self.slot(id) }
    static func slot(_ id: Int) -> String { "session \(id)" }

    /// Keys that are typed before the connection is there find their way.
    func begin(_ services: ErrandServices) -> Bool {
        _ = services.shells.open(id, size: size)
        return false
    }

    func run(_ services: ErrandServices, _ answer: @Sendable (any Sendable) async -> Void) async {
        guard let port = services.shells.port(id) else { return }
        defer { services.shells.forget(id) }
        let session: any Session
        do {
            guard let opened = try await open(services.engine) else {
                return await answer(ShellAnswer.ended(id, .noTerminal))
            }
            session = opened
        } catch {
            return await answer(ShellAnswer.ended(id, .failed("\(EffectAnswers.engineError(error))")))
        }
        let ending = ShellEnding(session, isOurs: subject == .shell)
        services.shells.keep(ending, for: id)
        await answer(ShellAnswer.opened(id))
        // The pane may have become another size while the connection was made.
        if subject == .attach { port.resize(size) }
        let reader = Task.detached { await Self.read(session, port, ending) }
        let writer = Task.detached { await Self.write(session, port) }
        for await _ in port.changes {
            if let picture = port.takePicture() { await answer(ShellAnswer.picture(id, picture)) }
            try? await Task.sleep(for: port.isShown ? .milliseconds(12) : .milliseconds(500))
        }
        // In a task of its own: in this one no pause would last any more.
        if Task.isCancelled { await Task.detached { await ending.end() }.value }
        let end = await reader.value
        writer.cancel()
        if let picture = port.takePicture() { await answer(ShellAnswer.picture(id, picture)) }
        await answer(ShellAnswer.ended(id, end))
        await session.detach()
    }

    /// Reads until the end, whatever else happens.
    private static func read(_ session: any Session, _ port: ShellPort, _ ending: ShellEnding) async -> ShellEnd {
        defer { port.finish() }
        do {
            while let event = try await session.next() {
                switch event {
                case .output(_, let bytes): await port.feed(bytes)
                case .exited(let code):
                    ending.exited()
                    return .exited(code: code)
                case .detached(let reason): return .detached(reason)
                }
            }
            ending.exited()
            return .detached(words("the connection was closed"))
        } catch { return .failed("\(EffectAnswers.engineError(error))") }
    }

    private static func write(_ session: any Session, _ port: ShellPort) async {
        for await _ in port.work {
            let (size, bytes) = port.takeWork()
            do {
                if let size { try await session.resize(size) }
                if !bytes.isEmpty { try await session.write(bytes) }
            } catch {
                // The reader hears of it, too, and tells.
                return
            }
        }
    }
}

/// Opening sessions.
extension RunShell {
    /// `nil`: the container's process has no terminal.
    private func open(_ engine: any ContainerEngine) async throws -> (any Session)? {
        let reference = container.rawValue
        if subject == .attach {
            guard try await engine.inspect(reference).spec.tty else { return nil }
            return try await engine.attach(to: reference, input: true)
        }
        for command in Self.shells {
            var spec = ExecSpec(command: command)
            spec.tty = true
            spec.openStdin = true
            spec.size = size
            spec.environment = ["TERM=xterm-256color", "COLORTERM=truecolor"]
            do { return try await engine.exec(in: reference, spec) } catch let error as EngineError {
                // This one is not there; perhaps the next is.
                guard error.code == .commandNotFound || error.code == .commandNotExecutable else { throw error }
            }
        }
        throw EngineError(
            .commandNotFound, words("cannot open a shell in the container: it has none of \(Self.names)"),
            hint: words("an image without a shell can be looked into in its layers, and with diff and cp"))
    }

    static let names = "sh, bash, ash, busybox"

    /// bash where it is, since people know it; else whatever there is.
    static let shells = [
        ["/bin/sh", "-c", "command -v bash >/dev/null 2>&1 && exec bash || exec sh"],
        ["bash"], ["ash"], ["busybox", "sh"], ["/busybox/sh"],
    ]
}

/// Keys, pastes, the mouse: they reach the process in their order.
struct EnterShell: Errand {
    enum Input: Sendable, Hashable {
        case key(Key)
        case paste(String)
        case mouse(MouseEvent)
        /// The wheel, by rows, as arrows.
        case arrows(Int)
    }

    let id: Int
    let input: Input

    func begin(_ services: ErrandServices) -> Bool {
        services.shells.port(id)?.enter { emulator in
            switch input {
            case .key(let key): emulator.press(key)
            case .paste(let text): emulator.paste(text)
            case .mouse(let event): emulator.mouse(event)
            case .arrows(let rows): _ = emulator.wheelAsArrows(rows)
            }
        }
        return true
    }

    func run(_ services: ErrandServices, _ answer: @Sendable (any Sendable) async -> Void) async {}
}

/// Which session is on the screen, and how large.
struct ShowShell: Errand {
    let id: Int?
    let size: TerminalSize?

    func begin(_ services: ErrandServices) -> Bool {
        services.shells.show(id)
        if let id, let size { services.shells.port(id)?.resize(size) }
        return true
    }

    func run(_ services: ErrandServices, _ answer: @Sendable (any Sendable) async -> Void) async {}
}
