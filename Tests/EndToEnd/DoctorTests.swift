import Foundation
import Harness
import Testing

/// `doctor` looks at the real host, as root and as an ordinary user.
@Suite(.needsRoot)
struct DoctorTests {
    private struct Report: Decodable {
        struct Finding: Decodable {
            var Name: String
            var State: String
            var Seen: String
            var For: String
            var Remedy: String
        }
        var CanRun: Bool
        var Findings: [Finding]

        func state(_ name: String) -> String { Findings.first { $0.Name == name }?.State ?? "not looked at" }
    }

    private func report(_ outcome: Outcome) throws -> Report {
        try JSONDecoder().decode(Report.self, from: Data(outcome.output.utf8))
    }

    @Test func rootIsToldThatContainersRunAndLeavesNothing() throws {
        try Workplace.with(image: false) { place in
            let outcome = try place.run("doctor", "--format", "json")
            #expect(outcome.code == 0, "\(outcome)")
            let report = try report(outcome)
            #expect(report.CanRun)
            for name in ["overlay", "proc", "openat2", "seccomp", "pid namespace", "spyhop-monitor"] {
                #expect(report.state(name) == "ok", "\(name): \(outcome.output)")
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: place.root) == [])
            let table = try place.run("doctor")
            #expect(
                table.lines.first?.hasPrefix("CHECK") == true && table.lines.last?.hasPrefix("Containers run") == true)
            #expect(try place.run("doctor", "--format", "{{.Name}}").lines.count == report.Findings.count)
        }
    }

    @Test(.enabled(if: Programs.installed("newuidmap") != nil, "needs the package uidmap"))
    func aUserIsToldWhatHeLacksAndHowToGetIt() throws {
        try UserPlace.with { user in
            let complete = try report(try user.run("doctor", "--format", "json"))
            #expect(complete.CanRun && complete.state("subordinate ids") == "ok")
            #expect(complete.state("user namespace") == "ok" && complete.state("overlay") == "ok")
            let bare = UserPlace.Surroundings(hasMapTools: false)
            let lacking = try user.run("doctor", "--format", "json", surroundings: bare)
            #expect(lacking.code == 0, "one id is enough to run: \(lacking)")
            let ids = try #require(try report(lacking).Findings.first { $0.Name == "subordinate ids" })
            #expect(ids.State == "limited" && ids.Remedy == "apt-get install uidmap")
            let ungranted = try user.run(
                "doctor", "--quiet", surroundings: UserPlace.Surroundings(hasSubordinates: false))
            #expect(ungranted.output.contains("usermod --add-subuids"), "\(ungranted)")
            #expect(user.keeper == nil, "looking makes no namespace that lasts")
        }
    }

    /// No host is without namespaces here, but a monitor can be.
    @Test func aMissingMonitorIsAnExitCodeOfOne() throws {
        try Workplace.with(image: false) { place in
            let alone = place.directory + "/spyhop"
            // By a process of its own: a descriptor open for writing here would be inherited by whatever another test starts
            // just then, and the kernel executes no file that somebody can write.
            #expect(try Command.run(["/bin/cp", Programs.spyhop, alone], scratch: place.directory).code == 0)
            let outcome = try Command.run(
                [alone, "--root", place.root, "doctor", "--quiet"], scratch: place.directory, seconds: 60)
            #expect(outcome.code == 1 && outcome.output.contains("spyhop-monitor"), "\(outcome)")
        }
    }
}
