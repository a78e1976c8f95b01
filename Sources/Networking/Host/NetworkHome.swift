import CLinux
import Engine
import Glibc
import LinuxSystem
import Synchronization

/// The network namespace that bridges lie in: the caller's own, or an ordinary user's.
///
/// Its calls block while the kernel works, about a tenth of a millisecond for a bridge that is there.
public final class NetworkHome: Sendable {
    private let namespace: OwnedDescriptor?
    /// The namespace's descriptor, to be handed on; `nil` for the caller's own.
    public let descriptor: Int32?
    private let sockets = Mutex<[NetlinkSocket.Family: NetlinkSocket]>([:])

    /// The caller's own network namespace.
    public init() {
        namespace = nil
        descriptor = nil
    }

    /// Another one, by its file (`/proc/PID/ns/net`).
    public init(namespace: consuming OwnedDescriptor) {
        descriptor = namespace.rawValue
        self.namespace = consume namespace
    }

    /// The socket that speaks to this namespace, opened at the first use.
    func socket(_ family: NetlinkSocket.Family) throws(EngineError) -> NetlinkSocket {
        if let open = sockets.withLock({ $0[family] }) { return open }
        let made = try inside { () throws(EngineError) in
            try converting("speak to the kernel's networks") { () throws(SystemError) in try NetlinkSocket(family) }
        }
        sockets.withLock { $0[family] = made }
        return made
    }

    /// Runs `body` in the namespace: on the caller's thread where it is his own, else on a thread that ends afterwards,
    /// for a thread of the pool must not change its namespace.
    func inside<Value: Sendable>(_ body: () throws(EngineError) -> Value) throws(EngineError) -> Value {
        guard let descriptor else { return try body() }
        return try NamespaceThread.run(in: descriptor, body)
    }
}
