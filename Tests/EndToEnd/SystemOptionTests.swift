import Foundation
import Harness
import Testing

/// Devices, kernel parameters, ulimits and the limits beyond memory, CPU and processes, as docker's flags name them.
@Suite(.needsRoot)
struct SystemOptionTests {
    @Test func devicesAreMadeAndAllowedWithTheirRights() throws {
        try Workplace.with { (place) throws in
            let given = try place.run(
                "run", "--rm", "--device", "/dev/full:/dev/brim", "busybox", "sh", "-c",
                "stat -c %t,%T /dev/brim; echo x > /dev/brim")
            #expect(given.lines.first == "1,7")
            #expect(given.errors.contains("No space left on device"), "\(given.errors)")
            // Nothing is behind this number: who may open it is told that, and not that he may not.
            let script = "mknod /tmp/vacant c 251 77; cat /tmp/vacant"
            let denied = try place.run("run", "--rm", "busybox", "sh", "-c", script)
            #expect(denied.errors.contains("not permitted"), "\(denied.errors)")
            let allowed = try place.run(
                "run", "--rm", "--device-cgroup-rule", "c 251:77 r", "busybox", "sh", "-c",
                script + "; echo x > /tmp/vacant")
            #expect(allowed.errors.contains("No such device or address"), "\(allowed.errors)")
            #expect(allowed.errors.contains("not permitted"), "\(allowed.errors)")
            let nowhere = try place.run("run", "--rm", "--device", "/dev/nowhere", "busybox", "true")
            #expect(nowhere.code == 125)
            #expect(nowhere.errors.contains("/dev/nowhere"), "\(nowhere.errors)")
        }
    }

    @Test func ulimitsParametersAndSharedMemoryAreAsAskedFor() throws {
        try Workplace.with { (place) throws in
            let shown = try place.run(
                "run", "--rm", "--ulimit", "nofile=64:128", "--sysctl", "net.core.somaxconn=77", "--sysctl",
                "kernel.msgmax=9000", "--shm-size", "1m", "busybox", "sh", "-c",
                "ulimit -Sn; ulimit -Hn; cat /proc/sys/net/core/somaxconn /proc/sys/kernel/msgmax; df -k /dev/shm | tail -n 1"
            )
            #expect(Array(shown.lines.prefix(4)) == ["64", "128", "77", "9000"], "\(shown.errors)")
            #expect(shown.lines.last?.split(separator: " ").dropFirst().first == "1024")
            for parameter in ["kernel.hostname=x", "vm.swappiness=1", "net/core/somaxconn=1"] {
                let refused = try place.run("run", "--rm", "--sysctl", parameter, "busybox", "true")
                #expect(refused.code == 125)
                #expect(refused.errors.contains("sysctl"), "\(refused.errors)")
            }
            let wrong = try place.run("run", "--rm", "--sysctl", "net.no.such=1", "busybox", "true")
            #expect(wrong.code == 125)
        }
    }

    @Test func ulimitsHoldForFurtherProcessesToo() throws {
        try Workplace.with { (place) throws in
            try place.run("run", "-d", "--name", "box", "--ulimit", "nofile=70", "busybox", "sleep", "1000")
            #expect(try place.run("exec", "box", "sh", "-c", "ulimit -n").trimmed == "70")
        }
    }

    @Test func inspectShowsWhatWasAskedForAndUpdateChangesIt() throws {
        try Workplace.with { (place) throws in
            let made = try place.run(
                "create", "--name", "box", "--cpu-period", "50000", "--cpu-quota", "20000", "--blkio-weight", "300",
                "--ulimit", "nofile=5:6", "--device", "/dev/full:/dev/brim:r", "--sysctl", "net.core.somaxconn=7",
                "--cgroupns", "host", "--kernel-memory", "8m", "busybox", "sleep", "1000")
            #expect(made.code == 0)
            #expect(made.errors.contains("kernel-memory"), "\(made.errors)")
            func shown() throws -> String {
                try place.run(
                    "inspect", "-f",
                    """
                    {{with .HostConfig}}{{.CpuPeriod}} {{.CpuQuota}} {{.BlkioWeight}} {{.Ulimits}} {{.Devices}} \
                    {{.Sysctls}} {{.CgroupnsMode}} {{.NanoCpus}}{{end}}
                    """, "box"
                ).trimmed
            }
            let rest = "[{nofile 6 5}] [{/dev/full /dev/brim r}] map[net.core.somaxconn:7] host"
            #expect(try shown() == "50000 20000 300 \(rest) 0")
            try place.run("start", "box")
            let changed = try place.run("update", "--cpu-quota", "25000", "box")
            #expect(changed.code == 0, "\(changed.errors)")
            #expect(try shown() == "50000 25000 300 \(rest) 0")
            try place.run("update", "--cpus", "0.5", "box")
            #expect(try shown() == "0 0 300 \(rest) 500000000")
        }
    }

    @Test func ratesOfDevicesThatAreNoneAreRefused() throws {
        try Workplace.with { (place) throws in
            for option in ["--device-read-bps", "--device-write-iops", "--blkio-weight-device"] {
                let refused = try place.run("run", "--rm", option, "/dev/null:100", "busybox", "true")
                #expect(refused.code == 125)
                #expect(refused.errors.contains("/dev/null"), "\(refused.errors)")
            }
        }
    }

    @Test func hostsCgroupsAreSeenOnlyOnRequest() throws {
        try Workplace.with { (place) throws in
            let script = ["busybox", "grep", "-c", "spyhop", "/proc/self/cgroup"]
            #expect(try place.run(["run", "--rm"] + script).trimmed == "0")
            #expect(try place.run(["run", "--rm", "--cgroupns", "host"] + script).trimmed != "0")
        }
    }
}
