import Engine
import Runtime

/// A session with a step's command that clears everything when the command has ended or is left.
final class StepSession: Session {
    private let container: StepContainer

    init(_ container: StepContainer) { self.container = container }

    func next() async throws -> SessionEvent? {
        let event = try await container.session.next()
        switch event {
        case .exited: await container.clear(hasExited: true)
        case nil: await container.clear(hasExited: false)
        default: break
        }
        return event
    }

    func write(_ bytes: [UInt8]) async throws { try await container.session.write(bytes) }

    func closeInput() async throws { try await container.session.closeInput() }

    func resize(_ size: TerminalSize) async throws { try await container.session.resize(size) }

    /// Nobody is left to come back: the command ends.
    func detach() async {
        container.session.close()
        await container.clear(hasExited: false)
    }
}
