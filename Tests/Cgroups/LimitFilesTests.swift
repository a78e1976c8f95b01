import Engine
import Testing

@testable import Cgroups

/// Limits applied to made trees of plain files: what is written where.
struct LimitFilesTests {
    @Test func versionTwoFilesGetTheirSpelling() throws {
        let tree = try TemporaryTree()
        for name in ["memory.max", "memory.swap.max", "memory.low", "cpu.max", "cpu.weight", "pids.max", "cpuset.cpus"]
        {
            try tree.write("", to: name)
        }
        let cgroup = ContainerCgroup(paths: ["unified": tree.path])
        let warnings = try cgroup.apply(
            ResourceLimits(
                memory: 100 << 20, memorySwap: 150 << 20, memoryReservation: 50 << 20, nanoCPUs: 500_000_000,
                cpuShares: 1024, cpusetCPUs: "0", pids: 64))
        #expect(warnings.isEmpty)
        #expect(tree.text("memory.max") == "104857600")
        #expect(tree.text("memory.swap.max") == "52428800")
        #expect(tree.text("memory.low") == "52428800")
        #expect(tree.text("cpu.max") == "50000 100000")
        #expect(tree.text("cpu.weight") == "100")
        #expect(tree.text("cpuset.cpus") == "0")
        #expect(tree.text("pids.max") == "64")
    }

    @Test func liftedLimitsAreSpelledMax() throws {
        let tree = try TemporaryTree()
        for name in ["memory.max", "memory.swap.max", "cpu.max", "pids.max"] { try tree.write("", to: name) }
        let warnings = try ContainerCgroup(paths: ["unified": tree.path])
            .apply(ResourceLimits(memory: -1, nanoCPUs: 0, pids: -1))
        #expect(warnings.isEmpty)
        #expect(tree.text("memory.max") == "max")
        #expect(tree.text("memory.swap.max") == "max")
        #expect(tree.text("cpu.max") == "max 100000")
        #expect(tree.text("pids.max") == "max")
    }

    @Test func swapFollowsMemoryAsDockersDoes() {
        #expect(ResourceLimits(memory: 10 << 20).totalWithSwap == 20 << 20)
        #expect(ResourceLimits(memory: 10 << 20, memorySwap: -1).totalWithSwap == -1)
        #expect(ResourceLimits(memory: .max).totalWithSwap == -1)
        #expect(ResourceLimits(pids: 3).totalWithSwap == nil)
    }

    @Test func versionOneFilesGetTheirSpelling() throws {
        let tree = try TemporaryTree()
        let names = [
            "memory/memory.limit_in_bytes", "memory/memory.memsw.limit_in_bytes", "memory/memory.soft_limit_in_bytes",
            "cpu/cpu.cfs_quota_us", "cpu/cpu.cfs_period_us", "cpu/cpu.shares", "pids/pids.max",
        ]
        for name in names { try tree.write("", to: name) }
        let paths = ["memory", "cpu", "pids"].map { ($0, "\(tree.path)/\($0)") }
        let warnings = try ContainerCgroup(paths: Dictionary(uniqueKeysWithValues: paths))
            .apply(ResourceLimits(memory: 64 << 20, nanoCPUs: 250_000_000, cpuShares: 512, pids: 9))
        #expect(warnings.isEmpty)
        #expect(tree.text("memory/memory.limit_in_bytes") == "67108864")
        #expect(tree.text("memory/memory.memsw.limit_in_bytes") == "134217728")
        #expect(tree.text("cpu/cpu.cfs_quota_us") == "25000")
        #expect(tree.text("cpu/cpu.cfs_period_us") == "100000")
        #expect(tree.text("cpu/cpu.shares") == "512")
        #expect(tree.text("pids/pids.max") == "9")
    }

    @Test func missingControllersAreToldAndNotSilentlyIgnored() throws {
        let tree = try TemporaryTree()
        let warnings = try ContainerCgroup(paths: ["unified": tree.path])
            .apply(ResourceLimits(memory: 64 << 20, nanoCPUs: 250_000_000, pids: 9))
        #expect(warnings.count == 3)
        #expect(warnings.contains { $0.hasPrefix("memory:") })
        #expect(warnings.contains { $0.hasPrefix("cpu quota:") })
        #expect(warnings.contains { $0.hasPrefix("pids limit:") })
    }
}
