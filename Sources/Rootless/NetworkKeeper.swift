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
        if let network = greet(isFirst: false) { return network }
        // One makes it, the others wait and find it.
        let turn = try takeTurn()
        defer { withExtendedLifetime(turn) {} }
        if let network = greet(isFirst: false) { return network }
        try start()
        guard let network = greet(isFirst: true) else {
            throw EngineError(
                .system, "cannot make a network namespace for this user's containers",
                hint: "spyhop doctor tells what this host lacks")
        }
        return network
    }

    private func takeTurn() throws(EngineError) -> FileLock {
        do throws(SystemError) { return try FileLock(runRoot + "/" + SPH_NETNS_LOCK) } catch {
            throw EngineError(.system, "cannot take turns with other commands", cause: error)
        }
    }

    /// What the keeper has to give; `nil` when none answers.
    func greet(isFirst: Bool) -> UserNetwork? {
        guard let socket = try? UnixSocket.connect(socketPath) else { return nil }
        let size = MemoryLayout<sph_netns_greeting>.size
        guard let first = try? DescriptorPassing.receive(from: socket, limit: size) else { return nil }
        let namespace = first.descriptor.map { OwnedDescriptor(owning: $0) }
        guard let second = try? DescriptorPassing.receive(from: socket, limit: 1) else { return nil }
        let connection = second.descriptor.map { OwnedDescriptor(owning: $0) }
        guard let namespace, let connection, first.bytes.count == size else { return nil }
        let greeting = first.bytes.withUnsafeBytes { $0.loadUnaligned(as: sph_netns_greeting.self) }
        return UserNetwork(
            namespace: namespace, connection: connection,
            warning: isFirst ? NetworkWarning.sentence(greeting) : nil)
    }

    private func start() throws(EngineError) {
        let orphan = OrphanedNetwork.find(runRoot: runRoot)
        let plan = WorldPlan.now(searchPath: searchPath)
        do throws(SystemError) {
            let null = try OwnedDescriptor.open("/dev/null", O_RDWR)
            let listener = try UnixSocket.listen(socketPath)
            var descriptors = [
                0: null.rawValue, 1: null.rawValue, 2: null.rawValue, SPH_NETNS_LISTENER: listener.rawValue,
            ]
            if let orphan {
                descriptors[SPH_NETNS_NAMESPACE] = orphan.namespace.rawValue
                descriptors[SPH_NETNS_HOLD] = orphan.hold.rawValue
            }
            _ = try Spawn(
                path: monitorPath, arguments: [SPH_NETNS_NAME, runRoot] + plan.arguments, descriptors: descriptors
            ).start()
        } catch {
            throw EngineError(.system, "cannot keep a network namespace for this user's containers", cause: error)
        }
    }
}
