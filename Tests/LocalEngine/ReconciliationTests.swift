import Engine
import Glibc
import LinuxSystem
import Testing

@testable import LocalEngine

@Suite(.enabled(if: RealEngine.isPossible), .serialized)
struct ReconciliationTests {
    /// Kills a container's monitor and waits until it is dead.
    private func killMonitor(_ bench: RealEngine, _ id: ContainerID) async throws {
        let details = try await bench.engine.inspect(id.rawValue)
        let monitor = try #require(details.monitorPID)
        let process = try Processes.open(monitor)
        try Processes.signal(pidfd: process, SIGKILL)
        try await Readiness.shared.readable(process.rawValue, timeout: .seconds(10))
    }

    @Test func aKilledMonitorReadsAsExitedAndLeavesNothing() async throws {
        try await RealEngine.run { bench async throws in
            let engine = bench.engine
            let id = try await bench.start(bench.spec("sleep", "1000", name: "victim"))
            let details = try await engine.inspect("victim")
            try await killMonitor(bench, id)
            let container = try #require(try await bench.another().containers().first)
            let exit = try #require(container.state.exit)
            #expect(exit.code == 137)
            #expect(exit.error?.contains("monitor was killed") == true)
            for path in details.cgroupPaths.values { #expect(!Files.exists(path)) }
            #expect(!Files.exists(engine.paths(id).socket))
            #expect(try await engine.container("victim").state.exit?.finishedAt == exit.finishedAt)
            try await engine.start("victim")
            #expect(try await bench.state("victim").isAlive)
            try await killMonitor(bench, id)
            let again = try #require(try await bench.state("victim").exit)
            #expect(again.finishedAt > exit.finishedAt)
            try await engine.remove("victim", force: false)
            #expect(try await engine.containers().isEmpty)
        }
    }

    @Test func anAutoRemovedContainerGoesWithItsKilledMonitor() async throws {
        try await RealEngine.run { bench async throws in
            var spec = bench.spec("sleep", "1000")
            spec.autoRemove = true
            let id = try await bench.start(spec)
            try await killMonitor(bench, id)
            #expect(try await bench.engine.containers().isEmpty)
            #expect(!Files.exists(bench.engine.paths(id).directory))
        }
    }

    @Test func aDirectoryWithoutARecordIsCleared() async throws {
        try await RealEngine.run { bench async throws in
            let engine = bench.engine
            let id = try await bench.start(bench.spec("sleep", "1000", name: "kept"))
            let paths = engine.paths(ContainerID.random())
            try Files.makeDirectories(paths.upper)
            #expect(try await engine.containers().map(\.id) == [id])
            #expect(!Files.exists(paths.directory))
            #expect(try await bench.state("kept").isAlive)
        }
    }

    @Test func aRunningContainerWithoutARecordGoes() async throws {
        try await RealEngine.run { bench async throws in
            let engine = bench.engine
            let id = try await bench.start(bench.spec("sleep", "1000"))
            let details = try await engine.inspect(id.rawValue)
            try engine.records.delete(id)
            #expect(try await engine.containers().isEmpty)
            #expect(!Files.exists(engine.paths(id).directory))
            for path in details.cgroupPaths.values { #expect(!Files.exists(path)) }
        }
    }

    @Test func aRecordWithoutADirectoryGoes() async throws {
        try await RealEngine.run { bench async throws in
            let engine = bench.engine
            let id = try await engine.create(bench.spec("true", name: "half"))
            let paths = engine.paths(id)
            try Files.rename(paths.directory, to: paths.removing)
            await #expect(throws: EngineError.self) { try await engine.start("half") }
            #expect(try await engine.containers().isEmpty)
            #expect(!Files.exists(paths.removing))
        }
    }

    @Test func whatIsBeingMadeIsLeftAlone() async throws {
        try await RealEngine.run { bench async throws in
            let paths = bench.engine.paths(ContainerID.random())
            let lock = try LifecycleLock.make(paths.directory)
            #expect(try await bench.engine.containers().isEmpty)
            #expect(Files.exists(paths.directory))
            _ = consume lock
        }
    }

    @Test func sampleTargetsFollowWhatRuns() async throws {
        try await RealEngine.run { bench async throws in
            let engine = bench.engine
            #expect(try engine.sampleTargets().isEmpty)
            let first = try await bench.start(bench.spec("sleep", "1000", name: "first"))
            let second = try await bench.start(bench.spec("sleep", "1000", name: "second"))
            #expect(Set(try engine.sampleTargets().map(\.id)) == [first, second])
            let target = try #require(try engine.sampleTargets().first { $0.id == first })
            #expect(target.pid == (try await bench.state("first").pid))
            #expect(target.cgroupPaths.values.allSatisfy { !$0.isEmpty })
            try await bench.another().stop("first", timeout: 0, signal: nil)
            #expect(try engine.sampleTargets().map(\.id) == [second])
            try await killMonitor(bench, second)
            // Until its parent, this process, has collected the dead monitor, its number still answers.
            let isGone = try await RealEngine.eventually { try engine.sampleTargets().isEmpty }
            #expect(isGone)
        }
    }
}
