import Engine
import Testing

@testable import Cgroups

/// The runtime-spec's limits applied to made trees of plain files: what is written where.
struct ResourceFilesTests {
    private func tree(_ names: String...) throws -> TemporaryTree {
        let tree = try TemporaryTree()
        for name in names { try tree.write("", to: name) }
        return tree
    }

    private var blockIO: CgroupResources.BlockIO {
        var blockIO = CgroupResources.BlockIO()
        blockIO.weight = 500
        blockIO.weightDevices = [.init(major: 8, minor: 0, weight: 1000)]
        blockIO.readBps = [.init(major: 8, minor: 0, rate: 1000)]
        blockIO.writeIOPS = [.init(major: 8, minor: 16, rate: 0)]
        return blockIO
    }

    @Test func blockDevicesAreSpelledAsVersionTwoHasThem() throws {
        let tree = try tree("io.max", "io.weight")
        var resources = CgroupResources()
        resources.blockIO.readBps = blockIO.readBps
        let cgroup = ContainerCgroup(paths: ["unified": tree.path])
        _ = try cgroup.apply(resources)
        #expect(tree.text("io.max") == "8:0 rbps=1000")
        resources.blockIO = blockIO
        _ = try cgroup.apply(resources)
        // Each write is a line to the kernel; a plain file keeps the last one, and what of the first was longer.
        #expect(tree.text("io.max") == "8:16 wiops=max")
        #expect(tree.text("io.weight")?.hasPrefix("8:0 10000") == true)
        #expect(BlockIOController.weight(blkio: 10) == 1)
        #expect(BlockIOController.weight(blkio: 500) == 4950)
        #expect(BlockIOController.weight(blkio: 1000) == 10_000)
    }

    @Test func bfqHasFilesAndAScaleOfItsOwn() throws {
        let second = try tree("io.bfq.weight", "io.weight")
        var resources = CgroupResources()
        resources.blockIO.weight = 500
        _ = try ContainerCgroup(paths: ["unified": second.path]).apply(resources)
        #expect(second.text("io.bfq.weight") == "default 500")
        let first = try tree("blkio.bfq.weight")
        _ = try ContainerCgroup(paths: ["blkio": first.path]).apply(resources)
        #expect(first.text("blkio.bfq.weight") == "500")
    }

    @Test func blockDevicesAreSpelledAsVersionOneHasThem() throws {
        let tree = try tree(
            "blkio.weight", "blkio.weight_device", "blkio.throttle.read_bps_device", "blkio.throttle.write_iops_device")
        var resources = CgroupResources()
        resources.blockIO = blockIO
        _ = try ContainerCgroup(paths: ["blkio": tree.path]).apply(resources)
        #expect(tree.text("blkio.weight") == "500")
        #expect(tree.text("blkio.weight_device") == "8:0 1000")
        #expect(tree.text("blkio.throttle.read_bps_device") == "8:0 1000")
        #expect(tree.text("blkio.throttle.write_iops_device") == "8:16 0")
    }

    @Test func hugePagesAreLimitedTakenAndReserved() throws {
        let tree = try tree("hugetlb.2MB.max", "hugetlb.2MB.rsvd.max", "v1/hugetlb.1GB.limit_in_bytes")
        var resources = CgroupResources()
        resources.hugePages = ["2MB": 4 << 20]
        _ = try ContainerCgroup(paths: ["unified": tree.path]).apply(resources)
        #expect(tree.text("hugetlb.2MB.max") == "4194304")
        #expect(tree.text("hugetlb.2MB.rsvd.max") == "4194304")
        resources.hugePages = ["1GB": 1 << 30]
        _ = try ContainerCgroup(paths: ["hugetlb": tree.path + "/v1"]).apply(resources)
        #expect(tree.text("v1/hugetlb.1GB.limit_in_bytes") == "1073741824")
        resources.hugePages = ["3MB": 1]
        #expect(throws: EngineError.self) { try ContainerCgroup(paths: ["unified": tree.path]).apply(resources) }
    }

    @Test func burstAndIdleAndPartsOfAQuota() throws {
        let tree = try tree("cpu.max.burst", "cpu.idle")
        try tree.write("50000 200000", to: "cpu.max")
        var resources = CgroupResources()
        resources.cpu.quota = 70_000
        resources.cpu.burst = 5000
        resources.cpu.idle = 1
        _ = try ContainerCgroup(paths: ["unified": tree.path]).apply(resources)
        #expect(tree.text("cpu.max") == "70000 200000")
        #expect(tree.text("cpu.max.burst") == "5000")
        #expect(tree.text("cpu.idle") == "1")
    }

    @Test func versionOneHasClassPrioritySwappinessAndRealTime() throws {
        let tree = try tree(
            "net_cls.classid", "net_prio.ifpriomap", "memory.swappiness", "memory.oom_control", "cpu.rt_runtime_us",
            "cpu.rt_period_us", "rdma.max")
        var resources = CgroupResources()
        resources.network.classID = 7
        resources.network.priorities = ["lo": 3]
        resources.memory.swappiness = 0
        resources.memory.disableOOMKiller = true
        resources.cpu.realtimeRuntime = 900
        resources.cpu.realtimePeriod = 1000
        resources.rdma = ["mlx": .init(handles: 2, objects: 5)]
        let names = ["net_cls", "net_prio", "memory", "cpu", "rdma"]
        let paths = Dictionary(uniqueKeysWithValues: names.map { ($0, tree.path) })
        #expect(try ContainerCgroup(paths: paths).apply(resources).isEmpty)
        #expect(tree.text("net_cls.classid") == "7")
        #expect(tree.text("net_prio.ifpriomap") == "lo 3")
        #expect(tree.text("memory.swappiness") == "0")
        #expect(tree.text("memory.oom_control") == "1")
        #expect(tree.text("cpu.rt_runtime_us") == "900")
        #expect(tree.text("cpu.rt_period_us") == "1000")
        #expect(tree.text("rdma.max") == "mlx hca_handle=2 hca_object=5")
    }

    @Test func whatVersionTwoHasNotIsRefusedOrToldByThoroughness() throws {
        let tree = try tree("memory.max")
        let cgroup = ContainerCgroup(paths: ["unified": tree.path])
        var resources = CgroupResources()
        resources.memory.swappiness = 5
        let error = #expect(throws: EngineError.self) { try cgroup.apply(resources) }
        #expect(error?.code == .unsupported)
        #expect(try cgroup.apply(resources, .asFarAsPossible).count == 1)
        // What an engine writes without being asked is no reason to refuse.
        resources.memory.swappiness = nil
        resources.memory.disableOOMKiller = false
        resources.memory.kernel = 1 << 30
        #expect(try cgroup.apply(resources).count == 1)
    }

    @Test func limitsBelowUseAreRefusedWhenThatIsWanted() throws {
        let tree = try tree("memory.max")
        try tree.write("1000\n", to: "memory.current")
        var resources = CgroupResources()
        resources.memory.limit = 500
        resources.memory.checkBeforeUpdate = true
        let cgroup = ContainerCgroup(paths: ["unified": tree.path])
        #expect(throws: EngineError.self) { try cgroup.apply(resources) }
        #expect(tree.text("memory.max") == "")
        resources.memory.checkBeforeUpdate = nil
        _ = try cgroup.apply(resources)
        #expect(tree.text("memory.max") == "500")
    }

    @Test func swapAloneIsReckonedFromTheLimitInForce() throws {
        let tree = try tree("memory.swap.max")
        try tree.write("1000\n", to: "memory.max")
        var resources = CgroupResources()
        resources.memory.swap = 1500
        let cgroup = ContainerCgroup(paths: ["unified": tree.path])
        _ = try cgroup.apply(resources)
        #expect(tree.text("memory.swap.max") == "500")
        resources.memory.swap = 900
        #expect(throws: EngineError.self) { try cgroup.apply(resources) }
    }

    @Test(arguments: ["", "a/b", "../memory.max", ".", "..", "memory", "memory.max\u{0}"])
    func unifiedNamesThatAreNoCgroupFilesAreRefused(name: String) throws {
        let tree = try tree("memory.max")
        var resources = CgroupResources()
        resources.unified = [name: "1"]
        let error = #expect(throws: EngineError.self) {
            try ContainerCgroup(paths: ["unified": tree.path]).apply(resources)
        }
        #expect(error?.code == .invalidArgument)
    }

    @Test func unifiedFilesOfAControllerOnVersionOneAreRefusedInWords() throws {
        let tree = try tree("cgroup.max.depth")
        let cgroup = ContainerCgroup(paths: ["unified": tree.path, "memory": tree.path + "/memory"])
        var resources = CgroupResources()
        resources.unified = ["cgroup.max.depth": "3"]
        _ = try cgroup.apply(resources)
        #expect(tree.text("cgroup.max.depth") == "3")
        resources.unified = ["memory.high": "5"]
        let error = #expect(throws: EngineError.self) { try cgroup.apply(resources) }
        #expect(error?.message.contains("version 1") == true)
    }
}
