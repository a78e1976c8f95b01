import Glibc

/// A program of the host run to its end: what it reads is given, what it says is kept, and both its time and its words are
/// bounded. It has a session of its own, and nothing of this process but what is named.
public struct ProgramRun: Sendable {
    /// What a program that has ended leaves.
    public struct Outcome: Sendable {
        /// Its exit code, 128+n for signal n.
        public var code: Int32
        /// What it wrote on standard output.
        public var output: [UInt8]
        /// What it wrote on standard error.
        public var errors: [UInt8]
    }

    /// The program's absolute path.
    public var path: String
    /// `argv`, the name included.
    public var arguments: [String]
    /// `KEY=VALUE`.
    public var environment: [String]
    /// What it finds on standard input.
    public var input: [UInt8]
    /// Bytes that each of its outputs may have.
    public var limit: Int
    /// How long it may take; then it is killed.
    public var deadline: Duration

    /// Describes a run.
    public init(
        path: String, arguments: [String], environment: [String], input: [UInt8] = [], limit: Int = 1 << 20,
        deadline: Duration
    ) {
        self.path = path
        self.arguments = arguments
        self.environment = environment
        self.input = input
        self.limit = limit
        self.deadline = deadline
    }

    /// Runs it and waits for its end; a task that is cancelled kills it.
    /// - Throws: `SystemError`: why it cannot be started, `ETIMEDOUT` past the deadline, `EFBIG` for too many words,
    ///   `ECANCELED`.
    public func finish() async throws -> Outcome {
        try await runCancellable { isCancelled in try run(isCancelled) }
    }

    /// How often a cancellation is looked for, in milliseconds.
    private static let beat: Int64 = 100

    private func run(_ isCancelled: () -> Bool) throws(SystemError) -> Outcome {
        let source = try OwnedDescriptor.memory("input")
        try source.writeAll(input)
        guard lseek(source.rawValue, 0, SEEK_SET) == 0 else { throw SystemError.last("lseek") }
        let output = try Pipe()
        let errors = try Pipe()
        try output.read.setNonBlocking(true)
        try errors.read.setNonBlocking(true)
        let pid = try Spawn(
            path: path, arguments: arguments, environment: environment,
            descriptors: [0: source.rawValue, 1: output.write.rawValue, 2: errors.write.rawValue]
        ).start()
        var outcome = Outcome(code: 0, output: [], errors: [])
        do throws(SystemError) {
            let process = try Processes.open(pid)
            let end = Clock.monotonic() &+ deadline.wholeNanoseconds
            // Its own end is waited for, not that of its outputs: a child may keep those open.
            var hasEnded = false
            while !hasEnded {
                guard !isCancelled() else { throw SystemError(ECANCELED, "execute", path) }
                let left = (end &- Clock.monotonic()) / 1_000_000
                guard left > 0 else { throw SystemError(ETIMEDOUT, "execute", path) }
                hasEnded = Self.wait(
                    for: process, or: output.read, errors.read, milliseconds: Int32(min(left, Self.beat)))
                try take(output.read, &outcome.output)
                try take(errors.read, &outcome.errors)
            }
        } catch {
            // It leads a session of its own: its children go with it.
            kill(-pid, SIGKILL)
            _ = try? Processes.reap(pid)
            throw error
        }
        outcome.code = (try? Processes.reap(pid)) ?? -1
        return outcome
    }

    /// Waits until the process has ended or one of its outputs has something; answers whether it has ended.
    private static func wait(
        for process: borrowing OwnedDescriptor, or output: borrowing OwnedDescriptor,
        _ errors: borrowing OwnedDescriptor, milliseconds: Int32
    ) -> Bool {
        var watched = [process.rawValue, output.rawValue, errors.rawValue].map {
            pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
        }
        return poll(&watched, nfds_t(watched.count), milliseconds) > 0 && watched[0].revents != 0
    }

    /// Takes what is there.
    private func take(_ end: borrowing OwnedDescriptor, _ words: inout [UInt8]) throws(SystemError) {
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = retrying { Glibc.read(end.rawValue, &buffer, buffer.count) }
            guard count > 0 else { return }
            guard words.count + count <= limit else { throw SystemError(EFBIG, "read", path) }
            words += buffer.prefix(count)
        }
    }
}
