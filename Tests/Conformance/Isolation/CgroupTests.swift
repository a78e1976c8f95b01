import Foundation
import Harness
import Testing

/// config-linux.md: control groups. Each limit is read where the kernel keeps it, v1 or v2 as this host has it.
@Suite(.needsRoot)
struct CgroupTests {
    /// Starts a container with these resources and gives the value of one control file.
    private func value(_ box: Box, _ resources: JSON, _ controller: String, v1: String, v2: String) throws -> String? {
        try box.needsCgroups()
        for (key, entry) in resources.fields { box.config["linux", "resources", key] = entry }
        try box.startSleeping()
        return CgroupTree.value(box.cgroupsPath, controller, v1: v1, v2: v2)
    }

    @Test(.clause("config-linux.md#cgroups-path"))
    func cgroupsPathIsWhereTheProcessIs() throws {
        try Box.with { (box) throws in
            try box.needsCgroups()
            try box.startSleeping()
            let lines = Command.text("/proc/\(box.pid)/cgroup").split(separator: "\n")
            let wanted = CgroupTree.isUnified ? ["0:"] : [":memory:", ":pids:", ":devices:"]
            for name in wanted {
                let line = lines.first { CgroupTree.isUnified ? $0.hasPrefix(name) : $0.contains(name) }
                #expect(line?.hasSuffix(box.cgroupsPath) == true, "\(line ?? "none")")
            }
        }
    }

    @Test(.clause("config-linux.md#cgroups-path"))
    func aRelativeCgroupsPathIsTheSameEveryTime() throws {
        try Box.with { (box) throws in
            try box.needsCgroups()
            box.config["linux", "cgroupsPath"] = .string("spyhop-conformance-relative/\(box.id)")
            let controller = CgroupTree.isUnified ? "0::" : ":memory:"
            var seen: Set<String> = []
            for _ in 0..<2 {
                try box.startSleeping()
                let line = Command.text("/proc/\(box.pid)/cgroup").split(separator: "\n").first {
                    $0.contains(controller)
                }
                let path = line?.split(separator: ":", omittingEmptySubsequences: false).last.map(String.init) ?? ""
                #expect(path.hasSuffix("spyhop-conformance-relative/\(box.id)"))
                seen.insert(path)
                try box.call("delete", "--force", box.id)
            }
            #expect(seen.count == 1)
            for path in seen {
                let parent = (path as NSString).deletingLastPathComponent
                CgroupTree.directories(at: path).forEach(CgroupTree.remove)
                CgroupTree.directories(at: parent).forEach { rmdir($0) }
            }
        }
    }

    @Test(.clause("config-linux.md#memory"))
    func memoryLimitIsThatOfTheCgroup() throws {
        try Box.with { (box) throws in
            let found = try value(
                box, ["memory": ["limit": 67_108_864]], "memory", v1: "memory.limit_in_bytes", v2: "memory.max")
            #expect(found == "67108864")
        }
    }

    @Test(.clause("config-linux.md#memory"))
    func memoryReservationIsThatOfTheCgroup() throws {
        try Box.with { (box) throws in
            let found = try value(
                box, ["memory": ["reservation": 33_554_432]], "memory", v1: "memory.soft_limit_in_bytes",
                v2: "memory.low")
            #expect(found == "33554432")
        }
    }

    @Test(.clause("config-linux.md#memory"))
    func memoryAboveTheLimitEndsTheProcess() throws {
        try Box.with { (box) throws in
            try box.needsCgroups()
            box.config["linux", "resources", "memory"] = ["limit": 33_554_432, "swap": 33_554_432]
            let outcome = try box.run("probe eat 200; echo code $?")
            #expect(!outcome.output.contains("eaten"))
        }
    }

    @Test(.clause("config-linux.md#memory"))
    func swappinessIsThatOfTheCgroup() throws {
        try Box.with { (box) throws in
            guard !CgroupTree.isUnified else { throw CannotRun("swappiness is of cgroup v1") }
            let found = try value(box, ["memory": ["swappiness": 20]], "memory", v1: "memory.swappiness", v2: "")
            #expect(found == "20")
        }
    }

    @Test(.clause("config-linux.md#memory"))
    func disabledOOMKillerIsThatOfTheCgroup() throws {
        try Box.with { (box) throws in
            guard !CgroupTree.isUnified else { throw CannotRun("oom_control is of cgroup v1") }
            let resources: JSON = ["memory": ["limit": 67_108_864, "disableOOMKiller": true]]
            let found = try value(box, resources, "memory", v1: "memory.oom_control", v2: "")
            #expect(found?.contains("oom_kill_disable 1") == true)
        }
    }

    @Test(.clause("config-linux.md#cpu"))
    func cpuQuotaAndPeriodAreThoseOfTheCgroup() throws {
        try Box.with { (box) throws in
            let resources: JSON = ["cpu": ["quota": 25000, "period": 50000]]
            let found = try value(box, resources, "cpu", v1: "cpu.cfs_quota_us", v2: "cpu.max")
            #expect(found == (CgroupTree.isUnified ? "25000 50000" : "25000"))
            if !CgroupTree.isUnified {
                #expect(CgroupTree.value(box.cgroupsPath, "cpu", v1: "cpu.cfs_period_us", v2: "") == "50000")
            }
        }
    }

    @Test(.clause("config-linux.md#cpu"))
    func cpuSharesAreThoseOfTheCgroup() throws {
        try Box.with { (box) throws in
            let found = try value(box, ["cpu": ["shares": 2048]], "cpu", v1: "cpu.shares", v2: "cpu.weight")
            // On v2 shares of 2…262144 become a weight of 1…10000: in a straight line, as runtimes had it until 2025, or on
            // the curve on which both defaults meet.
            #expect(found.map((CgroupTree.isUnified ? ["79", "174"] : ["2048"]).contains) == true)
        }
    }

    @Test(.clause("config-linux.md#cpu"))
    func cpusAndMemsAreThoseOfTheCgroup() throws {
        try Box.with { (box) throws in
            let resources: JSON = ["cpu": ["cpus": "0", "mems": "0"]]
            #expect(try value(box, resources, "cpuset", v1: "cpuset.cpus", v2: "cpuset.cpus") == "0")
            #expect(CgroupTree.value(box.cgroupsPath, "cpuset", v1: "cpuset.mems", v2: "cpuset.mems") == "0")
            let allowed = Command.text("/proc/\(box.pid)/status").split(separator: "\n").first {
                $0.hasPrefix("Cpus_allowed_list")
            }
            #expect(allowed?.hasSuffix("\t0") == true)
        }
    }

    @Test(.clause("config-linux.md#cpu"))
    func anIdleCgroupIsIdle() throws {
        try Box.with { (box) throws in
            guard
                access((CgroupTree.mounts["cpu"] ?? CgroupTree.mounts[""] ?? "") + "/cpu.idle", F_OK) == 0
                    || CgroupTree.isUnified
            else { throw CannotRun("the kernel shows cpu.idle in no root cgroup of v1 here") }
            #expect(try value(box, ["cpu": ["idle": 1]], "cpu", v1: "cpu.idle", v2: "cpu.idle") == "1")
        }
    }

    @Test(.clause("config-linux.md#pids"))
    func pidsLimitIsThatOfTheCgroupAndHolds() throws {
        try Box.with { (box) throws in
            #expect(try value(box, ["pids": ["limit": 20]], "pids", v1: "pids.max", v2: "pids.max") == "20")
            let outcome = try box.call("exec", box.id, "sh", "-c", "for i in $(seq 40); do sleep 5 & done; wait")
            #expect(outcome.errors.contains("fork") || outcome.code != 0)
        }
    }

    @Test(.clause("config-linux.md#block-io"))
    func blockIOWeightAndThrottlesAreThoseOfTheCgroup() throws {
        try Box.with { (box) throws in
            guard let device = Self.blockDevice() else {
                throw CannotRun("there is no block device that can be throttled")
            }
            let rate: JSON = [
                ["major": .number(Double(device.0)), "minor": .number(Double(device.1)), "rate": 1_048_576]
            ]
            let resources: JSON = ["blockIO": ["throttleReadBpsDevice": rate]]
            let found = try value(box, resources, "blkio", v1: "blkio.throttle.read_bps_device", v2: "io.max")
            #expect(found?.contains("\(device.0):\(device.1)") == true)
            #expect(found?.contains("1048576") == true)
        }
    }

    /// The number of a whole disk.
    private static func blockDevice() -> (Int, Int)? {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/sys/block")) ?? []
        for name in names where !name.hasPrefix("loop") && !name.hasPrefix("ram") {
            let words = Command.text("/sys/block/\(name)/dev").split { $0 == ":" || $0 == "\n" }.compactMap { Int($0) }
            if words.count == 2 { return (words[0], words[1]) }
        }
        return nil
    }

    @Test(.clause("config-linux.md#huge-page-limits"))
    func hugePageLimitsAreThoseOfTheCgroup() throws {
        try Box.with { (box) throws in
            guard CgroupTree.mounts["hugetlb"] != nil || CgroupTree.isUnified else {
                throw CannotRun("this kernel has no hugetlb controller mounted")
            }
            let resources: JSON = ["hugepageLimits": [["pageSize": "2MB", "limit": 4_194_304]]]
            let found = try value(box, resources, "hugetlb", v1: "hugetlb.2MB.limit_in_bytes", v2: "hugetlb.2MB.max")
            #expect(found == "4194304")
        }
    }

    @Test(.clause("config-linux.md#unified"))
    func unifiedKeysAreThoseOfTheCgroup() throws {
        try Box.with { (box) throws in
            guard CgroupTree.isUnified else {
                throw CannotRun("the controllers are on cgroup v1 here; it is asked in the virtual machine")
            }
            let resources: JSON = ["unified": ["memory.high": "50331648", "pids.max": "33"]]
            #expect(try value(box, resources, "memory", v1: "", v2: "memory.high") == "50331648")
            #expect(CgroupTree.value(box.cgroupsPath, "pids", v1: "", v2: "pids.max") == "33")
        }
    }

    /// A device number that no driver has: opening it says whether the rules let the call through to the kernel.
    private func addVacantDevice(_ box: Box, rules: JSON) throws {
        try box.needsCgroups()
        box.config["linux", "devices"] = [
            ["path": "/dev/vacant", "type": "c", "major": 251, "minor": 77, "fileMode": 0o666]
        ]
        box.config["linux", "resources", "devices"] = rules
    }

    private static let vacantSays = "No such device"

    @Test(.clause("config-linux.md#allowed-device-list"))
    func devicesThatAreNotAllowedCannotBeOpened() throws {
        try Box.with { (box) throws in
            try addVacantDevice(box, rules: [["allow": false, "access": "rwm"]])
            let outcome = try box.run("head -c1 /dev/vacant")
            #expect(outcome.errors.contains("not permitted"), "\(outcome.errors)")
        }
    }

    @Test(.clause("config-linux.md#allowed-device-list"))
    func theLaterRuleOfDevicesWins() throws {
        try Box.with { (box) throws in
            try addVacantDevice(
                box,
                rules: [
                    ["allow": false, "access": "rwm"],
                    ["allow": true, "type": "c", "major": 251, "minor": 77, "access": "rw"],
                ])
            #expect(try box.run("head -c1 /dev/vacant").errors.contains(Self.vacantSays))
            box.config["linux", "resources", "devices"].append(
                ["allow": false, "type": "c", "major": 251, "minor": 77, "access": "rw"])
            #expect(try box.run("head -c1 /dev/vacant").errors.contains("not permitted"))
        }
    }

    @Test(.clause("config-linux.md#allowed-device-list"))
    func aRuleWithoutNumbersIsForAllOfItsType() throws {
        try Box.with { (box) throws in
            try addVacantDevice(
                box, rules: [["allow": false, "access": "rwm"], ["allow": true, "type": "c", "access": "rw"]])
            #expect(try box.run("head -c1 /dev/vacant").errors.contains(Self.vacantSays))
        }
    }

    @Test(.clause("config-linux.md#allowed-device-list"))
    func aRuleForReadingDoesNotAllowWriting() throws {
        try Box.with { (box) throws in
            try addVacantDevice(
                box,
                rules: [
                    ["allow": false, "access": "rwm"],
                    ["allow": true, "type": "c", "major": 251, "minor": 77, "access": "r"],
                ])
            let outcome = try box.run("(: < /dev/vacant) 2>&1; (: > /dev/vacant) 2>&1; true")
            #expect(outcome.lines.first?.contains(Self.vacantSays) == true, "\(outcome.output)")
            #expect(outcome.lines.last?.contains("not permitted") == true, "\(outcome.output)")
        }
    }

    @Test(.clause("config-linux.md#control-groups"))
    func limitsHoldFromTheFirstInstructionOn() throws {
        try Box.with { (box) throws in
            try box.needsCgroups()
            box.config["linux", "resources", "pids"] = ["limit": 33]
            try box.create(running: "true")
            #expect(CgroupTree.value(box.cgroupsPath, "pids", v1: "pids.max", v2: "pids.max") == "33")
        }
    }

    @Test(.clause("config-linux.md#memory"))
    func aLimitThatCannotBeSetIsRefused() throws {
        try Box.with { (box) throws in
            try box.needsCgroups()
            box.config["linux", "resources", "cpu"] = ["cpus": "4000-4001"]
            try box.expectRefusal(of: box.create())
        }
    }
}
