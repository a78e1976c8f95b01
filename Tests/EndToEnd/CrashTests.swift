import Foundation
import Harness
import Testing

/// Kills at random moments: no record is lost, and nothing stays behind.
@Suite(.needsRoot, .serialized)
struct CrashTests {
    @Test func killingTheRunCommandAtRandomMomentsLeavesNothingStray() throws {
        try Workplace.with { (place) throws in
            try place.run("run", "-d", "--name", "bystander", "busybox", "sleep", "1000")
            for round in 0..<10 {
                let victim = try place.start(
                    "run", "--rm", "--name", "victim\(round)", "busybox", "sh", "-c", "echo hi; sleep 0.05")
                usleep(UInt32.random(in: 0...120_000))
                victim.signal(SIGKILL)
                victim.wait()
                #expect(try place.state("bystander") == "running")
            }
            try place.eventually("victims are gone") {
                try place.run("ps", "-a", "--filter", "name=victim", "--filter", "status=running", "-q").output == ""
            }
            let left = try place.run("ps", "-a", "--format", "{{.Names}} {{.State}}").lines
            #expect(left.contains("bystander running"))
            for row in left where row != "bystander running" {
                #expect(row.hasSuffix(" created") || row.hasSuffix(" exited"), "\(row)")
            }
        }
    }

    @Test func killingMonitorsIsToldAndCleanedUp() throws {
        try Workplace.with { (place) throws in
            for round in 0..<10 {
                let name = "c\(round)"
                let identifier = try place.run(
                    "run", "-d", "--name", name, "busybox", "sh", "-c", "while :; do echo tick; usleep 5000; done"
                ).trimmed
                place.watch(identifier)
                usleep(UInt32.random(in: 0...100_000))
                let monitor = try #require(pid_t(try place.run("inspect", "-f", "{{.Monitor.Pid}}", name).trimmed))
                kill(monitor, SIGKILL)
                try place.eventually("the end is told") { try place.state(name) == "exited" }
                #expect(try place.run("inspect", "-f", "{{.State.ExitCode}}", name).trimmed == "137")
                let ticks = try place.run("logs", name).lines
                #expect(ticks.allSatisfy { $0 == "tick" })
                #expect(HostTraces.cgroups(of: [identifier]) == [])
                #expect(try place.run("start", name).code == 0)
                #expect(try place.state(name) == "running")
            }
        }
    }

    @Test func killingAnyCommandLeavesEveryRecordUsable() throws {
        try Workplace.with { (place) throws in
            let archive = place.directory + "/image.tar"
            try place.run("save", "-o", archive, "busybox")
            let commands = [
                ["create", "--name", "box", "busybox", "sleep", "1000"], ["start", "box"],
                ["exec", "-d", "box", "sleep", "1000"], ["stop", "-t", "0", "box"], ["restart", "-t", "0", "box"],
                ["rm", "-f", "box"], ["load", "-i", archive],
                ["run", "-d", "--name", "box", "busybox", "sleep", "1000"],
                ["import", BusyboxRoot.path, "other"], ["rmi", "other"],
            ]
            for round in 0..<60 {
                let chosen = [commands[round % commands.count], commands.randomElement() ?? commands[0]]
                let victims = try chosen.map { try place.start($0) }
                usleep(UInt32.random(in: 0...40_000))
                for victim in victims {
                    victim.signal(SIGKILL)
                    victim.wait()
                }
                place.watch(try place.run("inspect", "-f", "{{.Id}}", "box").trimmed)
            }
            for name in try place.run("ps", "-aq").lines {
                #expect(try place.run("start", name).code == 0)
                #expect(try place.run("rm", "-f", name).code == 0)
            }
            #expect(try place.run("ps", "-aq").lines == [])
            #expect(try place.run("run", "--rm", "busybox", "echo", "fine").trimmed == "fine")
            let containers = try FileManager.default.contentsOfDirectory(atPath: place.root + "/containers")
            #expect(containers == [])
            // Networks stay, with the file that their users take turns by; a lease goes right after its container's end.
            try place.eventually("nothing of a container is left in the run root") {
                try FileManager.default.subpathsOfDirectory(atPath: place.root + "/run").allSatisfy { name in
                    name.hasSuffix(".lock") || name == "networks"
                        || name.hasPrefix("networks/") && name.split(separator: "/").count == 2
                }
            }
        }
    }

    @Test func killingEverythingAtOnceIsSurvived() throws {
        try Workplace.with { (place) throws in
            for name in ["one", "two", "three"] {
                place.watch(try place.run("run", "-d", "--name", name, "busybox", "sleep", "1000").trimmed)
            }
            for line in HostTraces.processes(mentioning: place.root) {
                if let pid = line.split(separator: " ").dropFirst().first.flatMap({ pid_t($0) }) { kill(pid, SIGKILL) }
            }
            for name in ["one", "two", "three"] {
                let identifier = try place.run("inspect", "-f", "{{.Monitor.Pid}}", name).trimmed
                if let pid = pid_t(identifier), pid > 0 { kill(pid, SIGKILL) }
            }
            try place.eventually("all are told as ended") {
                try place.run("ps", "-a", "--format", "{{.State}}").lines == ["exited", "exited", "exited"]
            }
            #expect(try place.run("start", "one", "two", "three").code == 0)
            #expect(try place.run("ps", "--format", "{{.State}}").lines == ["running", "running", "running"])
        }
    }

    @Test func concurrentCommandsDoNotDisturbEachOther() throws {
        try Workplace.with { (place) throws in
            let children = try (0..<12).map {
                try place.start("run", "-d", "--name", "same\($0 % 6)", "busybox", "sleep", "1000")
            }
            let codes = children.map { $0.wait() }
            #expect(codes.filter { $0 == 0 }.count == 6)
            #expect(codes.filter { $0 == 125 }.count == 6)
            #expect(try place.run("ps", "-q").lines.count == 6)
        }
    }
}
