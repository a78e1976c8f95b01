import Cgroups
import Engine
import Glibc
import LinuxSystem
import Runtime

/// Single processes of containers: see `ProcessWatching`.
extension LocalEngine {
    /// The processes of a container, by number.
    public func containerProcesses(of reference: String) async throws -> [ContainerProcess] {
        let (record, life) = try await running(reference)
        let lister = ProcessLister()
        return try members(record, life).sorted().compactMap(lister.process)
    }

    /// Sends a signal to one process of a container, and to no other.
    public func signalProcess(
        _ pid: Int32, startedAt startTicks: UInt64?, in reference: String, signal: Int32
    ) async throws {
        guard (1...64).contains(signal) else {
            throw EngineError(.invalidArgument, "there is no signal \(signal)", hint: "they are numbered from 1 to 64")
        }
        let (record, life) = try await running(reference)
        let gone = EngineError(.notFound, "container \(record.name) has no process \(pid)")
        guard pid > 0 else { throw gone }
        // The descriptor comes first: whoever it stands for, should he end and his number go to another process while it is
        // looked at, gets no signal and neither does the other.
        let process: OwnedDescriptor
        do throws(SystemError) { process = try Processes.open(pid) } catch {
            guard error.number == ESRCH || error.number == EINVAL else {
                throw EngineError(.system, "cannot look at process \(pid)", cause: error)
            }
            throw gone
        }
        guard try members(record, life).contains(pid) else { throw gone }
        if let startTicks, Processes.startTicks(pid) != startTicks { throw gone }
        do throws(SystemError) { try Processes.signal(pidfd: process, signal) } catch {
            if error.number == ESRCH { throw gone }
            throw EngineError(
                .system, "cannot send signal \(signal) to process \(pid) of container \(record.name)", cause: error)
        }
    }

    /// Who belongs to a container: who is in its cgroup, or, without one, in its pid namespace.
    func members(_ record: ContainerRecord, _ life: MonitorStatus.Life) throws -> [Int32] {
        let inCgroup = try cgroup(record.id).processes()
        if !inCgroup.isEmpty { return inCgroup }
        return PidNamespaces.members(of: life.pid) ?? [life.pid]
    }
}
