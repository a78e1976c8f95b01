import CLinux
import Engine
import Glibc
import LinuxSystem

/// The network namespace that an ordinary user's bridges lie in: one for each run-time directory, held by the process
/// `spyhop-netns` together with pasta(1) or slirp4netns(1), which lead to the world.
///
/// It lasts as long as somebody has its `connection` open, and a few seconds more. Then everything in it is gone.
public struct UserNetwork: ~Copyable, Sendable {
    /// The namespace. Bridges are made in it, and a container's monitor gets it as `network_home`.
    public let namespace: OwnedDescriptor
    /// Keeps the namespace and the way to the world: whoever needs them has it, or a duplicate, open. Nothing is ever
    /// read from it or written to it.
    public let connection: OwnedDescriptor
    /// A sentence for the person: what cannot be reached from it and what helps. Only for the call that made the namespace,
    /// so that it is told once.
    public let warning: String?

    /// The namespace of the run-time directory, which is made when there is none. Blocks the thread: a third of a
    /// millisecond when it is there already, else until the world can be reached, some tens of milliseconds.
    ///
    /// Only for a process that is root in the user's own user namespace (`UserNamespace.isInitial` is false).
    /// - Parameters:
    ///   - runRoot: where the sockets are; the files `netns`, `netns.sock` and `netns.lock` are put beside them.
    ///   - monitorPath: the program spyhop-monitor.
    ///   - searchPath: PATH, for the programs that lead to the world.
    /// - Throws: `.system` when no namespace can be made.
    public static func open(
        runRoot: String, monitorPath: String, searchPath: String? = nil
    ) throws(EngineError) -> UserNetwork {
        try NetworkKeeper(runRoot: runRoot, monitorPath: monitorPath, searchPath: searchPath).open()
    }

    /// The namespace when there is one already; nothing is made. For commands that only look or tidy up.
    public static func existing(runRoot: String) -> UserNetwork? {
        NetworkKeeper(runRoot: runRoot, monitorPath: "", searchPath: nil).greet()
    }

    /// Whether the keeper that gave a connection, or its successor, still lives. When it was killed, `open` makes things whole.
    /// Costs one poll(2).
    public static func isKept(_ connection: borrowing OwnedDescriptor) -> Bool {
        // A pipe that nobody reads has an error for whoever would write (pipe(7)).
        var wanted = pollfd(fd: connection.rawValue, events: 0, revents: 0)
        return poll(&wanted, 1, 0) == 0
    }

    init(namespace: consuming OwnedDescriptor, connection: consuming OwnedDescriptor, warning: String?) {
        self.namespace = namespace
        self.connection = connection
        self.warning = warning
    }
}
