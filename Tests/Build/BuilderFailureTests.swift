import Build
import Engine
import Glibc
import LinuxSystem
import Synchronization
import Testing

/// Builds that fail, or are stopped.
@Suite(.enabled(if: geteuid() == 0, "joining layers needs root"))
struct BuilderFailureTests {
    @Test func aFailedCommandIsToldWithItsLineAndCanBeEntered() async throws {
        let bench = try BuildBench()
        let executor = FakeExecutor { command, _ in
            try FakeExecutor.write("half", to: "state", in: command)
            return command.arguments.last == "make" ? 2 : 0
        }
        let seen = Mutex<[String]>([])
        let error = await #expect(throws: EngineError.self) {
            try await bench.build(
                "FROM scratch\nENV A=1\nRUN prepare\nRUN make\nRUN never", executor,
                onFailure: { failed in
                    seen.withLock { $0 = failed.command + ["\(failed.exitCode)", failed.step.name] }
                    _ = try? await failed.enter(["/bin/sh"], size: nil)
                })
        }
        let message = error?.message ?? ""
        let sentence = #"process "/bin/sh -c make" did not complete successfully: exit code: 2"#
        #expect(message.split(separator: "\n").first == "Dockerfile:4:1: \(sentence)")
        #expect(message.contains("RUN make"))
        #expect(seen.withLock { $0 } == ["/bin/sh", "-c", "make", "2", "[2/3] RUN make"])
        let entered = try #require(executor.entered.first)
        #expect(entered.arguments == ["/bin/sh"] && entered.environment.contains("A=1"))
        guard case .failed(_, let reason) = bench.state("RUN make") else {
            Issue.record("the step did not fail")
            return
        }
        #expect(reason == sentence)
        #expect(bench.state("RUN never") == .cancelled)
        // The finished step stays.
        let again = FakeExecutor()
        try await bench.build("FROM scratch\nENV A=1\nRUN prepare\nRUN make\nRUN never", again)
        #expect(again.commands.map(\.arguments.last) == ["make", "never"])
    }

    @Test func aFailureStopsTheOtherStages() async throws {
        let bench = try BuildBench()
        let meeting = Meeting(2)
        let executor = FakeExecutor { command, _ in
            await meeting.arrive()
            if command.arguments.last == "fail" { return 1 }
            // Ends only when it is cancelled.
            while true { try await Task.sleep(for: .seconds(3600)) }
        }
        await #expect(throws: EngineError.self) {
            try await bench.build(
                "FROM scratch AS a\nRUN wait\nFROM scratch\nRUN fail\nCOPY --from=a / /", executor
            ) { $0.parallelism = 2 }
        }
        #expect(bench.state("RUN wait") == .cancelled)
    }

    @Test func whoStopsTheBuildStopsItsCommands() async throws {
        let bench = try BuildBench()
        let (begun, begin) = AsyncStream.makeStream(of: Void.self)
        let executor = FakeExecutor { _, _ in
            begin.finish()
            while true { try await Task.sleep(for: .seconds(3600)) }
        }
        let build = Task {
            defer { begin.finish() }
            return try await bench.build("FROM scratch\nRUN wait", executor)
        }
        for await _ in begun {}
        build.cancel()
        let error = await #expect(throws: EngineError.self) { try await build.value }
        #expect(error?.code == .cancelled)
        #expect(bench.state("RUN wait") == .cancelled)
    }

    @Test func aMissingFileIsToldWithItsLine() async throws {
        let bench = try BuildBench()
        let error = await #expect(throws: EngineError.self) {
            try await bench.build("FROM scratch\nCOPY missing.txt /")
        }
        #expect(error?.message.contains("missing.txt") == true && error?.message.contains("COPY missing.txt /") == true)
    }

    @Test func aMistakeInTheDockerfileFailsItsReading() async throws {
        let bench = try BuildBench()
        await #expect(throws: EngineError.self) { try await bench.build("FROM scratch\nRUNN make") }
        guard case .failed = bench.state("load build definition from Dockerfile") else {
            Issue.record("the reading did not fail: \(bench.steps)")
            return
        }
    }

    @Test(arguments: ["RUN --network=host a", "RUN --security=insecure a"])
    func whatNeedsLeaveIsRefusedWithoutIt(_ instruction: String) async throws {
        let bench = try BuildBench()
        let text = "FROM scratch\n\(instruction)"
        let error = await #expect(throws: EngineError.self) { try await bench.build(text) }
        #expect(error?.message.contains("is not allowed") == true, "\(String(describing: error))")
        let executor = FakeExecutor()
        try await bench.build(text, executor) { $0.entitlements = ["network.host", "security.insecure"] }
        #expect(executor.commands.count == 1)
    }

    @Test func warningsStopTheBuildWhenTheDockerfileSaysSo() async throws {
        let bench = try BuildBench()
        try await bench.build("FROM scratch AS Upper\nCOPY <<a /\nx\na")
        #expect(bench.told.contains { if case .warning = $0 { true } else { false } })
        let error = await #expect(throws: EngineError.self) {
            try await bench.build("# check=error=true\nFROM scratch AS Upper\nCOPY <<a /\nx\na")
        }
        #expect(error?.message.contains("lint violation found for rules: StageNameCasing") == true)
    }
}
