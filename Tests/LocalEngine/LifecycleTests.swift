import Engine
import Glibc
import LinuxSystem
import Testing

@testable import LocalEngine

@Suite(.enabled(if: RealEngine.isPossible), .serialized)
struct LifecycleTests {
    @Test(arguments: [("exit 42", 42), ("true", 0), ("sleep 1000 & kill -9 $!; wait $!", 137)])
    func theExitCodeIsTheCommands(script: String, code: Int32) async throws {
        try await RealEngine.run { bench async throws in
            let id = try await bench.start(bench.spec(script))
            #expect(try await bench.engine.wait(id.rawValue) == code)
            #expect(try await bench.state(id.rawValue).exit?.code == code)
        }
    }

    @Test(arguments: [
        ("/bin/nothing", EngineError.Code.commandNotFound, 127), ("/data/file", .commandNotExecutable, 126),
    ])
    func aFaultyCommandIsTold(command: String, code: EngineError.Code, exit: Int32) async throws {
        try await RealEngine.run { bench async throws in
            let id = try await bench.engine.create(bench.spec(command, "-"))
            let error = await #expect(throws: EngineError.self) { try await bench.engine.start(id.rawValue) }
            #expect(error?.code == code)
            #expect(try await bench.state(id.rawValue).exit?.code == exit)
        }
    }

    @Test func anAttachedStartSeesAllOutput() async throws {
        try await RealEngine.run { bench async throws in
            let (text, code) = try await bench.output(bench.spec("echo one; echo two; exit 3"))
            #expect(text == "one\ntwo\n")
            #expect(code == 3)
        }
    }

    @Test func theProcessGetsUserEnvironmentAndDirectory() async throws {
        try await RealEngine.run { bench async throws in
            var spec = bench.spec("id -u; id -g; id -G; pwd; echo $HOME $FROM_IMAGE $OWN; cat /etc/hostname")
            spec.user = "web"
            spec.environment = ["OWN=1"]
            spec.workingDirectory = "/data"
            spec.hostname = "whale"
            let (text, code) = try await bench.output(spec)
            #expect(code == 0)
            #expect(text == "100\n101\n101 200\n/data\n/srv yes 1\nwhale\n")
        }
    }

    @Test func startAndStopCanBeRepeated() async throws {
        try await RealEngine.run { bench async throws in
            let engine = bench.engine
            try await bench.start(bench.spec("sleep", "1000", name: "web"))
            try await engine.start("web")
            #expect(try await bench.state("web").isAlive)
            try await engine.stop("web", timeout: 0, signal: nil)
            #expect(try await bench.state("web").exit?.code == 137)
            try await engine.stop("web", timeout: 0, signal: nil)
            try await engine.start("web")
            #expect(try await bench.state("web").isAlive)
            try await engine.restart("web", timeout: 0, signal: nil)
            #expect(try await bench.state("web").isAlive)
        }
    }

    @Test func stoppingSendsTheStopSignalFirst() async throws {
        try await RealEngine.run { bench async throws in
            let spec = bench.spec("trap 'exit 7' TERM; touch /ready; while true; do sleep 0.05; done", name: "polite")
            try await bench.start(spec)
            let ready = try await RealEngine.eventually {
                try await bench.engine.stat("/ready", in: "polite", followLink: false) != nil
            }
            #expect(ready)
            try await bench.engine.stop("polite", timeout: 10, signal: nil)
            #expect(try await bench.state("polite").exit?.code == 7)
        }
    }

    @Test func pausingIsConflictingWhereItMakesNoSense() async throws {
        try await RealEngine.run { bench async throws in
            let engine = bench.engine
            try await bench.start(bench.spec("sleep", "1000", name: "pa"))
            await #expect(throws: EngineError.self) { try await engine.unpause("pa") }
            try await engine.pause("pa")
            #expect(try await bench.state("pa").name == "paused")
            await #expect(throws: EngineError.self) { try await engine.pause("pa") }
            await #expect(throws: EngineError.self) { try await engine.start("pa") }
            await #expect(throws: EngineError.self) {
                try await engine.execDetached(in: "pa", ExecSpec(command: ["true"]))
            }
            try await engine.unpause("pa")
            #expect(try await bench.state("pa").name == "running")
            try await engine.pause("pa")
            try await engine.stop("pa", timeout: 0, signal: nil)
            #expect(try await bench.state("pa").name == "exited")
            let error = await #expect(throws: EngineError.self) { try await engine.kill("pa", signal: SIGKILL) }
            #expect(error?.code == .conflict)
        }
    }

    @Test func removingARunningOneNeedsForceAndLeavesNothing() async throws {
        try await RealEngine.run { bench async throws in
            let engine = bench.engine
            let id = try await bench.start(bench.spec("sleep", "1000", name: "rm"))
            let cgroups = try await engine.inspect("rm").cgroupPaths
            #expect(!cgroups.isEmpty)
            let error = await #expect(throws: EngineError.self) { try await engine.remove("rm", force: false) }
            #expect(error?.code == .conflict)
            try await engine.remove("rm", force: true)
            #expect(try await engine.containers().isEmpty)
            #expect(!Files.exists(engine.paths(id).directory))
            #expect(!Files.exists(engine.paths(id).socket))
            for path in cgroups.values { #expect(!Files.exists(path)) }
            let gone = await #expect(throws: EngineError.self) { try await engine.remove("rm", force: true) }
            #expect(gone?.code == .notFound)
        }
    }

    @Test func policiesRestartWithoutACaller() async throws {
        try await RealEngine.run { bench async throws in
            var spec = bench.spec("exit 5", name: "again")
            spec.restartPolicy = .onFailure(maximumRetries: 2)
            try await bench.start(spec)
            #expect(try await bench.engine.wait("again") == 5)
            #expect(try await bench.engine.container("again").restartCount == 2)
            var always = bench.spec("sleep 0.05", name: "always")
            always.restartPolicy = .always
            try await bench.start(always)
            let restarted = try await RealEngine.eventually {
                try await bench.engine.container("always").restartCount > 0
            }
            #expect(restarted)
            try await bench.engine.stop("always", timeout: 0, signal: nil)
            #expect(try await bench.state("always").name == "exited")
        }
    }

    @Test func anAutoRemovedContainerGoesByReaping() async throws {
        try await RealEngine.run { bench async throws in
            var spec = bench.spec("exit 4")
            spec.autoRemove = true
            let id = try await bench.start(spec)
            #expect(try await bench.engine.wait(id.rawValue) == 4)
            try await bench.engine.reap(id)
            #expect(try await bench.engine.containers().isEmpty)
            try await bench.engine.reap(id)
        }
    }

    @Test func anAutoRemovedContainerThatCannotStartIsGone() async throws {
        try await RealEngine.run { bench async throws in
            var spec = bench.spec("/bin/nothing", "-")
            spec.autoRemove = true
            let id = try await bench.engine.create(spec)
            await #expect(throws: EngineError.self) { try await bench.engine.start(id.rawValue) }
            #expect(try await bench.engine.containers().isEmpty)
        }
    }

    @Test func oneNameIsGivenOnceWhoeverAsks() async throws {
        try await RealEngine.run { bench async throws in
            let specs = (0..<6).map { _ in (bench.another(), bench.spec("true", name: "only")) }
            let tasks = specs.map { engine, spec in Task { try await engine.create(spec) } }
            var outcomes: [Bool] = []
            for task in tasks { outcomes.append((try? await task.value) != nil) }
            let made = outcomes.filter { $0 }
            #expect(made.count == 1)
            #expect(try await bench.engine.containers().count == 1)
            #expect(try Files.list(bench.engine.containersDirectory).count == 1)
        }
    }

    @Test func limitsChangeOnARunningContainer() async throws {
        try await RealEngine.run { bench async throws in
            var spec = bench.spec("sleep", "1000", name: "li")
            spec.limits = ResourceLimits(memory: 64 << 20)
            try await bench.start(spec)
            let change = ResourceLimits(memory: 96 << 20, memorySwap: 192 << 20, pids: 77)
            _ = try await bench.engine.update("li", limits: change, restartPolicy: .unlessStopped)
            let details = try await bench.engine.inspect("li")
            #expect(details.container.limits == spec.limits.merging(change))
            #expect(details.container.restartPolicy == .unlessStopped)
            let pids = try #require(details.cgroupPaths["pids"] ?? details.cgroupPaths["unified"])
            #expect(try Files.readText(pids + "/pids.max") == "77\n")
            await #expect(throws: EngineError.self) {
                try await bench.engine.update("li", limits: ResourceLimits(memory: 1), restartPolicy: nil)
            }
        }
    }

    @Test func namesAndImagesAreCheckedBeforeAnythingIsMade() async throws {
        try await RealEngine.run { bench async throws in
            for name in ["", "a", "-x", "a b", "ä1"] {
                await #expect(throws: EngineError.self) {
                    try await bench.engine.create(bench.spec("true", name: name))
                }
            }
            let error = await #expect(throws: EngineError.self) {
                try await bench.engine.create(ContainerSpec(image: "absent", command: ["true"]))
            }
            #expect(error?.code == .notFound)
            #expect(error?.hint?.contains("spyhop load") == true)
            var both = bench.spec("true")
            both.autoRemove = true
            both.restartPolicy = .always
            await #expect(throws: EngineError.self) { try await bench.engine.create(both) }
            #expect(try await bench.engine.containers().isEmpty)
        }
    }
}
