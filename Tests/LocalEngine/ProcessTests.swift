import Engine
import Glibc
import LinuxSystem
import Synchronization
import Testing

@testable import LocalEngine

@Suite(.enabled(if: RealEngine.isPossible), .serialized)
struct ProcessTests {
    @Test func oneProcessOfAContainerIsSignalledAndNoOther() async throws {
        try await RealEngine.run { bench async throws in
            let engine = bench.engine
            try await bench.start(bench.spec("sleep 1001 & sleep 1002 & wait", name: "many"))
            let areThere = try await RealEngine.eventually {
                try await engine.containerProcesses(of: "many").filter { $0.command.hasPrefix("sleep") }.count == 2
            }
            #expect(areThere)
            let before = try await engine.containerProcesses(of: "many")
            let victim = try #require(before.first { $0.command == "sleep 1001" })
            #expect(before.contains { $0.pid == victim.parent && $0.innerPID == 1 })
            // The number with somebody else's start is somebody else.
            let error = await #expect(throws: EngineError.self) {
                try await engine.signalProcess(victim.pid, startedAt: 1, in: "many", signal: SIGKILL)
            }
            #expect(error?.code == .notFound)
            try await engine.signalProcess(victim.pid, startedAt: victim.startTicks, in: "many", signal: SIGKILL)
            let isGone = try await RealEngine.eventually {
                try await engine.containerProcesses(of: "many").allSatisfy { $0.command != "sleep 1001" }
            }
            #expect(isGone)
            #expect(try await engine.containerProcesses(of: "many").contains { $0.command == "sleep 1002" })
        }
    }

    @Test func aForeignProcessIsNeverSignalled() async throws {
        try await RealEngine.run { bench async throws in
            let engine = bench.engine
            try await bench.start(bench.spec("sleep", "1000", name: "own"))
            try await bench.start(bench.spec("sleep", "1000", name: "other"))
            let foreign = try #require(try await engine.containerProcesses(of: "other").first)
            for pid in [foreign.pid, getpid(), 1, 0, -1] {
                let error = await #expect(throws: EngineError.self) {
                    try await engine.signalProcess(pid, startedAt: nil, in: "own", signal: SIGKILL)
                }
                #expect(error?.code == .notFound)
            }
            let wrong = await #expect(throws: EngineError.self) {
                try await engine.signalProcess(foreign.pid, startedAt: nil, in: "other", signal: 0)
            }
            #expect(wrong?.code == .invalidArgument)
            #expect(try await bench.state("other").isAlive)
            try await engine.stop("own", timeout: 0, signal: nil)
            let stopped = await #expect(throws: EngineError.self) {
                try await engine.signalProcess(foreign.pid, startedAt: nil, in: "own", signal: SIGKILL)
            }
            #expect(stopped?.code == .conflict)
        }
    }

    @Test func aHealthCheckIsRunBeforeItIsDue() async throws {
        try await RealEngine.run { bench async throws in
            let engine = bench.engine
            var spec = bench.spec("touch /tmp/well; sleep 1000", name: "sick")
            spec.healthCheck = HealthCheck(
                test: ["CMD-SHELL", "echo looked; cat /tmp/well"], interval: 3_600_000_000_000, retries: 1)
            try await bench.start(spec)
            let isReady = try await RealEngine.eventually {
                try await engine.stat("/tmp/well", in: "sick", followLink: false) != nil
            }
            #expect(isReady)
            let well = try await engine.checkHealth(of: "sick")
            #expect(well.exitCode == 0)
            #expect(well.output == "looked\n")
            #expect(try await engine.container("sick").health == .healthy)
            try await engine.removeFile(ContainerPath("/tmp/well"), in: "sick")
            #expect(try await engine.checkHealth(of: "sick").exitCode == 1)
            #expect(try await engine.inspect("sick").health?.log.count == 2)
            #expect(try await engine.container("sick").health == .unhealthy)
            try await bench.start(bench.spec("sleep", "1000", name: "unwatched"))
            let error = await #expect(throws: EngineError.self) {
                try await engine.checkHealth(of: "unwatched")
            }
            #expect(error?.code == .conflict)
        }
    }

    @Test func countingTellsHowFarItIs() async throws {
        try await RealEngine.run { bench async throws in
            _ = try await bench.engine.create(bench.spec("true", name: "one"))
            _ = try await bench.engine.createVolume(VolumeSpec(name: "two"))
            let stages = Stages()
            let usage = try await bench.engine.diskUsage { stages.add($0) }
            #expect(usage.containers.count == 1)
            #expect(usage.volumes.map(\.size) == [0])
            #expect(
                stages.all == [
                    DiskUsageProgress(done: 0, total: 2, present: "volume two"),
                    DiskUsageProgress(done: 1, total: 2, present: "container one"),
                    DiskUsageProgress(done: 2, total: 2, present: ""),
                ])
            try await bench.engine.removeVolume("two", force: false)
        }
    }
}

/// What a count has told, from whichever thread.
private final class Stages: Sendable {
    private let stages = Mutex<[DiskUsageProgress]>([])
    var all: [DiskUsageProgress] { stages.withLock { $0 } }
    func add(_ stage: DiskUsageProgress) { stages.withLock { $0.append(stage) } }
}
