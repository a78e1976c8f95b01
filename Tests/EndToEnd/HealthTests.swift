import Foundation
import Harness
import Testing

@Suite(.needsRoot)
struct HealthTests {
    private static let fast = ["--health-interval", "20ms", "--health-timeout", "5s"]

    private func health(_ place: Workplace, _ name: String) throws -> String {
        try place.run("inspect", "-f", "{{.State.Health.Status}}", name).trimmed
    }

    /// Five rounds of 20 ms follow each other however long the machine takes for one; the bound only ends a hang.
    private func start(_ place: Workplace, _ name: String, _ check: String, _ options: String...) throws {
        let words = ["run", "-d", "--name", name] + Self.fast + options + ["--health-cmd", check]
        let outcome = try place.run(words + ["busybox", "sleep", "1000"])
        #expect(outcome.code == 0, "\(outcome.errors)")
        place.watch(outcome.trimmed)
    }

    @Test func aContainerBecomesHealthyUnhealthyAndHealthyAgain() throws {
        try Workplace.with { (place) throws in
            try start(place, "box", "test -e /well && echo fine; test -e /well")
            try place.eventually("unhealthy") { try health(place, "box") == "unhealthy" }
            #expect(try place.run("ps", "--format", "{{.Status}}").trimmed.hasSuffix("(unhealthy)"))
            #expect(try place.run("ps", "-q", "--filter", "health=unhealthy").lines.count == 1)
            let streak = try place.run("inspect", "-f", "{{.State.Health.FailingStreak}}", "box").trimmed
            #expect(Int(streak) ?? 0 >= 3)
            try place.run("exec", "box", "touch", "/well")
            try place.eventually("healthy") { try health(place, "box") == "healthy" }
            #expect(try place.run("ps", "--format", "{{.Status}}").trimmed.hasSuffix("(healthy)"))
            #expect(try place.run("ps", "-q", "--filter", "health=unhealthy").lines.isEmpty)
            let format =
                "{{.State.Health.FailingStreak}} {{(index .State.Health.Log 4).ExitCode}} "
                + "{{(index .State.Health.Log 4).Output}}"
            try place.eventually("five good results") {
                try place.run("inspect", "-f", format, "box").trimmed == "0 0 fine"
            }
            #expect(try place.run("inspect", "-f", "{{len .State.Health.Log}}", "box").trimmed == "5")
            let events = try place.run(
                "events", "--since", "1h", "--until", "0s", "--filter", "event=health_status", "--format", "{{.Action}}"
            )
            #expect(events.lines == ["health_status: unhealthy", "health_status: healthy"])
        }
    }

    @Test func failuresInTheStartPeriodDoNotCountAndProbesComeMoreOften() throws {
        try Workplace.with { (place) throws in
            let options = ["--health-interval", "1h", "--health-start-period", "1h", "--health-start-interval", "20ms"]
            let words = ["run", "-d", "--name", "box"] + options + ["--health-retries", "1"]
            try place.run(words + ["--health-cmd", "test -e /well", "busybox", "sleep", "1000"])
            try place.eventually("five failures") {
                try place.run("inspect", "-f", "{{len .State.Health.Log}}", "box").trimmed == "5"
            }
            #expect(try health(place, "box") == "starting")
            #expect(try place.run("ps", "--format", "{{.Status}}").trimmed.hasSuffix("(health: starting)"))
            #expect(try place.run("inspect", "-f", "{{.State.Health.FailingStreak}}", "box").trimmed == "0")
            try place.run("exec", "box", "touch", "/well")
            try place.eventually("healthy") { try health(place, "box") == "healthy" }
        }
    }

    @Test func aProbeThatTakesTooLongFailsInDockersWordsAndIsKilled() throws {
        try Workplace.with { (place) throws in
            try start(place, "box", "echo begun; exec sleep 1234", "--health-timeout", "1s", "--health-retries", "1")
            try place.eventually("unhealthy") { try health(place, "box") == "unhealthy" }
            let first = "{{(index .State.Health.Log 0).ExitCode}} {{(index .State.Health.Log 0).Output}}"
            #expect(
                try place.run("inspect", "-f", first, "box").trimmed == "-1 Health check exceeded timeout (1s): begun")
            try place.run("stop", "-t", "0", "box")
            #expect(HostTraces.processes(mentioning: "sleep 1234").isEmpty)
        }
    }

    @Test func whatCannotBeRunIsTold() throws {
        try Workplace.with { (place) throws in
            let image = #"HEALTHCHECK --interval=20ms --retries=1 CMD ["no-such-program"]"#
            try place.run("import", "--change", image, BusyboxRoot.path, "checked")
            try place.run("run", "-d", "--name", "box", "checked", "sleep", "1000")
            try place.eventually("unhealthy") { try health(place, "box") == "unhealthy" }
            let first = "{{(index .State.Health.Log 0).ExitCode}} {{(index .State.Health.Log 0).Output}}"
            #expect(try place.run("inspect", "-f", first, "box").trimmed.hasPrefix("-1 cannot run the health check"))
            #expect(try place.run("inspect", "-f", first, "box").trimmed.contains("not found"))
            try place.run("run", "-d", "--name", "quiet", "--no-healthcheck", "checked", "sleep", "1000")
            #expect(
                try place.run("ps", "--filter", "name=quiet", "--format", "{{.Status}}").output.contains("(") == false)
            #expect(try place.run("ps", "-q", "--filter", "health=none").lines.count == 1)
        }
    }

    @Test func theProbeRunsAsTheContainerDoes() throws {
        try Workplace.with { (place) throws in
            let check =
                #"echo "$(id -u) $(pwd) $MARK $(grep -c Seccomp:.2 /proc/self/status) $(ls /proc/self/fd | wc -l)""#
            try start(place, "box", check, "-u", "worker", "-w", "/tmp", "-e", "MARK=here")
            try place.eventually("healthy") { try health(place, "box") == "healthy" }
            let output = try place.run("inspect", "-f", "{{(index .State.Health.Log 0).Output}}", "box").trimmed
            #expect(output.hasPrefix("1000 /tmp here 1 "))
            // Three streams, the pipe of the substitution, and the directory that is read.
            #expect(output.hasSuffix(" 4") || output.hasSuffix(" 5"), "\(output)")
        }
    }

    @Test func longOutputIsCut() throws {
        try Workplace.with { (place) throws in
            try start(place, "box", "yes | head -c 100000")
            try place.eventually("healthy") { try health(place, "box") == "healthy" }
            let output = try place.run("inspect", "-f", "{{(index .State.Health.Log 0).Output}}", "box").trimmed
            #expect(output.utf8.count == 4096 + 3 && output.hasSuffix("..."))
        }
    }

    @Test func nothingIsProbedWhilePaused() throws {
        try Workplace.with { (place) throws in
            try start(place, "box", "true")
            try place.eventually("healthy") { try health(place, "box") == "healthy" }
            try place.run("pause", "box")
            let last = "{{range .State.Health.Log}}{{.Start}} {{end}}"
            let before = try place.run("inspect", "-f", last, "box").trimmed
            #expect(try health(place, "box") == "unhealthy")
            usleep(200_000)
            #expect(try place.run("inspect", "-f", last, "box").trimmed == before)
            #expect(try place.run("ps", "--format", "{{.Status}}").trimmed.hasSuffix("(Paused)"))
            try place.run("unpause", "box")
            try place.eventually("healthy again") { try health(place, "box") == "healthy" }
            try place.eventually("probed again") { try place.run("inspect", "-f", last, "box").trimmed != before }
        }
    }

    @Test func aRestartBeginsAnew() throws {
        try Workplace.with { (place) throws in
            try start(place, "box", "test -e /well")
            try place.eventually("unhealthy") { try health(place, "box") == "unhealthy" }
            try place.run("exec", "box", "touch", "/well")
            try place.run("restart", "-t", "0", "box")
            #expect(["starting", "healthy"].contains(try health(place, "box")))
            try place.eventually("healthy") { try health(place, "box") == "healthy" }
            try place.run("stop", "-t", "0", "box")
            #expect(try health(place, "box") == "unhealthy")
        }
    }

    @Test(arguments: [
        ["--health-interval", "-1s"], ["--health-timeout", "fast"], ["--health-retries", "-1"],
        ["--no-healthcheck", "--health-cmd", "true"], ["--health-cmd", "true", "--health-interval", "1us"],
    ])
    func whatMakesNoSenseIsRefused(_ options: [String]) throws {
        try Workplace.with { (place) throws in
            let outcome = try place.run(["run", "--rm"] + options + ["busybox", "true"])
            #expect(outcome.code == 125)
            #expect(outcome.errors.contains("health"))
        }
    }

    @Test func aMonitorWithoutAHealthCheckKeepsNoHealth() throws {
        try Workplace.with { (place) throws in
            try place.run("run", "-d", "--name", "box", "busybox", "sleep", "1000")
            let id = try place.run("inspect", "-f", "{{.Id}}", "box").trimmed
            #expect(!FileManager.default.fileExists(atPath: "\(place.root)/containers/\(id)/health"))
            #expect(try place.run("ps", "--format", "{{.Status}}").output.contains("(") == false)
        }
    }
}
