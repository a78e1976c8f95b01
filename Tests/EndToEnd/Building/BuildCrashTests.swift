import Foundation
import Harness
import Testing

/// Builds that are killed or stopped leave nothing behind, and what they had finished is used.
@Suite(.needsRoot, .serialized)
struct BuildCrashTests {
    private static let rounds = 60

    /// Three steps, the last of which never ends; `mark` is in its command line.
    private func endless(_ place: Workplace, mark: String) throws -> String {
        try place.context([
            "Dockerfile": """
            FROM busybox
            RUN echo first > /first
            COPY word /word
            RUN echo started && sleep \(mark)
            """,
            "word": "here",
        ])
    }

    /// What a build may leave in the root: nothing that is being made, no container.
    private func remains(in place: Workplace) throws -> [String] {
        let files = FileManager.default
        return ["staging", "containers"].flatMap { folder in
            ((try? files.contentsOfDirectory(atPath: "\(place.root)/\(folder)")) ?? []).filter {
                !$0.hasSuffix(".lock")
            }
            .map { "\(folder)/\($0)" }
        }
    }

    /// Interfaces of containers that stand in the workplace's network namespace.
    private func interfaces() -> [String] {
        NetworkSpace.interfaces().filter { $0 != "lo" && !$0.hasPrefix("spyhop") && !$0.hasPrefix("br-") }
    }

    @Test(arguments: [SIGINT, SIGTERM, SIGKILL])
    func aBuildThatIsStoppedEndsItsStepAndKeepsTheOthers(_ signal: Int32) throws {
        try Workplace.with { (place) throws in
            let mark = "99\(Int.random(in: 100_000..<1_000_000))"
            let context = try endless(place, mark: mark)
            let output = place.directory + "/told"
            let build = try Command.start(
                [Workplace.spyhop, "build", "--progress", "plain", "-t", "app", context],
                environment: place.environment,
                output: output)
            try place.eventually("the step runs") { Command.text(output).contains("started") }
            place.watchCgroups(of: "sleep \(mark)")
            build.signal(signal)
            let code = build.wait()
            #expect(code == 128 + signal, "\(Command.text(output))")
            try place.eventually("the step is gone") { HostTraces.processes(mentioning: "sleep \(mark)").isEmpty }
            try place.eventually("nothing of it stands") { place.leftovers().isEmpty && interfaces().isEmpty }
            try (Command.text(context + "/Dockerfile").replacingOccurrences(of: "sleep \(mark)", with: "true")).write(
                toFile: context + "/Dockerfile", atomically: true, encoding: .utf8)
            let log = try place.built("-t", "app", context)
            #expect(log.state(of: "RUN echo first") == .cached, "\(log)")
            #expect(log.state(of: "COPY word") == .cached, "\(log)")
            #expect(log.state(of: "RUN echo started") == .done, "\(log)")
            #expect(try remains(in: place) == [])
            #expect(try place.missingContent() == [])
        }
    }

    @Test func killsAtRandomMomentsLeaveNothingAndLoseNothing() throws {
        let seed = UInt64.random(in: 0 ... .max)
        var numbers = SeededNumbers(seed: seed)
        try Workplace.with { (place) throws in
            let context = try place.context([
                "Dockerfile": """
                FROM busybox AS one
                ARG ROUND
                RUN echo $ROUND > /one && dd if=/dev/zero of=/big bs=65536 count=64 2>/dev/null
                FROM busybox AS two
                ARG ROUND
                COPY word /word
                RUN echo $ROUND > /two
                FROM busybox
                COPY --from=one /one /big /
                COPY --from=two /two /
                RUN cat /one /two > /all
                """,
                "word": "here",
            ])
            let begin = DispatchTime.now().uptimeNanoseconds
            try place.built("-t", "app", "--build-arg", "ROUND=whole", context)
            let longest = UInt32(clamping: (DispatchTime.now().uptimeNanoseconds - begin) / 1000)
            for round in 0..<Self.rounds {
                let victim = try place.start(
                    "build", "-q", "-t", "app", "--build-arg", "ROUND=\(round)", context)
                usleep(UInt32.random(in: 0...longest, using: &numbers))
                place.watchCgroups(of: "/one && dd")
                victim.signal(SIGKILL)
                victim.wait()
                let lost = try place.missingContent()
                #expect(lost == [], "seed \(seed), round \(round)")
                // The same build again has to find what the killed one finished, and to be right.
                guard round % 10 == 9 else { continue }
                try place.built("-t", "app", "--build-arg", "ROUND=\(round)", context)
                #expect(try place.output(of: "app", "cat", "/all") == "\(round)\n\(round)\n", "seed \(seed)")
            }
            try place.eventually("nothing stands") { place.leftovers().isEmpty && interfaces().isEmpty }
            #expect(try place.transfer("image", "verify").code == 0, "seed \(seed)")
            try place.succeed("rmi", "app", "busybox")
            try place.succeed("builder", "prune", "--all", "--force")
            try place.succeed("image", "prune", "--all", "--force")
            #expect(try place.storedFiles() == [], "seed \(seed)")
            #expect(try remains(in: place) == [], "seed \(seed)")
        }
    }

    @Test func buildsAtOnceDoNotDisturbEachOther() throws {
        try Workplace.with { (place) throws in
            let context = try place.context([
                "Dockerfile":
                    "FROM busybox\nARG ROUND\nRUN echo same > /same\nRUN echo $ROUND > /round\nCOPY word /word\n",
                "word": "here",
            ])
            let builds = try (0..<6).map { number in
                try place.start("build", "-q", "-t", "app\(number)", "--build-arg", "ROUND=\(number % 3)", context)
            }
            #expect(builds.map { $0.wait() } == Array(repeating: 0, count: 6))
            for number in 0..<6 {
                #expect(try place.output(of: "app\(number)", "cat", "/same", "/round") == "same\n\(number % 3)\n")
            }
        }
    }

    @Test func aFailedStepIsNotKeptAndNothingOfItStays() throws {
        try Workplace.with { (place) throws in
            let context = try place.context([
                "Dockerfile": "FROM busybox\nRUN echo kept > /kept\nRUN echo half > /half; exit 3\n"
            ])
            for _ in 0..<2 {
                let outcome = try place.build("-t", "app", context)
                #expect(outcome.code == 1)
                #expect(outcome.errors.contains("exit code: 3"), "\(outcome.errors)")
                #expect(try remains(in: place) == [])
            }
            #expect(try place.run("image", "inspect", "app").code != 0)
            #expect(try place.build(context).errors.contains("CACHED"))
        }
    }
}
