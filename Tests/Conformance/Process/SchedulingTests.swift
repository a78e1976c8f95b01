import Foundation
import Harness
import Testing

/// config.md and config-linux.md: limits, priorities and the kernel's view of the process.
@Suite(.needsRoot)
struct SchedulingTests {
    @Test(
        .clause("config.md#posix-process"),
        arguments: [
            ("RLIMIT_NOFILE", "Max open files", 512, 1024), ("RLIMIT_CORE", "Max core file size", 0, 0),
            ("RLIMIT_FSIZE", "Max file size", 1_048_576, 2_097_152),
            ("RLIMIT_STACK", "Max stack size", 4_194_304, 8_388_608),
            ("RLIMIT_NPROC", "Max processes", 100, 200), ("RLIMIT_CPU", "Max cpu time", 100, 200),
        ])
    func rlimitsAreSoftAndHardAsAskedFor(type: String, line: String, soft: Int, hard: Int) throws {
        try Box.with { (box) throws in
            box.config["process", "rlimits"] = [
                ["type": .string(type), "soft": .number(Double(soft)), "hard": .number(Double(hard))]
            ]
            let text = try box.output(of: "grep '^\(line)' /proc/1/limits")
            let words = text.dropFirst(line.count).split(separator: " ").prefix(2)
            #expect(words.map { Int($0) } == [soft, hard])
        }
    }

    @Test(.clause("config.md#posix-process"))
    func anUnknownRlimitIsRefused() throws {
        try Box.with { (box) throws in
            box.config["process", "rlimits"] = [["type": "RLIMIT_NO_SUCH", "soft": 1, "hard": 1]]
            try box.expectRefusal(of: box.create())
        }
    }

    @Test(.clause("config.md#posix-process"))
    func oneRlimitGivenTwiceIsRefused() throws {
        try Box.with { (box) throws in
            let entry: JSON = ["type": "RLIMIT_NOFILE", "soft": 100, "hard": 100]
            box.config["process", "rlimits"] = [entry, entry]
            try box.expectRefusal(of: box.create())
        }
    }

    @Test(.clause("config.md#posix-process"))
    func aSoftRlimitAboveTheHardOneIsRefused() throws {
        try Box.with { (box) throws in
            box.config["process", "rlimits"] = [["type": "RLIMIT_NOFILE", "soft": 200, "hard": 100]]
            try box.expectRefusal(of: box.create())
        }
    }

    @Test(.clause("config.md#linux-process"), arguments: [0, 100, 1000])
    func oomScoreAdjIsThatOfTheProcess(value: Int) throws {
        try Box.with { (box) throws in
            box.config["process", "oomScoreAdj"] = .number(Double(value))
            #expect(try box.output(of: "cat /proc/1/oom_score_adj") == "\(value)")
        }
    }

    @Test(.clause("config.md#linux-process"))
    func schedulerPolicyAndNiceAreThoseOfTheProcess() throws {
        try Box.with { (box) throws in
            box.config["process", "scheduler"] = ["policy": "SCHED_BATCH", "nice": 5]
            #expect(try box.output(of: "probe sched").hasPrefix("policy=3 flags=0 nice=5 "))
        }
    }

    @Test(.clause("config.md#linux-process"))
    func schedulerOfRealTimeHasItsPriority() throws {
        try Box.with { (box) throws in
            try box.needsCgroups()
            guard access((CgroupTree.mounts["cpu"] ?? "/nowhere") + "/cpu.rt_runtime_us", F_OK) != 0 else {
                throw CannotRun("this kernel's cpu controller of version 1 grants a new cgroup no real time")
            }
            box.config["process", "scheduler"] = [
                "policy": "SCHED_FIFO", "priority": 10, "flags": ["SCHED_FLAG_RESET_ON_FORK"],
            ]
            box.config["process", "args"] = ["probe", "sched"]
            let outcome = try box.run()
            #expect(outcome.output.hasPrefix("policy=1 flags=1 nice=0 priority=10 "), "\(outcome.errors)")
        }
    }

    @Test(.clause("config.md#linux-process"), arguments: [("IOPRIO_CLASS_BE", 2, 6), ("IOPRIO_CLASS_IDLE", 3, 0)])
    func ioPriorityIsThatOfTheProcess(name: String, number: Int, level: Int) throws {
        try Box.with { (box) throws in
            box.config["process", "ioPriority"] = ["class": .string(name), "priority": .number(Double(level))]
            #expect(try box.output(of: "probe ioprio") == "class=\(number) level=\(level)")
        }
    }

    @Test(.clause("config-linux.md#personality"))
    func personalityIsThatOfTheProcess() throws {
        try Box.with { (box) throws in
            box.config["linux", "personality"] = ["domain": "LINUX32"]
            #expect(try box.output(of: "probe personality") == "0x8")
        }
    }

    @Test(.clause("config-linux.md#personality"))
    func anUnknownPersonalityIsRefused() throws {
        try Box.with { (box) throws in
            box.config["linux", "personality"] = ["domain": "MINIX"]
            try box.expectRefusal(of: box.create())
        }
    }
}
