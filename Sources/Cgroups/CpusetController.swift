import Engine

/// The cpuset controller: `cpuset.cpus` and `cpuset.mems`, of the same name in both versions.
enum CpusetController {
    static func apply(_ limits: ResourceLimits, at place: ContainerCgroup.Place?) throws(EngineError) -> [String] {
        var warnings: [String] = []
        if let list = limits.cpusetCPUs, !list.isEmpty {
            warnings += try LimitWriter.write(list, to: "cpuset.cpus", at: place, field: "cpuset cpus")
        }
        if let list = limits.cpusetMems, !list.isEmpty {
            warnings += try LimitWriter.write(list, to: "cpuset.mems", at: place, field: "cpuset mems")
        }
        return warnings
    }

    /// Gives a new version 1 directory its parent's CPUs and memory nodes: it starts with none, and no process could
    /// join it then.
    static func inherit(to directory: String) {
        guard let slash = directory.lastIndex(of: "/") else { return }
        let above = directory[..<slash]
        for name in ["/cpuset.cpus", "/cpuset.mems"] {
            guard let own = ControlFile.text(directory + name), own.isEmpty, let value = ControlFile.text(above + name)
            else { continue }
            try? ControlFile.write(value, to: directory + name)
        }
    }
}
