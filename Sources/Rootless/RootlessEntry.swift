import Engine
import Glibc
import LinuxSystem

/// How an ordinary user's command becomes root: in a user namespace of the user's own, one for all his commands and
/// containers, because one user namespace has no rights over a sibling's.
///
/// The namespace is kept by a process that does nothing else, named in the file `keeper` of the run-time directory. When
/// it was killed, a running container's monitor shows the way, and a new keeper is made. Each command has a mount
/// namespace of its own, so that it sees the host's mounts as they are now.
public struct RootlessEntry: Sendable {
    /// Who it is.
    public var account: UserAccount
    /// From `RuntimeDirectory.path`.
    public var directory: String
    /// PATH, for newuidmap(1).
    public var searchPath: String?

    /// Gathers what is needed.
    public init(account: UserAccount, directory: String, searchPath: String?) {
        self.account = account
        self.directory = directory
        self.searchPath = searchPath
    }

    /// Enters. Only for a process that has a single thread; it is root in its namespaces afterwards.
    /// - Parameter monitorPath: the program spyhop-monitor, asked for when a keeper has to be started.
    /// - Returns: a sentence for the person when the namespace was made with fewer ids than it could have.
    /// - Throws: `.unsupported` when this host gives the user no user namespace, `.system` else.
    public func enter(monitorPath: () throws(EngineError) -> String) throws(EngineError) -> String? {
        try RuntimeDirectory.prepare(directory, uid: account.uid)
        let file = KeeperFile(directory: directory)
        if let kept = file.keeper(), !canWiden(kept.pid) {
            try join(kept.namespace)
            return nil
        }
        let turn = try takeTurn()
        defer { withExtendedLifetime(turn) {} }
        if let kept = file.keeper() {
            guard canWiden(kept.pid) else {
                try join(kept.namespace)
                return nil
            }
            // Nothing runs in it: the one with all ids takes its place.
            try? Processes.signal(kept.pid, SIGTERM)
        } else if let namespace = NamespaceSearch.namespace(uid: account.uid) {
            try join(namespace)
            try startKeeper(file, try monitorPath())
            return nil
        }
        return try makeNamespace(file, try monitorPath())
    }

    private func takeTurn() throws(EngineError) -> FileLock {
        do throws(SystemError) { return try FileLock(directory + "/keeper.lock") } catch {
            throw EngineError(.system, "cannot take turns with other commands", cause: error)
        }
    }

    private func join(_ namespace: borrowing OwnedDescriptor) throws(EngineError) {
        do throws(SystemError) { try UserNamespace.enter(namespace) } catch {
            throw UserNamespaceRefusal.error(error)
        }
    }

    /// Whether the namespace has a single id, nothing runs in it, and the user has been granted more since.
    private func canWiden(_ keeper: pid_t) -> Bool {
        guard UserNamespace.isNarrow(UserNamespace.userMap(of: "\(keeper)")),
            (try? IDGrant.find(account, searchPath: searchPath)) != nil
        else { return false }
        return !NamespaceSearch.processes(uid: account.uid).contains { !$0.isKeeper }
    }

    /// A keeper for a namespace that this process has already joined.
    private func startKeeper(_ file: KeeperFile, _ monitorPath: String) throws(EngineError) {
        do throws(SystemError) {
            let null = try OwnedDescriptor.open("/dev/null", O_RDWR)
            let pid = try Spawn(
                path: monitorPath, arguments: [NamespaceKeeper.name],
                descriptors: [0: null.rawValue, 1: null.rawValue, 2: null.rawValue]
            ).start()
            try file.write(pid)
        } catch {
            throw EngineError(.system, "cannot keep the user's namespace", cause: error)
        }
    }

    private func makeNamespace(_ file: KeeperFile, _ monitorPath: String) throws(EngineError) -> String? {
        let lack: IDGrant.Lack
        switch IDGrant.result(account, searchPath: searchPath) {
        case .success(let grant):
            do throws(EngineError) {
                try makeNamespace(file, monitorPath, grant)
                return nil
            } catch {
                // Where there is no namespace at all, none will be had with fewer ids either.
                guard error.cause == nil else { throw error }
                lack = IDGrant.Lack(what: error.message, remedy: error.hint ?? "spyhop doctor tells more")
            }
        case .failure(let found): lack = found
        }
        try makeNamespace(file, monitorPath, nil)
        return "only your own id is there, so images whose files have other owners cannot be unpacked: "
            + "\(lack.what) (\(lack.remedy))"
    }

    private func makeNamespace(
        _ file: KeeperFile, _ monitorPath: String, _ grant: IDGrant?
    ) throws(EngineError) {
        let keeper: NamespaceKeeper
        do throws(SystemError) { keeper = try NamespaceKeeper() } catch { throw UserNamespaceRefusal.error(error) }
        let pid = keeper.pid
        if let grant {
            try IDMapTools.write(grant.userTool, pid, grant.users)
            try IDMapTools.write(grant.groupTool, pid, grant.groups)
        }
        let namespace: OwnedDescriptor
        do throws(SystemError) {
            try keeper.release(monitorPath, mapsItself: grant == nil)
            try file.write(pid)
            namespace = try UserNamespace.open(of: pid)
        } catch {
            throw EngineError(.system, "cannot keep the user's namespace", cause: error)
        }
        try join(namespace)
    }
}
