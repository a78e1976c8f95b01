import Engine
import Glibc
import LinuxSystem

extension ContainerCgroup {
    /// Sets limits, also while the container runs (`docker update`).
    ///
    /// Give all limits in force after the change (`ResourceLimits.merging`), because some need others: swap is
    /// what `memorySwap` leaves beyond `memory`. Fields that are `nil` are left alone; 0 and -1 lift a limit. A
    /// version 1 directory that is missing for a limit is made, and the container's processes are moved into it.
    /// - Returns: sentences for the person about limits that this host cannot hold the container to.
    /// - Throws: `EngineError` `.invalidArgument` naming the field, `.system` when the kernel refuses.
    public func apply(_ limits: ResourceLimits) throws(EngineError) -> [String] {
        try limits.check()
        return try apply(limits.cgroupResources(), .asFarAsPossible)
    }

    /// Sets what a configuration asks for, also while the container runs (`update` of the OCI runtimes); fields that are
    /// `nil` or empty are left alone.
    /// - Returns: sentences for the person.
    /// - Throws: `EngineError` `.invalidArgument` naming the field, `.unsupported` for a limit that this host cannot hold the
    ///   container to (with `.completely`), `.system` when the kernel refuses.
    public func apply(
        _ resources: CgroupResources, _ thoroughness: Thoroughness = .completely
    ) throws(EngineError) -> [String] {
        var report = LimitReport(thoroughness)
        for controller in resources.neededLater { try ensureDirectory(of: controller) }
        try MemoryController.apply(resources.memory, at: place(of: .memory), &report)
        try PidsController.apply(resources.pids, at: place(of: .pids), &report)
        try CPUController.apply(resources.cpu, at: place(of: .cpu), &report)
        try CpusetController.apply(resources.cpu, at: place(of: .cpuset), &report)
        try BlockIOController.apply(resources.blockIO, at: place(of: .blkio), &report)
        try HugePagesController.apply(resources.hugePages, at: place(of: .hugetlb), &report)
        try RDMAController.apply(resources.rdma, at: place(of: .rdma), &report)
        try NetworkControllers.apply(
            resources.network, class: paths[Controller.netCls.rawValue],
            priorities: paths[Controller.netPrio.rawValue], &report)
        try UnifiedFiles.apply(resources.unified, to: v2Directory, beside: v1ControllerNames, &report)
        // Last, so that a container which is refused a limit was never let near a device.
        if let rules = resources.devices { try allow(rules, &report) }
        return report.warnings
    }

    /// The controllers that version 1 has of this container.
    private var v1ControllerNames: Set<String> { Set(paths.keys).subtracting([Self.unifiedKey]) }

    /// Makes the version 1 directory of a controller that the container did without until now.
    private func ensureDirectory(of controller: Controller) throws(EngineError) {
        guard let directory = paths[controller.rawValue], !ControlFile.exists(directory) else { return }
        do throws(EngineError) {
            try CgroupDirectory.make(directory) { gathering in
                if controller == .cpuset { CpusetController.inherit(to: gathering) }
            }
        } catch {
            // Made meanwhile by another process that updates the same container.
            if error.code != .conflict { throw error }
        }
        if controller == .cpuset { CpusetController.inherit(to: directory) }
        for process in processes() { try? ControlFile.write("\(process)", to: directory + "/cgroup.procs") }
    }
}

/// Setting one value of one controller, told in words when it fails.
enum LimitWriter {
    /// Writes `value` to the first of the files that is there; where none is, the limit cannot be held.
    static func write(
        _ value: String, to names: String..., at place: ContainerCgroup.Place?, field: String,
        _ report: inout LimitReport
    ) throws(EngineError) {
        guard let place, let name = names.first(where: { ControlFile.exists(place.path($0)) }) else {
            return try report.cannot(field)
        }
        try write(value, path: place.path(name), field: field)
    }

    /// Writes `value` to a file that is there.
    static func write(_ value: String, path: String, field: String) throws(EngineError) {
        do {
            try ControlFile.write(value, to: path)
        } catch {
            throw refusal(error, field: field, value: value)
        }
    }

    static func refusal(_ failure: SystemError, field: String, value: String) -> EngineError {
        let hint: String? =
            switch failure.number {
            case EBUSY: "more than that is in use"
            case EINVAL, ERANGE: "the kernel does not take this value"
            case EACCES, EPERM: "run as root, or in a delegated cgroup"
            case ENODEV, ENOENT: "the container or the device is gone"
            default: nil
            }
        let code: EngineError.Code = failure.number == EINVAL || failure.number == ERANGE ? .invalidArgument : .system
        return EngineError(code, "cannot set \(field) to \(value)", hint: hint, cause: failure)
    }
}
