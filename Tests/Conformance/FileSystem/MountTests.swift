import Foundation
import Harness
import Testing

/// config.md: mounts, their order and options.
@Suite(.needsRoot)
struct MountTests {
    /// Fields of the last mount on a path: its options, propagation, file system and super options.
    private func mount(_ path: String, in table: String) -> (
        options: Set<String>, optional: String, type: String, superblock: String
    )? {
        for line in table.split(separator: "\n").reversed() {
            let halves = line.components(separatedBy: " - ")
            let head = halves[0].split(separator: " ").map(String.init)
            guard halves.count == 2, head.count >= 6, head[4] == path else { continue }
            let tail = halves[1].split(separator: " ").map(String.init)
            return (
                Set(head[5].split(separator: ",").map(String.init)), head.dropFirst(6).joined(separator: " "), tail[0],
                tail.last ?? ""
            )
        }
        return nil
    }

    private func table(_ box: Box) throws -> String { try box.output(of: "cat /proc/self/mountinfo") }

    @Test(.clause("config.md#mounts"))
    func mountsAreMadeInTheirOrder() throws {
        try Box.with { (box) throws in
            box.addMount("/mnt", type: "tmpfs", source: "below")
            box.addMount("/mnt/inner", type: "tmpfs", source: "above")
            let order = try table(box).split(separator: "\n").filter { $0.contains(" /mnt") }.map {
                $0.contains("/mnt/inner")
            }
            #expect(order == [false, true])
        }
    }

    @Test(.clause("config.md#mounts"))
    func aMissingDestinationIsMade() throws {
        try Box.with { (box) throws in
            let file = box.directory + "/file"
            try "content\n".write(toFile: file, atomically: true, encoding: .utf8)
            box.addMount("/made/by/runtime", type: "tmpfs", source: "tmpfs")
            box.addMount("/made/file", type: "bind", source: file, options: ["bind", "ro"])
            #expect(try box.output(of: "grep -q ' /made/by/runtime ' /proc/mounts && cat /made/file") == "content")
        }
    }

    @Test(
        .clause("config.md#linux-mount-options"),
        arguments: ["ro", "nosuid", "nodev", "noexec", "noatime", "nodiratime", "relatime", "nosymfollow"])
    func aFlagIsThatOfTheMount(flag: String) throws {
        try Box.with { (box) throws in
            box.addMount("/mnt", type: "tmpfs", source: "tmpfs", options: [flag])
            let found = try mount("/mnt", in: table(box))
            #expect(found?.options.contains(flag) == true, "\(found?.options.sorted() ?? [])")
        }
    }

    @Test(.clause("config.md#linux-mount-options"))
    func theLaterOfTwoContraryFlagsWins() throws {
        try Box.with { (box) throws in
            box.addMount("/mnt", type: "tmpfs", source: "tmpfs", options: ["ro", "noexec", "rw", "exec"])
            let found = try mount("/mnt", in: table(box))
            #expect(found?.options.isDisjoint(with: ["ro", "noexec"]) == true)
        }
    }

    @Test(.clause("config.md#mounts"))
    func otherWordsGoToTheFileSystem() throws {
        try Box.with { (box) throws in
            box.addMount("/mnt", type: "tmpfs", source: "tmpfs", options: ["size=1024k", "mode=711", "nr_inodes=100"])
            let found = try mount("/mnt", in: table(box))
            #expect(found?.superblock.contains("size=1024k,nr_inodes=100,mode=711") == true)
        }
    }

    @Test(.clause("config.md#linux-mount-options"))
    func aReadOnlyBindCannotBeWrittenThoughItsSourceCan() throws {
        try Box.with { (box) throws in
            let folder = box.directory + "/folder"
            mkdir(folder, 0o777)
            box.addMount("/mnt", type: "bind", source: folder, options: ["bind", "ro"])
            #expect(try box.run("touch /mnt/file").code != 0)
            #expect(access(folder + "/file", F_OK) != 0)
            try Data().write(to: URL(filePath: folder + "/other"))
        }
    }

    @Test(.clause("config.md#linux-mount-options"))
    func aBindKeepsOutWhatIsMountedBelowAndARecursiveOneTakesItAlong() throws {
        try Box.with { (box) throws in
            let hall = try box.enterHall()
            let folder = box.directory + "/folder"
            try hall.run("mkdir -p \(folder)/sub && mount -t tmpfs inner \(folder)/sub && touch \(folder)/sub/mark")
            box.addMount("/mnt", type: "bind", source: folder, options: ["bind"])
            box.addMount("/home", type: "bind", source: folder, options: ["rbind"])
            #expect(try box.output(of: "ls /mnt/sub /home/sub") == "/home/sub:\nmark\n\n/mnt/sub:")
        }
    }

    @Test(
        .clause("config.md#linux-mount-options"),
        arguments: [
            ("rro", "ro"), ("rnosuid", "nosuid"), ("rnodev", "nodev"), ("rnoexec", "noexec"), ("rnoatime", "noatime"),
            ("rnosymfollow", "nosymfollow"),
        ])
    func aRecursiveFlagReachesEveryMountBelow(flag: String, shown: String) throws {
        try Box.with { (box) throws in
            let hall = try box.enterHall()
            let folder = box.directory + "/folder"
            try hall.run(
                "mkdir -p \(folder) && mount -t tmpfs outer \(folder) && mkdir \(folder)/sub && mount -t tmpfs inner \(folder)/sub"
            )
            box.addMount("/mnt", type: "bind", source: folder, options: ["rbind", flag])
            let text = try table(box)
            #expect(mount("/mnt", in: text)?.options.contains(shown) == true)
            #expect(mount("/mnt/sub", in: text)?.options.contains(shown) == true)
        }
    }

    @Test(
        .clause("config.md#linux-mount-options"),
        arguments: [("rshared", "shared:"), ("rslave", "master:"), ("rprivate", ""), ("unbindable", "unbindable")])
    func propagationOptionsAreThoseOfTheMount(option: String, field: String) throws {
        try Box.with { (box) throws in
            let hall = try box.enterHall()
            let folder = box.directory + "/folder"
            try hall.run("mkdir -p \(folder) && mount -t tmpfs outer \(folder) && mount --make-rshared \(folder)")
            box.addMount("/mnt", type: "bind", source: folder, options: ["rbind", option])
            let found = try mount("/mnt", in: table(box))?.optional
            if field.isEmpty {
                #expect(found == "")
            } else {
                #expect(found?.contains(field) == true, "\(found ?? "none")")
            }
        }
    }

    @Test(.clause("config.md#linux-mount-options"))
    func tmpcopyupCopiesWhatTheRootHasThere() throws {
        try Box.with { (box) throws in
            box.addMount("/etc", type: "tmpfs", source: "tmpfs", options: ["tmpcopyup"])
            let text = try box.output(of: "grep -q ' /etc ' /proc/mounts && cat /etc/passwd && touch /etc/new")
            #expect(text == Command.text(box.rootfs + "/etc/passwd").trimmingCharacters(in: .whitespacesAndNewlines))
            #expect(access(box.rootfs + "/etc/new", F_OK) != 0)
        }
    }

    @Test(.clause("config.md#linux-mount-options"))
    func anIdmappedBindShowsMappedOwners() throws {
        try Box.with { (box) throws in
            let folder = box.directory + "/folder"
            mkdir(folder, 0o755)
            try Data().write(to: URL(filePath: folder + "/file"))
            chown(folder + "/file", 1000, 1000)
            box.addMount("/mnt", type: "bind", source: folder, options: ["bind", "idmap"])
            var mounts = box.config["mounts"].items
            let mapping: JSON = [["containerID": 1000, "hostID": 5000, "size": 10]]
            mounts[mounts.count - 1]["uidMappings"] = mapping
            mounts[mounts.count - 1]["gidMappings"] = mapping
            box.config["mounts"] = .array(mounts)
            #expect(try box.output(of: "stat -c '%u %g' /mnt/file") == "5000 5000")
        }
    }

    @Test(.clause("config.md#mounts"))
    func aSourceThatIsNotThereIsRefused() throws {
        try Box.with { (box) throws in
            box.addMount("/mnt", type: "bind", source: box.directory + "/nowhere", options: ["bind"])
            try box.expectRefusal(of: box.create())
        }
    }

    @Test(.clause("config.md#mounts"))
    func aRelativeDestinationIsBelowTheRoot() throws {
        try Box.with { (box) throws in
            box.addMount("mnt", type: "tmpfs", source: "tmpfs")
            // Deprecated by the specification, so a refusal is right as well.
            let outcome = try box.run("grep -q ' /mnt ' /proc/mounts && echo mounted")
            #expect(outcome.code != 0 || outcome.trimmed == "mounted")
        }
    }

    @Test(.clause("config.md#mounts"))
    func aDestinationThroughALinkStaysInsideTheRoot() throws {
        try Box.with { (box) throws in
            let outside = box.directory + "/outside"
            mkdir(outside, 0o755)
            symlink(outside, box.rootfs + "/escape")
            box.addMount("/escape/deep", type: "tmpfs", source: "tmpfs")
            let outcome = try box.run("true")
            #expect(access(outside + "/deep", F_OK) != 0, "a place was made outside (code \(outcome.code))")
        }
    }

    @Test(.clause("config.md#mounts"))
    func procShowsTheContainersOwnProcesses() throws {
        try Box.with { (box) throws in
            let numbers = try box.output(of: "cd /proc && ls -d [0-9]*").split(whereSeparator: \.isWhitespace)
                .compactMap { Int($0) }
            #expect(numbers.contains(1))
            #expect((numbers.max() ?? 99) < 50)
        }
    }

    @Test(.clause("config.md#mounts"))
    func theCgroupMountShowsTheContainersOwnCgroups() throws {
        try Box.with { (box) throws in
            try box.needsCgroups()
            box.addMount("/sys", type: "sysfs", source: "sysfs", options: ["nosuid", "noexec", "nodev", "ro"])
            box.addMount(
                "/sys/fs/cgroup", type: "cgroup", source: "cgroup",
                options: ["nosuid", "noexec", "nodev", "relatime", "ro"])
            let text = try table(box)
            #expect(text.contains(" /sys/fs/cgroup"))
            let first = CgroupTree.isUnified ? "/sys/fs/cgroup" : "/sys/fs/cgroup/memory"
            let found = mount(first, in: text)
            #expect(found?.options.contains("ro") == true)
            #expect(found?.type == (CgroupTree.isUnified ? "cgroup2" : "cgroup"))
            let procs = try box.run("cat \(first)/cgroup.procs").trimmed
            #expect(procs.split(separator: "\n").contains("1"), "the mount does not show the container's own cgroup")
        }
    }
}
