import Foundation
import Harness
import Testing

@Suite(.needsRoot)
struct LifecycleTests {
    @Test func containerGoesThroughItsWholeLife() throws {
        try Workplace.with { (place) throws in
            let created = try place.run("create", "--name", "life", "busybox", "sleep", "1000")
            #expect(created.trimmed.count == 64)
            place.watch(created.trimmed)
            #expect(try place.state("life") == "created")
            #expect(try place.run("start", "life").output == "life\n")
            #expect(try place.state("life") == "running")
            #expect(try place.run("pause", "life").code == 0)
            #expect(try place.state("life") == "paused")
            #expect(try place.run("pause", "life").code == 1)
            #expect(try place.run("exec", "life", "true").code != 0)
            #expect(try place.run("unpause", "life").code == 0)
            #expect(try place.run("exec", "life", "sh", "-c", "exit 6").code == 6)
            #expect(try place.run("rm", "life").code == 1)
            #expect(try place.run("rename", "life", "other").code == 0)
            #expect(try place.run("restart", "-t", "0", "other").code == 0)
            #expect(try place.state("other") == "running")
            #expect(try place.run("kill", "-s", "KILL", "other").code == 0)
            #expect(try place.run("wait", "other").output == "137\n")
            #expect(try place.state("other") == "exited")
            #expect(try place.run("kill", "other").code == 1)
            #expect(try place.run("stop", "other").code == 0)
            #expect(try place.run("rm", "other").output == "other\n")
            #expect(try place.run("inspect", "other").code == 1)
        }
    }

    @Test func stopSendsTheStopSignalAndThenKills() throws {
        try Workplace.with { (place) throws in
            let polite = "trap 'echo bye; exit 3' TERM; echo ready; while :; do sleep 0.05; done"
            try place.run("run", "-d", "--name", "polite", "busybox", "sh", "-c", polite)
            try place.eventually("ready") { try place.run("logs", "polite").output == "ready\n" }
            #expect(try place.run("stop", "polite").code == 0)
            #expect(try place.run("logs", "polite").output == "ready\nbye\n")
            #expect(try place.run("inspect", "-f", "{{.State.ExitCode}}", "polite").trimmed == "3")
            try place.run(
                "run", "-d", "--name", "deaf", "busybox", "sh", "-c",
                "trap '' TERM; echo ready; while :; do sleep 0.05; done")
            try place.eventually("ready") { try place.run("logs", "deaf").output == "ready\n" }
            #expect(try place.run("stop", "-t", "1", "deaf").code == 0)
            #expect(try place.run("inspect", "-f", "{{.State.ExitCode}}", "deaf").trimmed == "137")
        }
    }

    @Test func runningContainersOutliveTheirCommand() throws {
        try Workplace.with { (place) throws in
            let started = try place.run(
                "run", "-d", "--name", "web", "--label", "tier=front", "busybox", "sleep", "1000")
            let row = try place.run("ps", "--format", "{{.Names}} {{.Image}} {{.State}} {{.Label \"tier\"}}")
            #expect(row.output == "web busybox running front\n")
            #expect(try place.run("ps", "-q", "--no-trunc").trimmed == started.trimmed)
            #expect(try place.run("ps", "-q", "--filter", "label=tier=back").output == "")
            #expect(try place.run("top", "web").output.contains("sleep 1000"))
            let table = try place.run("ps").lines
            #expect(table.first?.hasPrefix("CONTAINER ID   IMAGE") == true)
            #expect(table.last?.contains("Up ") == true)
        }
    }

    @Test func namesAreUniqueAndPrefixesOfIdentifiersWork() throws {
        try Workplace.with { (place) throws in
            let first = try place.run("create", "--name", "one", "busybox").trimmed
            let taken = try place.run("create", "--name", "one", "busybox")
            #expect(taken.code == 125)
            #expect(taken.errors.contains("one"))
            #expect(try place.run("inspect", "-f", "{{.Name}}", String(first.prefix(8))).trimmed == "/one")
            #expect(try place.run("rm", String(first.prefix(12))).code == 0)
            #expect(try place.run("rm", "one").code == 1)
        }
    }

    @Test func restartPoliciesWorkWithNobodyWatching() throws {
        try Workplace.with { (place) throws in
            try place.run(
                "run", "-d", "--name", "retry", "--restart", "on-failure:2", "busybox", "sh", "-c", "echo try; exit 1")
            try place.eventually("gave up") { try place.state("retry") == "exited" }
            #expect(try place.run("logs", "retry").output == "try\ntry\ntry\n")
            #expect(try place.run("inspect", "-f", "{{.RestartCount}}", "retry").trimmed == "2")
            try place.run(
                "run", "-d", "--name", "always", "--restart", "always", "busybox", "sh", "-c", "echo up; sleep 0.1")
            try place.eventually("started again") { try place.run("logs", "always").lines.count >= 3 }
            #expect(try place.run("stop", "always").code == 0)
            #expect(try place.state("always") == "exited")
        }
    }

    @Test func detachedContainersRemoveThemselves() throws {
        try Workplace.with { (place) throws in
            let identifier = try place.run("run", "-d", "--rm", "--name", "gone", "busybox", "sleep", "0.2").trimmed
            place.watch(identifier)
            try place.eventually("removed by itself") { try place.run("ps", "-aq").output == "" }
        }
    }

    @Test func eventsTellWhatHappened() throws {
        try Workplace.with { (place) throws in
            try place.run("run", "--name", "told", "busybox", "sh", "-c", "exit 3")
            try place.run("rm", "told")
            let outcome = try place.run(
                "events", "--since", "10m", "--until", "0s", "--filter", "type=container", "--format", "{{.Action}}")
            #expect(outcome.lines.filter { $0 != "attach" } == ["create", "start", "die", "destroy"])
            let die = try place.run("events", "--since", "10m", "--until", "0s", "--filter", "event=die")
            #expect(die.output.contains("exitCode=3"))
            #expect(die.output.contains("name=told"))
        }
    }

    @Test func eventsBearTheNewNameAfterRename() throws {
        try Workplace.with { (place) throws in
            try place.run("run", "-d", "--name", "before", "busybox", "sleep", "1000")
            try place.run("rename", "before", "after")
            try place.run("pause", "after")
            try place.run("unpause", "after")
            try place.run("stop", "-t", "0", "after")
            try place.run("start", "after")
            let format = "{{.Action}} {{.Actor.Attributes.name}}"
            let told = try place.run("events", "--since", "10m", "--until", "0s", "--format", format).lines
            #expect(told.contains("start before"))
            for action in ["rename", "pause", "unpause", "die", "stop", "start"] {
                #expect(told.contains("\(action) after"), "\(action)")
            }
        }
    }

    @Test func filesAreCopiedBothWaysRunningOrNot() throws {
        try Workplace.with { (place) throws in
            let here = place.directory + "/letter"
            try "to the deep\n".write(toFile: here, atomically: true, encoding: .utf8)
            try place.run("run", "-d", "--name", "box", "busybox", "sleep", "1000")
            #expect(try place.run("cp", here, "box:/tmp/letter").code == 0)
            #expect(try place.run("exec", "box", "cat", "/tmp/letter").output == "to the deep\n")
            try place.run(
                "exec", "box", "sh", "-c", "echo answer > /root/answer; ln -s /etc/passwd /tmp/link; rm /bin/vi")
            let changes = try place.run("diff", "box").lines
            #expect(
                changes == [
                    "C /bin", "D /bin/vi", "C /root", "A /root/answer", "C /tmp", "A /tmp/letter", "A /tmp/link",
                ])
            try place.run("stop", "-t", "0", "box")
            #expect(try place.run("cp", "box:/root/answer", place.directory + "/got").code == 0)
            #expect(Command.text(place.directory + "/got") == "answer\n")
            #expect(try place.run("cp", here, "box:/root/again").code == 0)
            try place.run("start", "box")
            #expect(try place.run("exec", "box", "cat", "/root/again").output == "to the deep\n")
        }
    }
}
