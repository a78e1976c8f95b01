import Engine
import Glibc
import LinuxSystem
import OCI

extension BundleRuntime {
    /// Lets a created container's process become its program, and runs the hooks `poststart`.
    /// - Throws: `.notFound`, `.conflict` in every state but `created`, `.invalidArgument` without a process in the
    ///   configuration.
    public func start(_ id: String) throws(EngineError) {
        let lock = try store.lock(id)
        defer { withExtendedLifetime(lock) {} }
        let record = try store.load(id)
        switch status(record) {
        case .created: break
        case .creating: throw EngineError(.conflict, "cannot start a container that is being created: \(id)")
        case .stopped: throw EngineError(.conflict, "cannot start a container that has stopped: \(id)")
        case .running, .paused: throw EngineError(.conflict, "cannot start an already running container: \(id)")
        }
        let spec = try store.configuration(id)
        guard spec.process != nil else {
            throw EngineError(.invalidArgument, "cannot start container \(id): process: required, but missing")
        }
        let gate = OwnedDescriptor(owning: try openGate(id))
        // Hooks inside the container come first, and a program may turn out to be none.
        StartReport.await(gate)
        if let failure = StartReport.failure(beside: store.fifo(id)) { throw failure }
        runPoststart(record, spec)
    }

    /// Lets the process go on.
    /// - Returns: the fifo's writing end, the caller's to close.
    private func openGate(_ id: String) throws(EngineError) -> Int32 {
        let path = store.fifo(id)
        let gate: Int32
        do throws(SystemError) {
            let fifo = try OwnedDescriptor.open(path, O_WRONLY | O_NONBLOCK)
            try fifo.writeAll([0])
            gate = fifo.take()
        } catch {
            switch error.number {
            case ENXIO, EPIPE:
                // Nobody waits any more: a start was broken off between its byte and the removal.
                try? Files.remove(path)
                throw EngineError(.conflict, "cannot start container \(id): its process does not wait to be started")
            default: throw EngineError(.system, "cannot start container \(id)", cause: error)
            }
        }
        // Only now: a start that is broken off before is a container that can still be started.
        do throws(SystemError) { try Files.remove(path) } catch {
            close(gate)
            throw EngineError(.system, "cannot remove the fifo of container \(id)", cause: error)
        }
        return gate
    }
}
