import CLinux
import Glibc

/// A program to start with posix_spawn(3): in a session of its own, in `/`, with default signals, and with exactly
/// the descriptors that are named; nothing else of this process leaks in.
public struct Spawn: Sendable {
    /// The program's absolute path.
    public var path: String
    /// `argv`, the name included.
    public var arguments: [String]
    /// `KEY=VALUE`; empty unless told otherwise.
    public var environment: [String]
    /// Its descriptor number → ours, which is only borrowed.
    public var descriptors: [Int32: Int32]

    /// Describes a program to start.
    public init(
        path: String, arguments: [String], environment: [String] = [], descriptors: [Int32: Int32] = [:]
    ) {
        self.path = path
        self.arguments = arguments
        self.environment = environment
        self.descriptors = descriptors
    }

    /// Starts it; returns its process identifier. The caller reaps it.
    public func start() throws(SystemError) -> pid_t {
        var arguments = self.arguments.map { strdup($0) } + [nil]
        var environment = self.environment.map { strdup($0) } + [nil]
        defer {
            for text in arguments { free(text) }
            for text in environment { free(text) }
        }
        let targets = Array(descriptors.keys)
        let sources = targets.map { descriptors[$0] ?? -1 }
        var pid: pid_t = 0
        let error = sph_spawn(&pid, path, &arguments, &environment, sources, targets, targets.count)
        guard error == 0 else { throw SystemError(error, "execute", path) }
        return pid
    }
}
