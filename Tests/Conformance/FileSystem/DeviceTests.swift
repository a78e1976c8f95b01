import Foundation
import Harness
import Testing

/// config-linux.md: default file systems, devices and links, and devices of one's own.
@Suite(.needsRoot)
struct DeviceTests {
    @Test(
        .clause("config-linux.md#default-devices"),
        arguments: [
            ("null", "1,3"), ("zero", "1,5"), ("full", "1,7"), ("random", "1,8"), ("urandom", "1,9"), ("tty", "5,0"),
        ])
    func defaultDevicesAreThereForEverybody(name: String, number: String) throws {
        try Box.with { (box) throws in
            let text = try box.output(of: "stat -c '%F %t,%T %a' /dev/\(name)")
            #expect(text == "character special file \(number) 666")
        }
    }

    @Test(.clause("config-linux.md#default-devices"))
    func defaultDevicesWork() throws {
        try Box.with { (box) throws in
            try box.needsCgroups()
            box.config["process", "user"] = ["uid": 1000, "gid": 1000]
            let text = try box.output(
                of:
                    "echo x > /dev/null; head -c4 /dev/zero | od -An -tx1; head -c4 /dev/urandom | wc -c; echo x 2>&1 > /dev/full || echo full"
            )
            #expect(text.contains("00 00 00 00"))
            #expect(text.contains("4"))
            #expect(text.hasSuffix("full"))
        }
    }

    @Test(.clause("config-linux.md#default-devices"))
    func ptmxLeadsToTheContainersOwnPseudoTerminals() throws {
        try Box.with { (box) throws in
            #expect(try box.output(of: "readlink /dev/ptmx").hasSuffix("pts/ptmx"))
        }
    }

    @Test(
        .clause("runtime-linux.md#dev-symbolic-links"),
        arguments: [
            ("fd", "/proc/self/fd"), ("stdin", "/proc/self/fd/0"), ("stdout", "/proc/self/fd/1"),
            ("stderr", "/proc/self/fd/2"),
        ])
    func linksToTheStandardStreamsAreThere(name: String, target: String) throws {
        try Box.with { (box) throws in
            #expect(try box.output(of: "readlink /dev/\(name)") == target)
        }
    }

    @Test(.clause("config-linux.md#devices"))
    func devicesHaveTheirKindNumberModeAndOwner() throws {
        try Box.with { (box) throws in
            box.config["linux", "devices"] = [
                ["path": "/dev/mine", "type": "c", "major": 1, "minor": 3, "fileMode": 0o640, "uid": 12, "gid": 34],
                ["path": "/dev/deep/block", "type": "b", "major": 7, "minor": 0, "fileMode": 0o600],
                ["path": "/dev/pipe", "type": "p", "fileMode": 0o622],
                ["path": "/dev/unbuffered", "type": "u", "major": 1, "minor": 5],
            ]
            let text = try box.output(
                of:
                    "stat -c '%F %t,%T %a %u:%g' /dev/mine /dev/deep/block; stat -c '%F %a' /dev/pipe; stat -c '%F %t,%T' /dev/unbuffered"
            )
            #expect(
                text.split(separator: "\n") == [
                    "character special file 1,3 640 12:34", "block special file 7,0 600 0:0", "fifo 622",
                    "character special file 1,5",
                ])
        }
    }

    @Test(.clause("config-linux.md#devices"))
    func aDeviceOutsideOfDevIsMadeToo() throws {
        try Box.with { (box) throws in
            box.config["linux", "devices"] = [
                ["path": "/etc/zero", "type": "c", "major": 1, "minor": 5, "fileMode": 0o666]
            ]
            #expect(try box.output(of: "stat -c '%F %t,%T' /etc/zero") == "character special file 1,5")
        }
    }

    @Test(.clause("config-linux.md#devices"))
    func aDeviceWhereAnotherFileStandsIsRefused() throws {
        try Box.with { (box) throws in
            box.config["linux", "devices"] = [["path": "/etc/passwd", "type": "c", "major": 1, "minor": 3]]
            try box.expectRefusal(of: box.create())
            #expect(Command.text(box.rootfs + "/etc/passwd").hasPrefix("root:"))
        }
    }

    @Test(.clause("config-linux.md#devices"))
    func aDeviceOfAnUnknownTypeIsRefused() throws {
        try Box.with { (box) throws in
            box.config["linux", "devices"] = [["path": "/dev/mine", "type": "z", "major": 1, "minor": 3]]
            try box.expectRefusal(of: box.create())
        }
    }

    @Test(.clause("config-linux.md#devices"))
    func aDeviceWithoutNumbersIsRefused() throws {
        try Box.with { (box) throws in
            box.config["linux", "devices"] = [["path": "/dev/mine", "type": "c"]]
            try box.expectRefusal(of: box.create())
        }
    }

    @Test(
        .clause("config-linux.md#default-filesystems"),
        arguments: [
            ("/proc", "proc"), ("/sys", "sysfs"), ("/dev/pts", "devpts"), ("/dev/shm", "tmpfs"),
            ("/dev/mqueue", "mqueue"),
        ])
    func defaultFileSystemsCanBeHad(path: String, type: String) throws {
        try Box.with { (box) throws in
            if !["/proc", "/dev/pts"].contains(path) {
                let options = type == "sysfs" ? ["ro"] : []
                box.addMount(path, type: type, source: type, options: ["nosuid", "noexec", "nodev"] + options)
            }
            let text = try box.output(of: "awk '$2 == \"\(path)\" {print $3}' /proc/self/mounts")
            #expect(text.split(separator: "\n").last == Substring(type))
        }
    }
}
