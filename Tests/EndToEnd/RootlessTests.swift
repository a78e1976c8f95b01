import Foundation
import Harness
import Testing

/// An ordinary user, made for the test, runs everything in his own user namespace.
@Suite(.needsRoot, .enabled(if: Programs.installed("newuidmap") != nil, "needs the package uidmap"))
struct RootlessTests {
    @Test func imagesKeepTheirOwnersInsideAndTheUsersIdsOutside() throws {
        try UserPlace.with { user in
            try user.importImage()
            let inside = try user.run("run", "--rm", "box", "stat", "-c", "%u:%g", "/srv/theirs", "/etc/passwd")
            #expect(inside.lines == ["1000:2000", "0:0"], "\(inside.errors)")
            #expect(try user.run("run", "--rm", "box", "id", "-u").trimmed == "0")
            #expect(try user.run("run", "--rm", "-u", "worker", "box", "id").trimmed.hasPrefix("uid=1000(worker)"))
            let map = try user.run("run", "--rm", "box", "cat", "/proc/self/uid_map").lines
                .map { $0.split(separator: " ").map(String.init) }
            #expect(map == [["0", "\(user.uid)", "1"], ["1", "\(user.firstSubordinate)", "65536"]])
            let layers = try FileManager.default.contentsOfDirectory(atPath: user.root + "/layers")
            let unpacked = try #require(layers.first { !$0.hasSuffix(".json") })
            var facts = stat()
            try #require(stat("\(user.root)/layers/\(unpacked)/srv/theirs", &facts) == 0)
            #expect(facts.st_uid == user.firstSubordinate + 999 && facts.st_gid == user.firstSubordinate + 1999)
        }
    }

    @Test func aContainersWholeLifeNeedsNoRoot() throws {
        try UserPlace.with { user in
            try user.importImage()
            let started = try user.run("run", "-d", "--name", "web", "box", "sh", "-c", "echo begun; sleep 1000")
            #expect(started.code == 0 && started.trimmed.count == 64, "\(started.errors)")
            #expect(started.errors.contains("no cgroups"), "the notice is missing: \(started.errors)")
            #expect(try Command.eventually { try user.run("logs", "web").trimmed == "begun" })
            #expect(try user.run("exec", "web", "sh", "-c", "exit 9").code == 9)
            #expect(try user.run("exec", "-u", "1000:1000", "web", "id", "-u").trimmed == "1000")
            try Data("carried\n".utf8).write(to: URL(filePath: user.home + "/file"))
            chown(user.home + "/file", user.uid, user.uid)
            #expect(try user.run("cp", user.home + "/file", "web:/tmp/file").code == 0)
            #expect(try user.run("exec", "web", "cat", "/tmp/file").trimmed == "carried")
            #expect(try user.run("cp", "web:/etc/passwd", user.home + "/passwd").code == 0)
            #expect(Command.text(user.home + "/passwd").contains("worker:x:1000"))
            #expect(try user.run("exec", "-d", "web", "sleep", "777").code == 0)
            let top = try user.run("top", "web").output
            #expect(top.contains("sleep 1000") && top.contains("sleep 777"), "\(top)")
            let figures = try user.run("stats", "--no-stream", "--format", "{{.CPUPerc}} {{.PIDs}}", "web").trimmed
            #expect(figures.contains("%") && !figures.hasSuffix("--"), "\(figures)")
            #expect(try user.run("stop", "-t", "0", "web").code == 0)
            let again = try user.run("start", "web")
            #expect(again.code == 0 && again.errors == "", "told twice: \(again.errors)")
            #expect(try user.run("inspect", "-f", "{{.State.Status}}", "web").trimmed == "running")
            #expect(try user.run("dashboard", "--once", "--size", "100x20").output.contains("web"))
            #expect(try user.run("rm", "-f", "web").code == 0)
            #expect(try user.run("run", "--rm", "box", "sh", "-c", "exit 42").code == 42)
            #expect(try user.run("run", "--rm", "box", "no-such-program").code == 127)
        }
    }

    @Test func whatTheContainerWritesInABindMountIsTheUsers() throws {
        try UserPlace.with { user in
            try user.importImage()
            let shared = user.home + "/shared"
            mkdir(shared, 0o700)
            chown(shared, user.uid, user.uid)
            let made = try user.run("run", "--rm", "-v", "\(shared):/shared", "box", "touch", "/shared/new")
            #expect(made.code == 0, "\(made.errors)")
            var facts = stat()
            try #require(stat(shared + "/new", &facts) == 0)
            #expect(facts.st_uid == user.uid && facts.st_gid == user.uid)
            // Root inside is nobody of weight outside: what is the real root's stays unwritable.
            let refused = try user.run("run", "--rm", "-v", "/etc:/host", "box", "touch", "/host/spyhop-was-here")
            #expect(refused.code == 1 && refused.errors.contains("Permission denied"), "\(refused)")
        }
    }

    @Test func replacedDirectoriesHideWhatTheImageHas() throws {
        try UserPlace.with { user in
            try user.importImage()
            let script = "rm -r /srv && mkdir /srv && echo mine > /srv/mine && rm /bin/yes"
            #expect(try user.run("run", "--name", "changed", "box", "sh", "-c", script).code == 0)
            let changes = try user.run("diff", "changed").lines
            #expect(changes.contains("A /srv/mine") && changes.contains("D /srv/theirs"), "\(changes)")
            #expect(changes.contains("D /bin/yes"))
            let copy = try user.run("cp", "changed:/srv/theirs", user.home + "/theirs")
            #expect(copy.code == 1, "an opaque directory shows what it hides: \(copy)")
            #expect(try user.run("cp", "changed:/srv/mine", user.home + "/mine").code == 0)
        }
    }

    @Test(.enabled(if: Programs.installed("fuse-overlayfs") != nil, "needs the package fuse-overlayfs"))
    func fuseOverlayStandsInForTheKernels() throws {
        try UserPlace.with { user in
            try user.importImage()
            let fuse = UserPlace.Surroundings(usesFuse: true)
            let mounted = try user.run(
                "run", "--rm", "box", "grep", " / / ", "/proc/self/mountinfo", surroundings: fuse)
            #expect(mounted.output.contains("fuse.fuse-overlayfs"), "\(mounted)")
            let owners = try user.run(
                "run", "--rm", "-u", "worker", "box", "stat", "-c", "%u", "/srv/theirs", surroundings: fuse)
            #expect(owners.trimmed == "1000", "\(owners)")
            let script = "rm -r /srv && mkdir /srv && echo mine > /srv/mine; sleep 1000"
            #expect(try user.run("run", "-d", "--name", "web", "box", "sh", "-c", script, surroundings: fuse).code == 0)
            #expect(
                try Command.eventually {
                    try user.run("exec", "web", "ls", "/srv", surroundings: fuse).trimmed == "mine"
                })
            let changes = try user.run("diff", "web", surroundings: fuse).lines
            #expect(changes.contains("A /srv/mine") && changes.contains("D /srv/theirs"), "\(changes)")
            #expect(try user.run("stop", "-t", "0", "web", surroundings: fuse).code == 0)
            let isAlone = Command.eventually { !user.processes().contains { $0.contains("fuse-overlayfs") } }
            #expect(isAlone, "the mount outlives the container: \(user.processes())")
            #expect(try user.run("rm", "web", surroundings: fuse).code == 0)
        }
    }

    @Test func containersStayWithinReachWhenTheKeeperIsKilled() throws {
        try UserPlace.with { user in
            try user.importImage()
            #expect(try user.run("run", "-d", "--name", "web", "box", "sleep", "1000").code == 0)
            let first = try #require(user.keeper)
            let namespace = try user.run("exec", "web", "readlink", "/proc/self/ns/user").trimmed
            kill(first, SIGKILL)
            #expect(Command.eventually { !user.processes().contains { $0.hasPrefix("\(first) ") } })
            let after = try user.run("exec", "web", "readlink", "/proc/self/ns/user")
            #expect(after.trimmed == namespace, "\(after.errors)")
            #expect(try #require(user.keeper) != first)
            let fresh = try user.run("run", "--rm", "box", "readlink", "/proc/self/ns/user").trimmed
            #expect(fresh == namespace)
            #expect(try user.run("stop", "-t", "0", "web").code == 0)
        }
    }

    @Test func commandsAtOnceOnAFreshRootShareOneNamespace() throws {
        try UserPlace.with { user in
            try user.importImage()
            user.endKeeper()
            #expect(Command.eventually { user.processes().isEmpty })
            let words = ["run", "--rm", "--network", "none", "box", "readlink", "/proc/self/ns/user"]
            let children = try (0..<6).map { number in
                try Command.start(user.spyhop(words), output: "\(user.directory)/out\(number)")
            }
            for child in children { #expect(child.wait() == 0) }
            let outputs = (0..<6).map { Command.text("\(user.directory)/out\($0)") }
            #expect(Set(outputs.compactMap { $0.split(separator: "\n").last }).count == 1, "\(outputs)")
            #expect(user.processes().count == 1, "more than the keeper: \(user.processes())")
        }
    }

    @Test func aTerminalWorks() throws {
        try UserPlace.with { user in
            try user.importImage()
            let words = user.spyhop(["run", "--rm", "-it", "box", "sh"])
            let terminal = try PseudoTerminal(words, environment: [])
            terminal.type("tty; id -u; exit 5\r")
            let code = try terminal.child.wait(seconds: 60)
            #expect(code == 5)
        }
    }

    @Test func withASingleIdForeignOwnersAreRefusedInWords() throws {
        try UserPlace.with { user in
            let bare = UserPlace.Surroundings(hasSubordinates: true, hasMapTools: false)
            let archive = try user.archive()
            let refused = try user.run("import", archive, "box", surroundings: bare)
            #expect(refused.code != 0 && refused.errors.contains("its owner 1000:2000"), "\(refused.errors)")
            #expect(refused.errors.contains("apt-get install uidmap"), "\(refused.errors)")
            let plain = try user.run("import", try user.archive(foreign: false), "plain", surroundings: bare)
            #expect(plain.code == 0, "\(plain.errors)")
            #expect(plain.errors == "", "told twice: \(plain.errors)")
            let ran = try user.run(
                "run", "--rm", "--network", "none", "plain", "id", "-u", surroundings: bare)
            #expect(ran.trimmed == "0", "\(ran.errors)")
            let ungranted = UserPlace.Surroundings(hasSubordinates: false)
            #expect(
                try user.run("run", "--rm", "--network", "none", "plain", "true", surroundings: ungranted).code == 0)
            // Once he has been granted ids, the next command has them.
            #expect(try user.run("import", archive, "box").code == 0)
            #expect(try user.run("run", "--rm", "box", "stat", "-c", "%u", "/srv/theirs").trimmed == "1000")
        }
    }

    @Test func aDirectoryOfTheHostsRootIsTheContainersRoots() throws {
        try UserPlace.with { user in
            let made = try user.run("import", BusyboxRoot.path, "box")
            #expect(made.code == 0, "\(made.errors)")
            let owner = try user.run("run", "--rm", "box", "stat", "-c", "%u:%g", "/etc/passwd")
            #expect(owner.trimmed == "0:0", "\(owner.errors)")
        }
    }

    @Test func whatNeedsACgroupSaysSo() throws {
        try UserPlace.with { user in
            try user.importImage()
            #expect(try user.run("run", "-d", "--name", "web", "box", "sleep", "1000").code == 0)
            let paused = try user.run("pause", "web")
            #expect(paused.code == 1 && paused.errors.contains("no cgroup"), "\(paused)")
            let limited = try user.run("run", "--rm", "-m", "32m", "box", "true")
            #expect(limited.code == 0 && limited.errors.contains("memory"), "\(limited)")
        }
    }

    @Test func theHostsNetworkIsSeenOnRequest() throws {
        try UserPlace.with { user in
            try user.importImage()
            let own = try user.run("run", "--rm", "--network", "none", "box", "ls", "/sys/class/net").trimmed
            #expect(own == "lo")
            let host = try user.run("run", "--rm", "--network", "host", "box", "readlink", "/proc/self/ns/net")
            let expected = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/thread-self/ns/net")
            #expect(host.trimmed == expected, "\(host.errors)")
        }
    }
}
