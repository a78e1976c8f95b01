import ArgumentParser
import Engine
import Testing

@testable import SpyhopCommands

struct SystemOptionTests {
    @Test(arguments: [
        ("/dev/a", "/dev/a", "rwm"), ("/dev/a:/dev/b", "/dev/b", "rwm"), ("/dev/a:r", "/dev/a", "r"),
        ("/dev/a:/dev/b:mw", "/dev/b", "mw"), ("/dev/a::r", "/dev/a", "r"),
    ])
    func devicesAreReadAsDockerDoes(text: String, target: String, access: String) throws {
        let device = try DeviceOption.parse(text)
        #expect(device == SystemOptions.Device(pathOnHost: "/dev/a", pathInContainer: target, access: access))
    }

    @Test(arguments: ["", "dev/a", "/dev/a:b", "/dev/a:/b:x", "/dev/a:/b:rr", "/dev/a:/b:r:w", "/dev/a:/b:"])
    func devicesThatMakeNoSenseAreRefused(text: String) {
        #expect(throws: EngineError.self) { try DeviceOption.parse(text) }
    }

    @Test(arguments: ["c 1:3 rwm", "b 8:* r", "a *:* rwm"])
    func rulesAreTakenAsTheyAre(text: String) throws {
        #expect(try DeviceOption.checkedRule(text) == text)
    }

    @Test(arguments: ["", "c 1:3", "c 1:3 x", "d 1:3 r", "c 1 r", "c 1:2:3 r"])
    func rulesThatAreNoneAreRefused(text: String) {
        #expect(throws: EngineError.self) { try DeviceOption.checkedRule(text) }
    }

    @Test func ulimitsHaveASoftAndAHardSide() throws {
        #expect(try UlimitOption.parse("nofile=5") == SystemOptions.Ulimit(name: "nofile", soft: 5, hard: 5))
        #expect(try UlimitOption.parse("core=0:-1") == SystemOptions.Ulimit(name: "core", soft: 0, hard: -1))
    }

    @Test(arguments: [
        "nofile", "nofile=", "nofile=a", "nofile=5:3", "nofile=-1:3", "nofile=1:2:3", "files=5", "nofile=-2",
    ])
    func ulimitsThatMakeNoSenseAreRefused(text: String) {
        #expect(throws: EngineError.self) { try UlimitOption.parse(text) }
    }

    @Test func valuesOfDevicesFollowTheLastColon() throws {
        let limit = try DeviceOption.limit("/dev/a:b:5k", for: "--device-read-bps") {
            try ByteSize.bytes($0, for: "--device-read-bps")
        }
        #expect(limit == DeviceLimit(path: "/dev/a:b", value: 5120))
        for text in ["/dev/a", "dev/a:5", "/dev/a:", "/dev/a:-5"] {
            #expect(throws: EngineError.self) { try DeviceOption.limit(text, for: "-") { Int64($0) } }
        }
    }

    @Test func everyFlagReachesTheRequest() throws {
        let words = [
            "--device", "/dev/a", "--device-cgroup-rule", "c 1:3 r", "--ulimit", "nofile=5", "--sysctl", "net.a=b=c",
            "--shm-size", "1m", "--cgroupns", "host", "--cgroup-parent", "/p", "--blkio-weight", "20",
            "--blkio-weight-device", "/dev/a:30", "--device-read-bps", "/dev/a:1k", "--device-write-bps", "/dev/a:2k",
            "--device-read-iops", "/dev/a:3", "--device-write-iops", "/dev/a:4", "--memory-swappiness", "5",
            "--oom-kill-disable", "--cpu-period", "6000", "--cpu-quota", "7000", "--kernel-memory", "5m", "busybox",
        ]
        let command = try RunCommand.parse(words)
        let spec = try command.request(
            ProcessEnvironment(lookup: { _ in nil }, workingDirectory: "/", isRoot: true)
        ).spec
        var system = SystemOptions()
        system.devices = [SystemOptions.Device(pathOnHost: "/dev/a", pathInContainer: "/dev/a")]
        system.deviceRules = ["c 1:3 r"]
        system.ulimits = [SystemOptions.Ulimit(name: "nofile", soft: 5, hard: 5)]
        system.sysctls = ["net.a": "b=c"]
        system.shmSize = 1 << 20
        system.cgroupParent = "/p"
        system.hostCgroupNamespace = true
        #expect(spec.system == system)
        var limits = ResourceLimits()
        limits.blkioWeight = 20
        limits.blkioWeightDevices = [DeviceLimit(path: "/dev/a", value: 30)]
        limits.deviceReadBps = [DeviceLimit(path: "/dev/a", value: 1024)]
        limits.deviceWriteBps = [DeviceLimit(path: "/dev/a", value: 2048)]
        limits.deviceReadIOPS = [DeviceLimit(path: "/dev/a", value: 3)]
        limits.deviceWriteIOPS = [DeviceLimit(path: "/dev/a", value: 4)]
        limits.memorySwappiness = 5
        limits.oomKillDisable = true
        limits.cpuPeriod = 6000
        limits.cpuQuota = 7000
        #expect(spec.limits == limits)
        #expect(command.container.resources.warnings.count == 1)
    }
}
