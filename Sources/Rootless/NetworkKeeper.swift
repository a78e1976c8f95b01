import CLinux
import Engine
import Glibc
import LinuxSystem

/// The client's side of `spyhop-netns`: finds it by its socket, or makes one.
struct NetworkKeeper {
    let runRoot: String
    let monitorPath: String
    let searchPath: String?

    var socketPath: String { runRoot + "/" + SPH_NETNS_SOCKET }

    func open() throws(EngineError) -> UserNetwork {
        if let network = greet() { return network }
        // One makes it, the others wait and find it.
        let turn = try takeTurn()
        defer { withExtendedLifetime(turn) {} }
        if let network = greet() { return network }
        try start()
        switch answer() {
        case .network(let namespace, let connection, let greeting):
            return UserNetwork(
                namespace: namespace, connection: connection, warning: NetworkWarning.sentence(greeting))
        case .refused(let error):
            throw EngineError(
                .system, "cannot make a network namespace for this user's containers",
                hint: "spyhop doctor tells what this host lacks", cause: SystemError(error, "unshare"))
        case .nobody:
            throw EngineError(.system, "the keeper of this user's network, \(monitorPath), ended at once")
        }
    }

    private func takeTurn() throws(EngineError) -> FileLock {
        do throws(SystemError) { return try FileLock(runRoot + "/" + SPH_NETNS_LOCK) } catch {
            throw EngineError(.system, "cannot take turns with other commands", cause: error)
        }
    }

    /// What the keeper has to give; `nil` when none answers.
    func greet() -> UserNetwork? {
        switch answer() {
        case .network(let namespace, let connection, _):
            UserNetwork(namespace: namespace, connection: connection, warning: nil)
        case .refused: nil
        case .nobody: nil
        }
    }

    private enum Answer: ~Copyable {
        case network(OwnedDescriptor, OwnedDescriptor, sph_netns_greeting)
        /// No namespace can be made, and why: an errno.
        case refused(Int32)
        case nobody
    }

    private func answer() -> Answer {
        let size = MemoryLayout<sph_netns_greeting>.size
        guard let socket = try? UnixSocket.connect(socketPath),
            let first = try? DescriptorPassing.receive(from: socket, limit: size)
        else { return .nobody }
        let namespace = first.descriptor.map { OwnedDescriptor(owning: $0) }
        guard first.bytes.count == size else { return .nobody }
        let greeting = first.bytes.withUnsafeBytes { $0.loadUnaligned(as: sph_netns_greeting.self) }
        guard greeting.error == 0 else { return .refused(greeting.error) }
        guard let namespace, let second = try? DescriptorPassing.receive(from: socket, limit: 1),
            let connection = second.descriptor
        else { return .nobody }
        return .network(namespace, OwnedDescriptor(owning: connection), greeting)
    }

    private func start() throws(EngineError) {
        let plan = WorldPlan.now(searchPath: searchPath)
        do throws(SystemError) {
            let listener = try UnixSocket.listen(socketPath)
            // Bound for the whole branch: both descriptors have to be open when they are handed over.
            if let orphan = OrphanedNetwork.find(runRoot: runRoot) {
                let left = [
                    SPH_NETNS_NAMESPACE: orphan.namespace.rawValue, SPH_NETNS_HOLD: orphan.hold.rawValue,
                ]
                try spawn(plan, listener, left)
                withExtendedLifetime(orphan) {}
            } else {
                try spawn(plan, listener, [:])
            }
        } catch {
            throw EngineError(.system, "cannot keep a network namespace for this user's containers", cause: error)
        }
    }

    private func spawn(
        _ plan: WorldPlan, _ listener: borrowing OwnedDescriptor, _ left: [Int32: Int32]
    ) throws(SystemError) {
        let null = try OwnedDescriptor.open("/dev/null", O_RDWR)
        let own = [0: null.rawValue, 1: null.rawValue, 2: null.rawValue, SPH_NETNS_LISTENER: listener.rawValue]
        let pid = try Spawn(
            path: monitorPath, arguments: [SPH_NETNS_NAME, runRoot] + plan.arguments,
            descriptors: own.merging(left) { $1 }
        ).start()
        // It goes on in a child of its own at once.
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0, errno == EINTR {}
    }
}
