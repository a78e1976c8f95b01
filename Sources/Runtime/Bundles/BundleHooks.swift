import Engine
import Glibc
import LinuxSystem
import OCI

/// Runs hooks in the runtime's namespaces (runtime-spec, config.md, "POSIX-platform Hooks").
struct BundleHooks {
    /// What a hook finds on its standard input.
    let state: State

    /// Runs hooks in their order.
    /// - Throws: `.system` for the first that fails; those after it are not run.
    func run(_ hooks: [Hook]?, _ name: String) throws(EngineError) {
        for (index, hook) in (hooks ?? []).enumerated() { try run(hook, "\(name)[\(index)]") }
    }

    /// Runs every hook, whatever becomes of the others.
    /// - Returns: a sentence for each that failed.
    func runAll(_ hooks: [Hook]?, _ name: String) -> [String] {
        var failures: [String] = []
        for (index, hook) in (hooks ?? []).enumerated() {
            do throws(EngineError) { try run(hook, "\(name)[\(index)]") } catch { failures.append(error.description) }
        }
        return failures
    }

    private func run(_ hook: Hook, _ place: String) throws(EngineError) {
        let document = try SpecDocument.write(state)
        let end: HookProcess.End
        do throws(SystemError) {
            // A file in memory: a hook that reads nothing cannot hold up the writer, as with a pipe.
            let input = try OwnedDescriptor.memory("state")
            try input.writeAll(document)
            guard lseek(input.rawValue, 0, SEEK_SET) == 0 else { throw SystemError.last("lseek") }
            end = try HookProcess.run(hook, input: input)
        } catch {
            throw EngineError(.system, "cannot run hook \(place) \(hook.path)", cause: error)
        }
        let words = end.output.isEmpty ? "" : ": \(end.output)"
        switch end.outcome {
        case .exited(0): return
        case .exited(let code):
            throw EngineError(.system, "hook \(place) \(hook.path) failed: exit status \(code)\(words)")
        case .timedOut:
            throw EngineError(
                .system,
                "hook \(place) \(hook.path) ran for more than \(hook.timeout ?? 0) seconds and was killed\(words)")
        }
    }
}

/// One hook's process.
private enum HookProcess {
    enum Outcome {
        /// 128+n for signal n.
        case exited(Int32)
        case timedOut
    }

    struct End {
        let outcome: Outcome
        /// The beginning of what it said.
        let output: String
    }

    private static let longestOutput = 4096

    static func run(_ hook: Hook, input: borrowing OwnedDescriptor) throws(SystemError) -> End {
        let pipe = try Pipe(nonBlocking: true).take()
        let output = OwnedDescriptor(owning: pipe.read)
        let arguments = hook.args.flatMap { $0.isEmpty ? nil : $0 } ?? [hook.path]
        let pid: pid_t
        do {
            let end = OwnedDescriptor(owning: pipe.write)
            // The hook's own end must block like any program's output.
            try end.setNonBlocking(false)
            pid = try Spawn(
                path: hook.path, arguments: arguments, environment: hook.env ?? [],
                descriptors: [0: input.rawValue, 1: end.rawValue, 2: end.rawValue]
            ).start()
        }
        return try wait(for: pid, timeout: hook.timeout, output: output)
    }

    private static func wait(
        for pid: pid_t, timeout: Int?, output: borrowing OwnedDescriptor
    ) throws(SystemError) -> End {
        let handle = try Processes.open(pid)
        let deadline = timeout.map { Clock.monotonic().addingReportingOverflow(Int64(clamping: $0) &* 1_000_000_000) }
        var said: [UInt8] = []
        while true {
            if let code = try Processes.reap(pidfd: handle) {
                collect(output, into: &said)
                return End(outcome: .exited(code), output: text(said))
            }
            var milliseconds: Int32 = -1
            if let deadline, !deadline.overflow {
                let left = deadline.partialValue - Clock.monotonic()
                guard left > 0 else { break }
                milliseconds = Int32(clamping: left / 1_000_000 + 1)
            }
            var pollers = [
                pollfd(fd: handle.rawValue, events: Int16(POLLIN), revents: 0),
                pollfd(fd: output.rawValue, events: Int16(POLLIN), revents: 0),
            ]
            _ = poll(&pollers, 2, milliseconds)
            // A hook that closed its output is waited for by its process alone.
            if pollers[1].revents & Int16(POLLIN) != 0 {
                collect(output, into: &said)
            } else if pollers[1].revents != 0 {
                _ = poll(&pollers, 1, milliseconds)
            }
        }
        try? Processes.signal(pidfd: handle, SIGKILL)
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0, errno == EINTR {}
        collect(output, into: &said)
        return End(outcome: .timedOut, output: text(said))
    }

    /// Takes what is there; beyond the limit it is dropped, so that the hook never waits for a reader.
    private static func collect(_ output: borrowing OwnedDescriptor, into said: inout [UInt8]) {
        var buffer = [UInt8](repeating: 0, count: longestOutput)
        while true {
            let count = read(output.rawValue, &buffer, buffer.count)
            guard count > 0 else { return }
            said += buffer[..<min(count, longestOutput - said.count)]
        }
    }

    private static func text(_ bytes: [UInt8]) -> String {
        let words = String(decoding: bytes, as: UTF8.self)
        return words.split(whereSeparator: \.isNewline).joined(separator: " / ")
    }
}
