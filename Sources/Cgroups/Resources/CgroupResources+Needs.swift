extension CgroupResources {
    /// The controllers of version 2 for whose sake a place in the tree is chosen.
    var wantedOnV2: Set<Controller> {
        var wanted = Set(Controller.wantedOnV2)
        if !hugePages.isEmpty { wanted.insert(.hugetlb) }
        if !rdma.isEmpty { wanted.insert(.rdma) }
        for name in unified.keys {
            if let controller = Controller(rawValue: String(name.prefix { $0 != "." })),
                Controller.welcomeOnV2.contains(controller)
            {
                wanted.insert(controller)
            }
        }
        return wanted
    }

    /// Whether a version 1 directory is wanted from the start: each costs start time.
    func needsOnV1(_ controller: Controller, besideV2: Bool) -> Bool {
        switch controller {
        case .memory, .pids, .blkio, .devices: true
        case .cpu: cpu.limitsTime
        case .cpuset: cpu.limitsPlace
        // Version 2 counts CPU time and freezes better, and needs no further directory for it.
        case .cpuacct, .freezer: !besideV2
        case .hugetlb: !hugePages.isEmpty
        case .rdma: !rdma.isEmpty
        case .netCls: network.classID != nil
        case .netPrio: !network.priorities.isEmpty
        case .io, .misc, .perfEvent: false
        }
    }

    /// The version 1 controllers that must be there for these limits, also when the container did without until now.
    var neededLater: [Controller] {
        [.cpu, .cpuset, .hugetlb, .rdma, .netCls, .netPrio].filter { needsOnV1($0, besideV2: true) }
    }
}

extension CgroupResources.CPU {
    /// Whether anything but the default is asked of the cpu controller. To lift what is not there needs no directory.
    var limitsTime: Bool {
        (shares ?? 0) > 0 || (quota ?? 0) > 0 || period != nil || (burst ?? 0) > 0 || (idle ?? 0) != 0
            || realtimeRuntime != nil || realtimePeriod != nil
    }

    /// Whether processors or memory nodes are named.
    var limitsPlace: Bool { cpus?.isEmpty == false || mems?.isEmpty == false }
}
