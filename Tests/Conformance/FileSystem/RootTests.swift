import Foundation
import Harness
import Testing

/// config.md: root; bundle.md; config-linux.md: the propagation of the root.
@Suite(.needsRoot)
struct RootTests {
    @Test(.clause("bundle.md"))
    func aBundleWithoutConfigurationIsRefused() throws {
        try Box.with { (box) throws in
            let outcome = try box.call("create", "--bundle", box.bundle, box.id)
            try box.expectRefusal(of: outcome)
        }
    }

    @Test(.clause("config.md#root"))
    func aRelativeRootPathIsBelowTheBundle() throws {
        try Box.with { (box) throws in
            try Data().write(to: URL(filePath: box.rootfs + "/mark"))
            box.config["root", "path"] = "./rootfs"
            #expect(try box.output(of: "ls /mark") == "/mark")
        }
    }

    @Test(.clause("config.md#root"))
    func anAbsoluteRootPathMayLieAnywhere() throws {
        try Box.with { (box) throws in
            let elsewhere = box.directory + "/elsewhere"
            try Rootfs.make(at: elsewhere)
            try Data().write(to: URL(filePath: elsewhere + "/mark"))
            box.config["root", "path"] = .string(elsewhere)
            #expect(try box.output(of: "ls /mark") == "/mark")
        }
    }

    @Test(.clause("config.md#root"))
    func aRootThatIsNotThereIsRefused() throws {
        try Box.with { (box) throws in
            box.config["root", "path"] = "nowhere"
            try box.expectRefusal(of: box.create())
        }
    }

    @Test(.clause("config.md#root"))
    func aMissingRootIsRefused() throws {
        try Box.with { (box) throws in
            box.config["root"] = nil
            try box.expectRefusal(of: box.create())
        }
    }

    @Test(.clause("config.md#root"), arguments: [true, false])
    func readonlyDecidesWhetherTheRootCanBeWritten(wanted: Bool) throws {
        try Box.with { (box) throws in
            box.config["root", "readonly"] = .bool(wanted)
            let outcome = try box.run("touch /written")
            #expect((outcome.code != 0) == wanted)
            #expect((access(box.rootfs + "/written", F_OK) != 0) == wanted)
        }
    }

    @Test(.clause("config.md#root"))
    func nothingOfTheHostsRootIsSeen() throws {
        try Box.with { (box) throws in
            let text = try box.output(
                of: "ls -d \(box.directory) 2>/dev/null; grep -c . /proc/self/mountinfo; cat /proc/self/mountinfo")
            #expect(!text.contains("/oldroot"))
            #expect(text.split(separator: "\n").first.flatMap { Int($0) } ?? 99 < 30)
        }
    }

    @Test(.clause("config.md#root"))
    func theRuntimeMountsNothingIntoTheRootThatTheHostSees() throws {
        try Box.with { (box) throws in
            try box.startSleeping()
            #expect(HostTraces.mounts(mentioning: box.directory) == [])
        }
    }

    @Test(
        .clause("config-linux.md#rootfs-mount-propagation"),
        arguments: [("shared", "shared:"), ("slave", "master:"), ("private", ""), ("unbindable", "unbindable")])
    func rootfsPropagationIsThatOfTheRoot(value: String, field: String) throws {
        try Box.with { (box) throws in
            let hall = try box.enterHall()
            try hall.run("mount --make-rshared / ")
            box.config["linux", "rootfsPropagation"] = .string(value)
            let text = try box.output(
                of: "grep ' / / \\| / [^ ]* - ' /proc/self/mountinfo; awk '$5 == \"/\"' /proc/self/mountinfo")
            let root = text.split(separator: "\n").last.map(String.init) ?? ""
            let optional = root.components(separatedBy: " - ")[0].split(separator: " ").dropFirst(6).joined(
                separator: " ")
            if field.isEmpty { #expect(optional.isEmpty) } else { #expect(optional.contains(field)) }
        }
    }

    @Test(.clause("config-linux.md#rootfs-mount-propagation"))
    func withoutAWordMountsOfTheContainerDoNotReachTheHost() throws {
        try Box.with { (box) throws in
            let hall = try box.enterHall()
            try hall.run("mount --make-rshared /")
            box.grant("SYS_ADMIN")
            try box.start(running: "mount -t tmpfs spyhop-inner /mnt && echo mounted; sleep 1000")
            box.waitFor(output: "mounted")
            #expect(!hall.mounts.contains("spyhop-inner"))
        }
    }

    @Test(.clause("config-linux.md#rootfs-mount-propagation"))
    func aSlaveSeesWhatTheHostMountsLater() throws {
        try Box.with { (box) throws in
            let hall = try box.enterHall()
            let folder = box.directory + "/shared"
            mkdir(folder, 0o755)
            try hall.run(
                "mount -t tmpfs spyhop-outer \(folder) && mount --make-rshared \(folder) && mkdir \(folder)/sub")
            box.config["linux", "rootfsPropagation"] = "slave"
            box.addMount("/mnt", type: "bind", source: folder, options: ["rbind", "rslave"])
            try box.start(
                running: "echo ready; while ! grep -q spyhop-later /proc/self/mountinfo; do sleep 0.02; done; echo seen"
            )
            box.waitFor(output: "ready")
            try hall.run("mount -t tmpfs spyhop-later \(folder)/sub")
            box.waitFor(output: "seen")
        }
    }

    @Test(.clause("config-linux.md#rootfs-mount-propagation"))
    func anUnknownPropagationIsRefused() throws {
        try Box.with { (box) throws in
            box.config["linux", "rootfsPropagation"] = "sideways"
            try box.expectRefusal(of: box.create())
        }
    }
}
