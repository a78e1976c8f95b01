import Build
import Engine
import Glibc
import Images
import LinuxSystem
import Testing

/// What surrounds RUN's commands.
@Suite(.enabled(if: geteuid() == 0, "joining layers needs root"))
struct BuilderRunTests {
    /// The one command of a Dockerfile's RUN.
    private func command(
        _ text: String, in bench: BuildBench? = nil, _ configure: (inout BuildRequest) -> Void = { _ in }
    ) async throws -> StepCommand {
        let executor = FakeExecutor()
        try await (bench ?? BuildBench()).build(text, executor, FakeServices(), configure)
        return try #require(executor.commands.last)
    }

    @Test func aCommandHasTheStagesSurroundings() async throws {
        let command = try await command(
            "FROM scratch\nARG V=1\nENV E=2\nWORKDIR /w\nWORKDIR d\nUSER bob:staff\nSHELL [\"/bin/bash\", \"-ec\"]\nRUN make"
        ) {
            $0.extraHosts = ["h:1.2.3.4"]
            $0.arguments = ["http_proxy": "http://p", "V": "3"]
        }
        #expect(command.arguments == ["/bin/bash", "-ec", "make"])
        #expect(
            command.workingDirectory == "/w/d" && command.user == "bob:staff" && command.extraHosts == ["h:1.2.3.4"])
        #expect(
            command.environment == [
                "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "E=2", "V=3",
                "HTTP_PROXY=http://p", "http_proxy=http://p",
            ])
        #expect(command.name == "3/3" && command.layers.count == 2)
    }

    @Test func proxiesLeaveNoTrace() async throws {
        let bench = try BuildBench()
        let first = try await bench.build("FROM scratch\nRUN make") { $0.arguments = ["HTTP_PROXY": "a"] }
        let executor = FakeExecutor()
        let second = try await bench.build("FROM scratch\nRUN make", executor) { $0.arguments = ["HTTP_PROXY": "b"] }
        #expect(executor.commands.isEmpty && first.id == second.id)
    }

    @Test func secretsAndAgentsAreMountedAndAreNotPartOfTheKey() async throws {
        let bench = try BuildBench()
        let text = """
            FROM scratch
            RUN --mount=type=secret,id=token --mount=type=secret,id=key,env=KEY --mount=type=ssh make
            """
        let command = try await command(text, in: bench) {
            $0.secrets = ["token": .value([1, 2]), "key": .value(Array("k".utf8))]
            $0.sshAgents = ["default": "/run/agent"]
        }
        #expect(
            command.mounts == [
                StepMount(
                    source: .secret([1, 2], mode: 0o400, uid: 0, gid: 0), target: "/run/secrets/token", readOnly: true),
                StepMount(
                    source: .socket("/run/agent", mode: 0o600, uid: 0, gid: 0), target: "/run/buildkit/ssh_agent.0"),
            ])
        #expect(command.environment.suffix(2) == ["KEY=k", "SSH_AUTH_SOCK=/run/buildkit/ssh_agent.0"])
        let executor = FakeExecutor()
        try await bench.build(text, executor) { $0.secrets = ["token": .value([3])] }
        #expect(executor.commands.isEmpty)
    }

    @Test func aRequiredSecretThatIsMissingFailsTheStep() async throws {
        let bench = try BuildBench()
        let error = await #expect(throws: EngineError.self) {
            try await bench.build("FROM scratch\nRUN --mount=type=secret,id=s,required=true make")
        }
        #expect(error?.message.contains("secret s: not found") == true)
        try await bench.build("FROM scratch\nRUN --mount=type=secret,id=s make")
    }

    @Test func bindsShowTheContextAndOtherStages() async throws {
        let bench = try BuildBench()
        try bench.write("one", to: "dir/file")
        let text = """
            FROM scratch AS other
            RUN first
            FROM scratch
            RUN --mount=target=/src,source=dir --mount=from=other,target=/other,rw --mount=type=tmpfs,target=/t,size=1m make
            """
        let executor = FakeExecutor { command, _ in
            if let mount = command.mounts.first, case .path(let path) = mount.source {
                try FakeExecutor.write(try Files.readText("\(path)/file"), to: "seen", in: command)
            } else {
                try FakeExecutor.write("x", to: "ran", in: command)
            }
            return 0
        }
        let image = try await bench.build(text, executor)
        #expect(try bench.read("seen", of: image) == "one")
        let mounts = try #require(executor.commands.last).mounts
        #expect(mounts.map(\.target) == ["/src", "/other", "/t"])
        #expect(
            mounts.map(\.readOnly) == [true, false, false] && mounts.map(\.discardsWrites) == [false, true, false])
        #expect(mounts[2].source == .memory(size: 1 << 20))
        let idle = FakeExecutor()
        try await bench.build(text, idle)
        #expect(idle.commands.isEmpty)
        try bench.write("two", to: "dir/file")
        try await bench.build(text, idle)
        #expect(idle.commands.count == 1)
    }

    @Test func aCacheIsTheSameDirectoryInEveryBuild() async throws {
        let bench = try BuildBench()
        let executor = FakeExecutor { command, _ in
            guard case .path(let path)? = command.mounts.first?.source else { return 1 }
            let count = (try? Files.readText("\(path)/count")) ?? ""
            try Files.writeAtomically(Array((count + "x").utf8), to: "\(path)/count")
            try FakeExecutor.write(count + "x", to: "count", in: command)
            return 0
        }
        let text = "FROM scratch\nRUN --mount=type=cache,target=/c,sharing=locked make"
        #expect(try bench.read("count", of: try await bench.build(text, executor)) == "x")
        let second = try await bench.build(text, executor) { $0.noCache = true }
        #expect(try bench.read("count", of: second) == "xx")
    }

    @Test func aScriptInTheDockerfileIsMountedAsAProgram() async throws {
        let executor = FakeExecutor { command, _ in
            guard case .path(let path)? = command.mounts.first?.source else { return 1 }
            try FakeExecutor.write(try Files.readText(path), to: "script", in: command)
            return try (Files.status(path)?.mode ?? 0) & 0o777 == 0o755 ? 0 : 1
        }
        let bench = try BuildBench()
        let image = try await bench.build("FROM scratch\nRUN <<EOF\n#!/bin/python\nprint()\nEOF", executor)
        let command = try #require(executor.commands.first)
        #expect(command.arguments == ["/bin/sh", "-c", "/dev/pipes/EOF"])
        #expect(command.mounts.first?.target == "/dev/pipes/EOF" && command.mounts.first?.readOnly == true)
        #expect(try bench.read("script", of: image) == "#!/bin/python\nprint()\n")
    }

    @Test func aForeignPlatformsProgramsAreRefusedInWords() async throws {
        let bench = try BuildBench()
        let error = await #expect(throws: EngineError.self) {
            try await bench.build("FROM scratch\nRUN make") { $0.platform = "linux/wasm" }
        }
        #expect(error?.code == .unsupported && error?.message.contains("linux/wasm") == true)
    }
}
