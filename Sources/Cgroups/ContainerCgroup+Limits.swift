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
        var warnings: [String] = []
        if limits.wantsCPUController { try ensureDirectory(of: .cpu) }
        if limits.wantsCpusetController { try ensureDirectory(of: .cpuset) }
        warnings += try MemoryController.apply(limits, at: place(of: .memory))
        warnings += try PidsController.apply(limits, at: place(of: .pids))
        warnings += try CPUController.apply(limits, at: place(of: .cpu))
        warnings += try CpusetController.apply(limits, at: place(of: .cpuset))
        return warnings
    }

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
    /// Writes `value`; answers a warning when the host has no such file.
    static func write(
        _ value: String, to name: String, at place: ContainerCgroup.Place?, field: String
    ) throws(EngineError) -> [String] {
        guard let place, ControlFile.exists(place.path(name)) else { return [missing(field)] }
        do {
            try ControlFile.write(value, to: place.path(name))
            return []
        } catch {
            throw refusal(error, field: field, value: value)
        }
    }

    static func missing(_ field: String) -> String {
        "\(field): this host gives containers no such controller, the limit is discarded"
    }

    static func refusal(_ failure: SystemError, field: String, value: String) -> EngineError {
        let hint: String? =
            switch failure.number {
            case EBUSY: "more than that is in use"
            case EINVAL, ERANGE: "the kernel does not take this value"
            case EACCES, EPERM: "run as root, or in a delegated cgroup"
            case ENODEV, ENOENT: "the container is gone"
            default: nil
            }
        let code: EngineError.Code = failure.number == EINVAL || failure.number == ERANGE ? .invalidArgument : .system
        return EngineError(code, "cannot set \(field) to \(value)", hint: hint, cause: failure)
    }
}
