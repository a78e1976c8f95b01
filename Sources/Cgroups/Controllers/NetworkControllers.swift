import Engine

/// Version 1's net_cls and net_prio; on version 2 firewalls match the cgroup itself.
enum NetworkControllers {
    static func apply(
        _ network: CgroupResources.Network, class classDirectory: String?, priorities priorityDirectory: String?,
        _ report: inout LimitReport
    ) throws(EngineError) {
        if let classID = network.classID {
            try LimitWriter.write(
                String(classID), to: "net_cls.classid", at: place(classDirectory), field: "network class", &report)
        }
        for (interface, priority) in network.priorities.sorted(by: { $0.key < $1.key }) {
            try LimitWriter.write(
                "\(interface) \(priority)", to: "net_prio.ifpriomap", at: place(priorityDirectory),
                field: "network priority", &report)
        }
    }

    private static func place(_ directory: String?) -> ContainerCgroup.Place? {
        directory.map { ContainerCgroup.Place(directory: $0, isV2: false) }
    }
}
