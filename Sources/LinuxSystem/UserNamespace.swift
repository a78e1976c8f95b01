import CLinux
import Glibc

/// The user namespace that this process stands in (user_namespaces(7)).
public enum UserNamespace {
    /// Whether it is the machine's first one, whose root is root everywhere. Looked at once, so not before the process
    /// has come to where it stays; costs one stat(2).
    public static let isInitial: Bool = {
        let facts = try? Files.status("/proc/self/ns/user", followLink: true)
        // Without /proc nothing else would work either; the everyday case is assumed.
        return facts.map { $0.inode == UInt64(SPH_INITIAL_USER_NAMESPACE) } ?? true
    }()

    /// The map of user ids of a process, `self` for this one; empty when it cannot be read.
    public static func userMap(of process: String = "self") -> [IDMapping] {
        IDMapping.parse((try? Files.readText("/proc/\(process)/uid_map", limit: 64 << 10)) ?? "")
    }

    /// The map of group ids.
    public static func groupMap(of process: String = "self") -> [IDMapping] {
        IDMapping.parse((try? Files.readText("/proc/\(process)/gid_map", limit: 64 << 10)) ?? "")
    }

    /// Whether the map holds but a single id: then nothing can belong to anyone else here.
    public static func isNarrow(_ map: [IDMapping]) -> Bool { map.reduce(0) { $0 + UInt64($1.count) } <= 1 }

    /// The namespace of another process, as a descriptor.
    public static func open(of pid: pid_t) throws(SystemError) -> OwnedDescriptor {
        try OwnedDescriptor.open("/proc/\(pid)/ns/user")
    }

    /// The user who made the namespace (ioctl_ns(2)), as this process sees him.
    public static func owner(of namespace: borrowing OwnedDescriptor) throws(SystemError) -> UInt32 {
        var owner: UInt32 = 0
        guard sph_namespace_owner(namespace.rawValue, &owner) == 0 else { throw SystemError.last("NS_GET_OWNER_UID") }
        return owner
    }

    /// Joins the namespace, with all rights in it, and makes a mount namespace of its own beneath. Only for a process
    /// that has a single thread (setns(2)).
    public static func enter(_ namespace: borrowing OwnedDescriptor) throws(SystemError) {
        let error = sph_enter_user_namespace(namespace.rawValue)
        guard error == 0 else { throw SystemError(error, "setns") }
    }
}

/// A process in a user namespace that was just made, which waits for its id maps. Let go before `release` it ends.
public struct NamespaceKeeper: ~Copyable {
    /// What a keeper's program is started as, by which it knows what it is.
    public static let name = SPH_KEEPER_NAME

    private var keeper: sph_keeper

    /// The process, whose /proc/PID/uid_map and gid_map are to be written.
    public var pid: pid_t { keeper.pid }

    /// Makes the namespace. Only for a process that has a single thread.
    public init() throws(SystemError) {
        var keeper = sph_keeper()
        let error = sph_keeper_prepare(&keeper)
        guard error == 0 else { throw SystemError(error, "unshare") }
        self.keeper = keeper
    }

    /// Turns the process into `program`, which keeps the namespace. With `mapsItself` nothing but the caller's own ids
    /// are mapped, to 0; else the maps must have been written.
    public consuming func release(_ program: String, mapsItself: Bool) throws(SystemError) {
        let error = sph_keeper_release(&keeper, program, mapsItself ? 1 : 0)
        guard error == 0 else { throw SystemError(error, "execute", program) }
    }

    deinit { if keeper.control >= 0 { close(keeper.control) } }
}
