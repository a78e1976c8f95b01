import CLinux
import Engine
import Glibc
import LinuxSystem

/// Binds the sockets of published ports, so that a taken port is told before anything else happens.
public struct PortBinder: Sendable {
    /// Turns the pid of a process that holds a port into words, such as a container's name; `nil`: it is no monitor of ours.
    public var holderName: @Sendable (pid_t) -> String?
    /// Where ports are bound that name no address; `nil` is everywhere in both families.
    public var bindAddress: IPAddress?

    /// Makes a binder.
    public init(bindAddress: IPAddress? = nil, holderName: @escaping @Sendable (pid_t) -> String? = { _ in nil }) {
        self.bindAddress = bindAddress
        self.holderName = holderName
    }

    /// Binds all of them or none, in the calling thread's network namespace. A wish without an address gives two sockets on
    /// one number, IPv4's first; where the host has no IPv6, one. Throws `.conflict` with who holds a port that is taken.
    public func bind(_ wishes: [PortMapping]) throws(EngineError) -> [BoundPort] {
        var bound: [BoundPort] = []
        for wish in wishes { bound += try PortSearch(binder: self, wish: wish).bind() }
        return bound
    }
}
