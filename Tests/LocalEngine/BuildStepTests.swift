import Build
import Engine
import Glibc
import Images
import LinuxSystem
import Synchronization
import Testing

@testable import LocalEngine

/// Steps in real containers, as a build runs them.
@Suite(.enabled(if: RealEngine.isPossible)) struct BuildStepTests {
    /// A bench with a step's writable directories.
    private struct Bench {
        let real: RealEngine
        var executor: ContainerStepExecutor { ContainerStepExecutor(engine: real.engine) }
        var upper: String { real.scratch.path + "/root/draft/upper" }
        var work: String { real.scratch.path + "/root/draft/work" }

        func command(_ script: String) throws -> StepCommand {
            for path in [upper, work] where !Files.exists(path) { try Files.makeDirectories(path) }
            let image = try real.engine.store.resolve("box")
            var command = StepCommand(
                name: "1/1", layers: image.layers, layersDirectory: image.layersDirectory, upper: upper, work: work,
                arguments: ["/bin/sh", "-c", script])
            command.network = .none
            return command
        }

        /// Output of both streams and the exit code.
        func run(_ command: StepCommand) async throws -> (out: String, errors: String, code: Int32) {
            let streams = Mutex<(out: [UInt8], errors: [UInt8])>(([], []))
            let code = try await executor.run(command) { stream, bytes in
                streams.withLock { streams in
                    if stream == .stdout { streams.out += bytes } else { streams.errors += bytes }
                }
            }
            let told = streams.withLock { $0 }
            return (String(decoding: told.out, as: UTF8.self), String(decoding: told.errors, as: UTF8.self), code)
        }

        /// Every path in the step's own layer with its kind, sorted.
        func written() throws -> [String] { try Self.names(upper, "") }

        private static func names(_ directory: String, _ prefix: String) throws -> [String] {
            try Files.list(directory).sorted { $0.name < $1.name }.flatMap { entry in
                let path = prefix + entry.name
                guard entry.kind == .directory else { return [path] }
                return [path + "/"] + (try names("\(directory)/\(entry.name)", path + "/"))
            }
        }
    }

    private func bench(_ body: (Bench) async throws -> Void) async throws {
        try await RealEngine.run { real in
            let bench = Bench(real: real)
            try await body(bench)
            let left = (try? Files.list(real.engine.containersDirectory)) ?? []
            #expect(left.isEmpty, "a step's directory is left")
        }
    }

    @Test func aCommandsStreamsAndCodeComeApart() async throws {
        try await bench { bench in
            let told = try await bench.run(bench.command("echo out; echo err >&2; exit 3"))
            #expect(told == ("out\n", "err\n", 3))
            #expect(try bench.written() == [])
        }
    }

    @Test func aMissingProgramIs127() async throws {
        try await bench { bench in
            var command = try bench.command("")
            command.arguments = ["nothing-like-this"]
            let told = try await bench.run(command)
            #expect(told.code == 127)
            #expect(told.errors.contains("nothing-like-this"))
        }
    }

    @Test func whatItWritesIsItsOwnLayerAlone() async throws {
        try await bench { bench in
            var command = try bench.command("echo hi > made; rm /data/file; cat /etc/hosts > /dev/null; mkdir /new")
            command.workingDirectory = "/srv/deep"
            #expect(try await bench.run(command).code == 0)
            #expect(
                try bench.written() == ["data/", "data/file", "new/", "srv/", "srv/deep/", "srv/deep/made"])
        }
    }

    @Test func itsInputIsRead() async throws {
        try await bench { bench in
            var command = try bench.command("cat")
            command.input = Array(String(repeating: "line of the input\n", count: 20_000).utf8)
            let told = try await bench.run(command)
            #expect(told.out.utf8.count == command.input.count)
            var deaf = try bench.command("true")
            deaf.input = command.input
            #expect(try await bench.run(deaf).code == 0)
        }
    }

    @Test func mountsLeaveNothingInTheLayer() async throws {
        try await bench { bench in
            let host = bench.real.scratch.path + "/host"
            try Files.makeDirectories(host)
            try bench.real.scratch.write("of the host", to: "host/file")
            var command = try bench.command(
                """
                cat /mnt/a/b/file; echo more > /mnt/a/b/thrown; cat /run/secrets/key; ls -ln /run/secrets/key >&2
                cat /layer/file; echo x > /layer/file; cat /layer/file; echo t > /memory/x; cat /mnt/one
                echo no > /ro/file; cat /etc/resolv.conf; echo kept > /cache/kept
                """)
            command.mounts = [
                StepMount(source: .path(host), target: "/mnt/a/b", discardsWrites: true),
                StepMount(source: .path(host + "/file"), target: "/mnt/one", readOnly: true),
                StepMount(source: .path(host), target: "/ro", readOnly: true),
                StepMount(source: .path(host), target: "/cache"),
                StepMount(source: .layers(command.layers, path: "/data"), target: "/layer", discardsWrites: true),
                StepMount(source: .memory(size: 1 << 20), target: "/memory"),
                StepMount(source: .secret(Array("key".utf8), mode: 0o440, uid: 5, gid: 6), target: "/run/secrets/key"),
            ]
            let told = try await bench.run(command)
            #expect(told.out == "of the hostkeytextx\nof the host")
            #expect(told.errors.contains("-r--r-----"))
            #expect(told.errors.contains(" 5 "))
            #expect(told.errors.contains("Read-only"))
            #expect(try bench.written() == [])
            #expect(try Files.list(host).map(\.name).sorted() == ["file", "kept"])
        }
    }

    @Test func placesWhereALayerRemovedThemAreMadeUpFor() async throws {
        try await bench { bench in
            // A layer that removes /etc/hosts and makes /etc/resolv.conf a link that leads nowhere.
            let layers = bench.real.engine.store.resolve
            let image = try layers("box")
            let own = image.layersDirectory + "/000000000000"
            try Files.makeDirectories(own + "/etc")
            #expect(mknod(own + "/etc/hosts", S_IFCHR, 0) == 0)
            #expect(symlink("../run/resolve/stub.conf", own + "/etc/resolv.conf") == 0)
            var command = try bench.command("cat /etc/hosts /etc/resolv.conf; ls /run/resolve")
            command.layers = ["000000000000"] + image.layers
            let told = try await bench.run(command)
            #expect(told.code == 0)
            #expect(told.out.contains("localhost"))
            #expect(told.out.contains("stub.conf"))
            #expect(try bench.written() == [])
        }
    }

    @Test func limitsAndNamesOfHostsAreItsOwn() async throws {
        try await bench { bench in
            var command = try bench.command(
                "ulimit -n; busybox df -k /dev/shm; cat /etc/hosts; busybox hostname; busybox env | busybox grep HOSTNAME || echo none"
            )
            command.ulimits = ["nofile=77:99"]
            command.sharedMemory = 2 << 20
            command.extraHosts = ["friend:10.1.2.3"]
            let told = try await bench.run(command)
            #expect(told.out.hasPrefix("77\n"))
            #expect(told.out.contains(" 2048 "))
            #expect(told.out.contains("10.1.2.3\tfriend"))
            #expect(told.out.hasSuffix("buildkitsandbox\nnone\n"))
            command.ulimits = ["nofile=many"]
            await #expect(throws: EngineError.self) { _ = try await bench.run(command) }
        }
    }

    @Test func onlyAnInsecureStepMayMount() async throws {
        try await bench { bench in
            var command = try bench.command("busybox mount -t tmpfs none /tmp 2>/dev/null && echo mounted")
            #expect(try await bench.run(command).out == "")
            command.isInsecure = true
            #expect(try await bench.run(command).out == "mounted\n")
        }
    }

    @Test func aStepWhoseMonitorIsKilledFails() async throws {
        try await bench { bench in
            let started = Mutex(false)
            let command = try bench.command("echo on; sleep 1000")
            let executor = bench.executor
            let task = Task { try await executor.run(command) { _, _ in started.withLock { $0 = true } } }
            #expect(try await RealEngine.eventually { started.withLock { $0 } })
            let containers = try Files.list(bench.real.engine.containersDirectory)
            let id = ContainerID(rawValue: try #require(containers.first).name)
            try bench.real.engine.killMonitor(id)
            await #expect(throws: EngineError.self) { _ = try await task.value }
        }
    }

    @Test func aStepIsInNoList() async throws {
        try await bench { bench in
            let started = Mutex(false)
            let command = try bench.command("echo on; sleep 1000")
            let executor = bench.executor
            let task = Task { try await executor.run(command) { _, _ in started.withLock { $0 = true } } }
            #expect(try await RealEngine.eventually { started.withLock { $0 } })
            // Another engine's list takes nothing of it for a ruin.
            #expect(try await bench.real.another().containers().isEmpty)
            #expect(try Files.list(bench.real.engine.containersDirectory).count == 1)
            task.cancel()
            _ = await task.result
        }
    }

    @Test func aCancelledStepIsKilled() async throws {
        try await bench { bench in
            let started = Mutex(false)
            let command = try bench.command("echo on; sleep 1000")
            let executor = bench.executor
            let task = Task { try await executor.run(command) { _, _ in started.withLock { $0 = true } } }
            #expect(try await RealEngine.eventually { started.withLock { $0 } })
            task.cancel()
            await #expect(throws: CancellationError.self) { _ = try await task.value }
        }
    }

    @Test func aTerminalCanBeEnteredAfterAFailure() async throws {
        try await bench { bench in
            #expect(try await bench.run(bench.command("echo state > /state; exit 9")).code == 9)
            var shell = try bench.command("cat /state; tty; exit 4")
            shell.user = "web"
            let session = try await bench.executor.enter(shell, size: nil)
            let (text, code) = try await RealEngine.drain(session)
            #expect(code == 4)
            #expect(text.contains("state"))
            #expect(text.contains("/dev/"))
        }
    }
}
