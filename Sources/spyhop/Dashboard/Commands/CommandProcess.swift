import Dashboard
import Engine
import Glibc
import LinuxSystem

/// Runs a command of the person's: with his environment and in his directory, as if he had typed it.
struct CommandProcess: Sendable {
    let environment: ProcessEnvironment

    /// Runs it in a session of its own and hands on what it writes, line by line. A task that is cancelled ends it with all
    /// that it has started.
    func run(
        _ invocation: CommandInvocation, _ output: @Sendable ([String]) async -> Void
    ) async -> CommandOutcome {
        do {
            let pipe = try Pipe()
            try pipe.read.setNonBlocking(true)
            let (read, write) = pipe.take()
            let source = OwnedDescriptor(owning: read)
            let pid: pid_t
            do {
                defer { close(write) }
                pid = try start(invocation, output: write)
            }
            return await follow(pid, source.rawValue, output)
        } catch { return .failed("\(error)") }
    }

    /// Runs it at the terminal, and waits until its output has been read.
    func runInTerminal(_ invocation: CommandInvocation) async -> CommandOutcome {
        do {
            let pid = try start(invocation, output: nil)
            let code = try await ChildProcess.end(of: pid, named: "the command")
            let word = code == 0 ? "done" : "exit code \(code)"
            try? await StandardStream.error.write("\nspyhop: \(word); Enter leads back\n")
            try? await runOnOwnThread {
                var byte: UInt8 = 0
                while read(0, &byte, 1) == 1, byte != 10, byte != 13 {}
            }
            return .exited(code)
        } catch { return .failed("\(error)") }
    }

    private func follow(
        _ pid: pid_t, _ source: Int32, _ output: @Sendable ([String]) async -> Void
    ) async -> CommandOutcome {
        let end = Task { try await ChildProcess.end(of: pid, named: "the command") }
        return await withTaskCancellationHandler {
            var lines = CommandLines()
            // What it started may hold its output open for ever: its own end counts.
            let watcher = Task {
                _ = try? await end.value
                try? await Task.sleep(for: .milliseconds(100))
            }
            reading: while true {
                var buffer = [UInt8](repeating: 0, count: 1 << 16)
                let count = Glibc.read(source, &buffer, buffer.count)
                if count > 0 {
                    let whole = lines.add(buffer.prefix(count))
                    if !whole.isEmpty { await output(whole) }
                } else if count == 0 {
                    break reading
                } else if errno == EAGAIN {
                    guard await Self.readable(source, or: watcher) else { break reading }
                } else if errno != EINTR {
                    break reading
                }
            }
            if let rest = lines.rest { await output([rest]) }
            watcher.cancel()
            do { return .exited(try await end.value) } catch { return .failed("\(error)") }
        } onCancel: {
            kill(-pid, SIGTERM)
            Task.detached {
                // Who does not hear is not asked again.
                try? await Task.sleep(for: .seconds(2))
                if kill(-pid, 0) == 0 { kill(-pid, SIGKILL) }
            }
        }
    }

    /// Waits until there is output; false when the command has ended and no more comes.
    private static func readable(_ source: Int32, or end: Task<Void, Never>) async -> Bool {
        await withTaskGroup(of: Bool.self) { group in
            group.addTask { (try? await Readiness.shared.readable(source)) != nil }
            group.addTask {
                await end.value
                return false
            }
            let first = await group.next() ?? false
            group.cancelAll()
            return first
        }
    }

    private func words(of invocation: CommandInvocation) throws(EngineError) -> (path: String, words: [String]) {
        switch invocation.program {
        case .shell(let text): return ("/bin/sh", ["sh", "-c", text])
        case .words(let words):
            guard let name = words.first, !name.isEmpty else {
                throw EngineError(.invalidArgument, "the command has no words")
            }
            if name.contains("/") { return (environment.absolute(name), words) }
            guard let path = InstalledProgram.find(name, searchPath: environment.value("PATH")) else {
                throw EngineError(.commandNotFound, "there is no program \(name) in PATH")
            }
            return (path, words)
        }
    }

    /// - Parameter output: where standard output and error go, in a session of its own; `nil` shares this process's terminal.
    private func start(_ invocation: CommandInvocation, output: Int32?) throws(EngineError) -> pid_t {
        let (path, words) = try words(of: invocation)
        let own = invocation.environment
        let inherited = environment.variables().filter { variable in
            own[String(variable.prefix { $0 != "=" })] == nil
        }
        return try ChildProcess.start(
            path, words, environment: inherited + own.map { "\($0.key)=\($0.value)" }.sorted(), output: output)
    }
}

/// Bytes as lines. A line that never ends is cut.
struct CommandLines: Sendable {
    static let longest = 64 << 10
    private var line: [UInt8] = []

    /// The lines that have become whole.
    mutating func add(_ bytes: some Collection<UInt8>) -> [String] {
        var lines: [String] = []
        for byte in bytes {
            if byte == 10 || line.count >= Self.longest {
                lines.append(Self.text(line))
                line.removeAll(keepingCapacity: true)
                if byte == 10 { continue }
            }
            line.append(byte)
        }
        return lines
    }

    /// What stands behind the last break.
    var rest: String? { line.isEmpty ? nil : Self.text(line) }

    /// What a carriage return was to overwrite is not shown.
    private static func text(_ line: [UInt8]) -> String {
        let shown = line.last == 13 ? line.dropLast() : line[...]
        let start = shown.lastIndex(of: 13).map { $0 + 1 } ?? shown.startIndex
        return String(decoding: shown[start...], as: UTF8.self)
    }
}
