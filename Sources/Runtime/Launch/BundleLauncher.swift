import CMonitorWire
import Cgroups
import Engine
import Glibc
import LinuxSystem
import OCI

/// Makes the processes of OCI bundles: plans them, spawns a monitor for each, and answers it until the process waits for
/// its start or runs its program. The process is this process's own child.
///
/// It blocks the calling thread: a runtime's command line does nothing else meanwhile.
public struct BundleLauncher: Sendable {
    /// The program `spyhop-monitor`, by absolute path.
    public let monitorPath: String
    /// Where compiled seccomp filters are kept; made when missing.
    public let seccompCache: String
    /// Where cgroups are on this host.
    public let hierarchies: CgroupHierarchies

    /// Makes a launcher; nothing is touched.
    public init(monitorPath: String, seccompCache: String, hierarchies: CgroupHierarchies) {
        self.monitorPath = monitorPath
        self.seccompCache = seccompCache
        self.hierarchies = hierarchies
    }

    /// Makes a container's first process. With a gate it is made, and waits; without, its program runs.
    /// - Returns: its number on the host.
    /// - Throws: `EngineError` that names the step; the process is gone then, cgroups and fifo are still there.
    public func create(_ launch: BundleLaunch, _ handlers: LaunchHandlers) throws -> Int32 {
        let host = BundlePlan.Host(
            mapping: try IDMapHelpers.mapping(for: launch.spec), cgroupViews: cgroupViews(launch.cgroup),
            home: home(launch.spec.process, root: launch.rootfs))
        let plan = try BundlePlan.create(launch, host: host, filter: try filter(launch.spec))
        return try carryOut(plan, launch.streams, launch.preservedDescriptors, handlers)
    }

    /// Makes a further process in a container.
    /// - Returns: its number on the host; it runs its program.
    /// - Throws: as `create`.
    public func exec(_ exec: BundleExec, _ handlers: LaunchHandlers) throws -> Int32 {
        let host = BundlePlan.Host(home: home(exec.process, root: "/proc/\(exec.target)/root"))
        let plan = try BundlePlan.exec(
            exec, namespaces: NamespaceDifference.flags(of: exec.target), host: host, filter: try filter(exec.spec))
        return try carryOut(plan, exec.streams, exec.preservedDescriptors, handlers)
    }

    private func filter(_ spec: Spec) throws(EngineError) -> BundleFilter {
        guard let profile = spec.linux?.seccomp else { return BundleFilter() }
        let program = try FilterCache(directory: seccompCache).program(profile)
        return BundleFilter(program: program, flags: SeccompFlags.bits(profile))
    }

    private func cgroupViews(_ cgroup: ContainerCgroup) -> [BundlePlan.CgroupView] {
        var seen: Set<String> = []
        return Controller.allCases.compactMap { controller in
            guard let hierarchy = hierarchies.v1[controller], seen.insert(hierarchy.mountPoint).inserted,
                let name = hierarchy.mountPoint.split(separator: "/").last
            else { return nil }
            let own = cgroup.paths[controller.rawValue] ?? hierarchy.ownDirectory
            let directory = Files.exists(own) ? own : hierarchy.ownDirectory
            return BundlePlan.CgroupView(name: String(name), directory: directory)
        }
    }

    private func home(_ process: OCI.Process?, root: String) -> String? {
        guard let process, process.env?.contains(where: { $0.hasPrefix("HOME=") }) != true else { return nil }
        return AccountFile.home(of: process.user.uid, root: root)
    }

    // MARK: - The monitor

    private func carryOut(
        _ plan: [UInt8], _ streams: [Int32], _ preserved: Int, _ handlers: LaunchHandlers
    ) throws -> Int32 {
        let started: (socket: Int32, monitor: pid_t)
        do throws(SystemError) { started = try start(plan, streams, preserved) } catch {
            throw EngineError(
                .system, "cannot start the monitor \(monitorPath)",
                hint: error.number == ENOENT ? "spyhop-monitor belongs beside spyhop" : nil, cause: error)
        }
        let socket = OwnedDescriptor(owning: started.socket)
        defer { Self.reap(started.monitor) }
        var givenUp: (any Error)?
        while true {
            let message = try receive(socket)
            guard let answer = Self.handle(message, handlers) else {
                if message.report.error == 0 { return message.report.pid }
                if message.report.pid > 0 { Self.reap(message.report.pid) }
                throw givenUp ?? failure(message.report, plan)
            }
            if case .failure(let error) = answer { givenUp = error }
            let byte: UInt8 = givenUp == nil ? 0 : 1
            do throws(SystemError) { try socket.writeAll([byte]) } catch {
                throw EngineError(.system, "the monitor ended in the middle of a start", cause: error)
            }
        }
    }

    private func start(
        _ plan: [UInt8], _ streams: [Int32], _ preserved: Int
    ) throws(SystemError) -> (socket: Int32, monitor: pid_t) {
        let file = try OwnedDescriptor.memory("spyhop-plan")
        try file.writeAll(plan)
        let sockets = try Pipe.sockets().take()
        let own = OwnedDescriptor(owning: sockets.read)
        let given = OwnedDescriptor(owning: sockets.write)
        let first = Int32(SPH_FD_PASSED.rawValue)
        var descriptors = [Int32(SPH_FD_PLAN.rawValue): file.rawValue, Int32(SPH_FD_REPORT.rawValue): given.rawValue]
        for (index, stream) in streams.enumerated() { descriptors[first + Int32(index)] = stream }
        for index in 0..<Int32(clamping: preserved) { descriptors[first + 3 + index] = 3 + index }
        let program = try MonitorProgram(path: monitorPath).start(descriptors)
        if program.mount >= 0 { close(program.mount) }
        return (own.take(), program.pid)
    }

    private struct Message {
        var report: sph_report
        var descriptor: Int32?
    }

    private func receive(_ socket: borrowing OwnedDescriptor) throws(EngineError) -> Message {
        do throws(SystemError) {
            let (bytes, descriptor) = try DescriptorPassing.receive(
                from: socket, limit: MemoryLayout<sph_report>.size)
            guard bytes.count == MemoryLayout<sph_report>.size else {
                throw SystemError(EPIPE, "read")
            }
            return Message(
                report: bytes.withUnsafeBytes { $0.loadUnaligned(as: sph_report.self) }, descriptor: descriptor)
        } catch {
            throw EngineError(
                .system, "the monitor ended without a report", hint: "is \(monitorPath) of this version of spyhop?",
                cause: error)
        }
    }

    /// Does what a stage asks for; `nil` when the message is the last.
    private static func handle(_ message: Message, _ handlers: LaunchHandlers) -> Result<Void, any Error>? {
        defer { if let descriptor = message.descriptor { close(descriptor) } }
        let pid = message.report.pid
        guard message.report.error == 0 else { return nil }
        switch sph_stage(message.report.op_index) {
        case SPH_STAGE_HOOKS: return Result { try handlers.hooks(pid) }
        case SPH_STAGE_TERMINAL: return Result { if let master = message.descriptor { try handlers.terminal(master) } }
        case SPH_STAGE_LISTENER:
            return Result { if let listener = message.descriptor { try handlers.listener(listener, pid) } }
        default: return nil
        }
    }

    private func failure(_ report: sph_report, _ plan: [UInt8]) -> EngineError {
        PlanReader(plan)?.failure(step: report.op_index, error: report.error)
            ?? EngineError(.system, "cannot start the container: \(SystemError.words(report.error))")
    }

    private static func reap(_ pid: pid_t) {
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0, errno == EINTR {}
    }
}
