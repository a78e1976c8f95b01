import Engine

/// The cpuset controller: `cpuset.cpus` and `cpuset.mems`, of the same name in both versions.
enum CpusetController {
    static func apply(
        _ cpu: CgroupResources.CPU, at place: ContainerCgroup.Place?, _ report: inout LimitReport
    ) throws(EngineError) {
        if let list = cpu.cpus, !list.isEmpty {
            try LimitWriter.write(list, to: "cpuset.cpus", at: place, field: "cpuset cpus", &report)
        }
        if let list = cpu.mems, !list.isEmpty {
            try LimitWriter.write(list, to: "cpuset.mems", at: place, field: "cpuset mems", &report)
        }
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
