import CMonitorWire
import Cgroups
import Engine
import Glibc
import LinuxSystem
import OCI

extension ContainerRuntime {
    /// Starts a container: makes its cgroups, writes `plan` into its directory unless it is removed at its end, spawns its
    /// monitor and waits until the program runs. The directory and `lock`'s rights are the caller's business; two starts at once are told apart by
    /// the monitor's lock.
    ///
    /// - Parameters:
    ///   - spec: from `SpecBuilder`.
    ///   - attachment: `nil` connects nobody; otherwise the session sees the first byte of output.
    /// - Throws: `.commandNotFound`, `.commandNotExecutable`, else an error that names the step. Nothing is left behind
    ///   but the `status` file, which says the same.
    public func start(
        _ spec: Spec, _ bundle: Bundle, attachment: Attachment? = nil
    ) async throws -> Started {
        let filter = try filter(
            bundle.seccomp, privileged: bundle.privileged,
            capabilities: Capability.mask(spec.process?.capabilities?.bounding))
        let creation = try makeCgroup(bundle)
        do {
            let probe = try bundle.health.map { try probePlan($0, bundle, creation.cgroup) }
            let (plan, passed) = try PlanBuilder.run(
                spec, bundle, cgroup: creation.cgroup, filter: filter, probe: probe)
            // A plan is kept for words about a restart that fails later; what vanishes at its end never restarts.
            let file =
                bundle.autoRemove ? try memoryPlan(plan) : try writePlan(plan, bundle.directory + "/plan")
            let (report, session) = try await launch(file, attachment: attachment, passed: passed)
            guard report.error == 0 else { throw failure(report, plan) }
            return Started(
                pid: report.pid, startedAt: Timestamp(nanoseconds: report.started_at), session: session,
                cgroup: creation.cgroup, warnings: creation.warnings)
        } catch {
            // Another monitor's container lives in these cgroups.
            if (error as? EngineError)?.code != .conflict { try? creation.cgroup.remove() }
            throw error
        }
    }

    /// Runs a further process in a running container. Its monitor ends with it; nothing of it is recorded.
    /// - Throws: as `start`; `.conflict` when the container's process is gone.
    public func exec(_ request: ExecRequest, attachment: Attachment? = nil) async throws -> Started {
        let plan = try execPlan(request)
        let (report, session) = try await launch(try memoryPlan(plan), attachment: attachment)
        if isOutsideOfDelegation(report, request) {
            var free = request
            free.cgroup = ContainerCgroup(paths: [:])
            var started = try await exec(free, attachment: attachment)
            started.warnings.append(
                "the command runs outside of the container's cgroup and its limits: "
                    + "this session is not in what is delegated to you")
            return started
        }
        guard report.error == 0 else { throw failure(report, plan) }
        return Started(
            pid: report.pid, startedAt: Timestamp(nanoseconds: report.started_at), session: session,
            cgroup: request.cgroup, warnings: [])
    }

    /// Into a cgroup that was delegated to a user only processes from within it can be put (cgroups(7), Delegation
    /// containment); a session of his elsewhere must not be barred from his containers for that.
    private func isOutsideOfDelegation(_ report: sph_report, _ request: ExecRequest) -> Bool {
        !request.footing.isRoot && request.cgroup.v2Directory != nil && report.op_index == SPH_STAGE_CLONE.rawValue
            && report.error == EACCES
    }

    /// The plan of a health check's probe. Its target is the monitor's to fill in, and no event tells of it.
    private func probePlan(_ probe: HealthProbe, _ bundle: Bundle, _ cgroup: ContainerCgroup) throws -> [UInt8] {
        try execPlan(
            ExecRequest(
                targetPID: 1, targetStartTicks: 0, id: bundle.id, directory: bundle.directory,
                container: probe.container, hostname: probe.hostname, process: probe.process, cgroup: cgroup,
                eventsPath: "", eventAttributes: [:]))
    }

    private func execPlan(_ request: ExecRequest) throws -> [UInt8] {
        let container = request.container
        let privileged = request.privileged || container.privileged
        let features = HostFeatures.detect(hierarchies)
        let capabilities = try SpecBuilder.capabilities(
            of: CapabilityRequest(add: container.capAdd, drop: container.capDrop, privileged: privileged),
            uid: request.process.uid, available: features.capabilities)
        let groups = request.process.additionalGroups
        let process = OCI.Process(
            terminal: request.tty,
            cwd: request.process.workingDirectory.isEmpty ? "/" : request.process.workingDirectory,
            env: request.process.completeEnvironment(hostname: request.hostname, tty: request.tty),
            args: request.process.arguments, rlimits: SpecBuilder.rlimits(container.system?.ulimits),
            capabilities: capabilities,
            // Also of a privileged exec: the promise is the container's.
            noNewPrivileges: container.noNewPrivileges,
            user: User(
                uid: request.process.uid, gid: request.process.gid, additionalGids: groups.isEmpty ? nil : groups))
        let filter = try filter(
            container.seccomp, privileged: privileged, capabilities: Capability.mask(capabilities.bounding))
        return try PlanBuilder.exec(request, process: process, joinFiles: request.cgroup.joinFiles, filter: filter)
    }

    private func makeCgroup(_ bundle: Bundle) throws(EngineError) -> ContainerCgroup.Creation {
        // In a user namespace no device can be made, so there is none to be forbidden, and nobody there may try.
        let devices =
            !bundle.footing.isRoot
            ? [] : bundle.privileged ? [DeviceRule.everything] : DeviceRule.standard + bundle.deviceRules
        func make() throws(EngineError) -> ContainerCgroup.Creation {
            try ContainerCgroup.create(
                id: bundle.id, limits: bundle.limits, parent: bundle.cgroupParent, devices: devices, in: hierarchies)
        }
        do throws(EngineError) { return try make() } catch {
            guard error.code == .conflict else { throw error }
            // Left by a monitor that was killed, or in use: only a container that is alive keeps them from being removed.
            try ContainerCgroup.expected(id: bundle.id, parent: bundle.cgroupParent, in: hierarchies).remove()
            return try make()
        }
    }

    private func writePlan(_ plan: [UInt8], _ path: String) throws -> Int32 {
        do throws(SystemError) {
            try Files.writeAtomically(plan, to: path, mode: 0o600)
            return try OwnedDescriptor.open(path).take()
        } catch {
            throw EngineError(.system, "cannot write the container's plan", cause: error)
        }
    }

    private func memoryPlan(_ plan: [UInt8]) throws -> Int32 {
        do throws(SystemError) {
            let file = try OwnedDescriptor.memory("spyhop-plan")
            try file.writeAll(plan)
            guard lseek(file.rawValue, 0, SEEK_SET) == 0 else { throw SystemError.last("lseek") }
            return file.take()
        } catch {
            throw EngineError(.system, "cannot hand over the plan", cause: error)
        }
    }

    private func failure(_ report: sph_report, _ plan: [UInt8]) -> EngineError {
        PlanReader(plan)?.failure(step: report.op_index, error: report.error)
            ?? EngineError(.system, "cannot start the container: \(SystemError.words(report.error))")
    }
}
