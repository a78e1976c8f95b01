import Build
import Engine
import Glibc
import LinuxSystem
import Logging
import Runtime

/// One command's container while it runs.
final class StepContainer: Sendable {
    let engine: LocalEngine
    let id: ContainerID
    let session: MonitorSession
    /// Held as long as the container is, so that nobody takes it for a ruin.
    private let lock: LifecycleLock
    private let agents: [AgentForwarder]

    private init(
        _ engine: LocalEngine, _ id: ContainerID, _ session: MonitorSession, _ lock: consuming LifecycleLock,
        _ agents: [AgentForwarder]
    ) {
        self.engine = engine
        self.id = id
        self.session = session
        self.lock = lock
        self.agents = agents
    }

    /// Starts a command; with a terminal of that size where one is named.
    static func start(
        _ command: StepCommand, in engine: LocalEngine, terminal: TerminalSize?
    ) async throws -> StepContainer {
        let id = ContainerID.random()
        let paths = engine.paths(id)
        try inWords("prepare \(engine.configuration.root)") { () throws(SystemError) in
            let runRoot = engine.configuration.runRoot
            if !Files.exists(runRoot) { try Files.makeDirectories(runRoot, mode: 0o711) }
            try Skeleton.prepare(engine.configuration.root)
        }
        let lock = try inWords("make \(paths.directory)") { () throws(SystemError) in
            try LifecycleLock.make(paths.directory)
        }
        do {
            let start = try StepStart(command, engine: engine, id: id, terminal: terminal)
            let session = try await start.run()
            return StepContainer(engine, id, session, lock, start.agents)
        } catch {
            try? Files.removeTree(paths.directory)
            throw error
        }
    }

    /// Gives the input, passes the output on, and waits for the end; clears everything then.
    /// - Returns: the exit code; `nil` when the monitor ended without telling.
    func toEnd(
        input: [UInt8], output: @escaping @Sendable (LogLine.Stream, [UInt8]) -> Void
    ) async throws -> Int32? {
        let session = session
        // A command need not read what it is given.
        let giving =
            input.isEmpty
            ? nil
            : Task {
                try? await session.write(input)
                try? await session.closeInput()
            }
        var code: Int32?
        do {
            while code == nil, let event = try await session.next() {
                switch event {
                case .output(let stream, let bytes): output(stream, bytes)
                case .exited(let exit): code = exit
                case .detached: session.close()
                }
            }
        } catch {
            session.close()
            giving?.cancel()
            await clear(hasExited: false)
            throw error
        }
        giving?.cancel()
        await clear(hasExited: code != nil)
        return code
    }

    /// Removes what the container leaves. Of one that has exited the monitor has taken all but the directory with it.
    func clear(hasExited: Bool) async {
        let paths = engine.paths(id)
        for agent in agents { agent.stop() }
        if !hasExited {
            await engine.monitorEnd(id)
            try? engine.killMonitor(id)
            try? engine.clearCgroup(id)
            engine.clearLeases(id)
        }
        do {
            // Writes that are thrown away may be many.
            if Files.exists(paths.directory + "/scratch") {
                try await runOnOwnThread { try Files.removeTree(paths.directory) }
            } else {
                try Files.removeTree(paths.directory)
            }
        } catch {
            engine.configuration.logger.warning(
                "cannot clear a build step's directory", metadata: ["path": "\(paths.directory)", "cause": "\(error)"])
        }
    }
}
