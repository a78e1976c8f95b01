import Engine
import Glibc
import LinuxSystem
import Testing

@testable import Cgroups

/// Real cgroups of this host. They need root (or a delegated cgroup).
@Suite(.enabled(if: getuid() == 0, "needs root")) struct RealCgroupTests {
    /// A busy shell loop, ended with its test.
    private final class BusyProcess {
        let pid: pid_t

        init(joining cgroup: ContainerCgroup) throws {
            var child = pid_t()
            let script = "read go; while :; do :; done"
            var ends: [Int32] = [-1, -1]
            try #require(pipe(&ends) == 0)
            var actions = posix_spawn_file_actions_t()
            posix_spawn_file_actions_init(&actions)
            defer { posix_spawn_file_actions_destroy(&actions) }
            posix_spawn_file_actions_adddup2(&actions, ends[0], 0)
            posix_spawn_file_actions_addclose(&actions, ends[1])
            var arguments: [UnsafeMutablePointer<CChar>?] = [strdup("sh"), strdup("-c"), strdup(script), nil]
            defer { for argument in arguments { free(argument) } }
            try #require(posix_spawn(&child, "/bin/sh", &actions, nil, &arguments, nil) == 0)
            pid = child
            close(ends[0])
            if let v2 = cgroup.v2Directory { try ControlFile.write("\(child)", to: v2 + "/cgroup.procs") }
            for file in cgroup.joinFiles { try ControlFile.write("\(child)", to: file) }
            var line: UInt8 = 0x0a
            write(ends[1], &line, 1)
            close(ends[1])
        }

        func reap() -> Int32 {
            var status: Int32 = 0
            waitpid(pid, &status, 0)
            return status
        }

        deinit {
            kill(pid, SIGKILL)
            var status: Int32 = 0
            waitpid(pid, &status, 0)
        }
    }

    private func target(_ cgroup: ContainerCgroup, pid: pid_t) -> SampleTarget {
        SampleTarget(id: ContainerID(rawValue: "t"), pid: pid, cgroupPaths: cgroup.paths, usesHostNetwork: false)
    }

    @Test func busyProcessIsMeasuredFrozenKilledAndLeavesNothing() throws {
        let table = try CgroupHierarchies.detect()
        let made = try ContainerCgroup.create(
            id: .random(), limits: ResourceLimits(memory: 64 << 20, pids: 32), in: table)
        let cgroup = made.cgroup
        defer { try? cgroup.remove() }
        #expect(made.warnings.isEmpty)
        let process = try BusyProcess(joining: cgroup)
        #expect(cgroup.processes() == [process.pid])

        let sampler = CgroupSampler(target(cgroup, pid: process.pid))
        let buffer = ReadBuffer()
        let first = try #require(sampler.sample(at: Timestamp(seconds: 1), using: buffer))
        #expect(first.memory.limit == 64 << 20)
        #expect(first.pids == 1 && first.pidsLimit == 32)
        #expect(first.interfaces.allSatisfy { $0.name != "lo" })
        var later = first
        for _ in 0..<400 where later.cpu.total < first.cpu.total + 5_000_000 {
            usleep(5000)
            later = try #require(sampler.sample(at: Timestamp(seconds: 2), using: buffer))
        }
        #expect(later.cpu.total >= first.cpu.total + 5_000_000)

        try cgroup.freeze()
        #expect(cgroup.isFrozen == true)
        try cgroup.thaw()
        #expect(cgroup.isFrozen == false)

        #expect(throws: EngineError.self) { try cgroup.remove() }
        try cgroup.kill()
        #expect(process.reap() & 0x7f == SIGKILL)
        try cgroup.remove()
        #expect(cgroup.directories.filter { $0.contains("/spyhop/") }.allSatisfy { !ControlFile.exists($0) })
        #expect(sampler.sample(at: Timestamp(seconds: 3), using: buffer) == nil)
    }

    @Test func limitsOfARunningContainerChangeBothWays() throws {
        let table = try CgroupHierarchies.detect()
        let cgroup = try ContainerCgroup.create(
            id: .random(), limits: ResourceLimits(memory: 64 << 20), in: table
        ).cgroup
        defer {
            try? cgroup.kill()
            try? cgroup.remove()
        }
        let process = try BusyProcess(joining: cgroup)
        let sampler = CgroupSampler(target(cgroup, pid: process.pid))
        let buffer = ReadBuffer()
        for memory: Int64 in [256 << 20, 32 << 20, 300 << 20] {
            let warnings = try cgroup.apply(
                ResourceLimits(memory: memory, nanoCPUs: 500_000_000, cpusetCPUs: "0", pids: memory >> 20))
            #expect(warnings.isEmpty)
            let sample = try #require(sampler.sample(at: Timestamp(seconds: 1), using: buffer))
            #expect(sample.memory.limit == UInt64(memory))
            #expect(sample.pidsLimit == UInt64(memory >> 20))
        }
        let cpu = try #require(cgroup.place(of: .cpu))
        let processes = try ControlFile.read(cpu.path("cgroup.procs"))
        #expect(String(decoding: processes, as: UTF8.self) == "\(process.pid)\n")
        _ = try cgroup.apply(ResourceLimits(memory: -1, nanoCPUs: 0, pids: -1))
        let free = try #require(sampler.sample(at: Timestamp(seconds: 1), using: buffer))
        #expect(free.memory.limit == nil && free.pidsLimit == nil)
    }

    @Test func secondOfTheSameNameIsRefusedAndTheFirstStays() throws {
        let table = try CgroupHierarchies.detect()
        let id = ContainerID.random()
        let cgroup = try ContainerCgroup.create(id: id, limits: ResourceLimits(), in: table).cgroup
        defer { try? cgroup.remove() }
        let error = #expect(throws: EngineError.self) {
            try ContainerCgroup.create(id: id, limits: ResourceLimits(), in: table)
        }
        #expect(error?.code == .conflict)
        #expect(cgroup.joinFiles.count + (cgroup.v2Directory == nil ? 0 : 1) > 0)
    }

    @Test func halfMadeCgroupGoesAgainAndWhatWasThereStays() throws {
        let table = try CgroupHierarchies.detect()
        let id = ContainerID.random()
        // The last directory that a container needs is in the way: on pure version 2 it is the only one.
        let hierarchy = table.v1[.devices] ?? table.v1[.pids] ?? table.unified
        let gathering = try #require(hierarchy).ownDirectory + "/spyhop"
        try CgroupDirectory.make(gathering + "/" + id.rawValue) { _ in }
        defer {
            rmdir(gathering + "/" + id.rawValue)
            rmdir(gathering)
        }
        let error = #expect(throws: EngineError.self) {
            try ContainerCgroup.create(id: id, limits: ResourceLimits(), in: table)
        }
        #expect(error?.code == .conflict)
        #expect(ControlFile.exists(gathering + "/" + id.rawValue))
        let others = ([table.unified].compactMap { $0 } + table.v1.values).map { "\($0.ownDirectory)/spyhop" }
        for other in others where other != gathering { #expect(!ControlFile.exists(other + "/" + id.rawValue)) }
    }

    @Test func refusedCpusLeaveNothingBehind() throws {
        let table = try CgroupHierarchies.detect()
        let id = ContainerID.random()
        let error = #expect(throws: EngineError.self) {
            try ContainerCgroup.create(id: id, limits: ResourceLimits(cpusetCPUs: "4000"), in: table)
        }
        #expect(error?.description.contains("cpuset cpus") == true)
        let directories = table.v1.values.map { $0.ownDirectory + "/spyhop/" + id.rawValue }
        #expect(directories.allSatisfy { !ControlFile.exists($0) })
    }

    @Test(arguments: ["", "/", "a/../b", ".", "/x/..", "a\u{0}b"])
    func parentsThatClimbAreRefused(parent: String) throws {
        let table = try CgroupHierarchies.detect()
        #expect(throws: EngineError.self) {
            try ContainerCgroup.create(id: .random(), limits: ResourceLimits(), parent: parent, in: table)
        }
    }
}
