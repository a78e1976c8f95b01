import Engine
import Glibc
import LinuxSystem
import OCI
import Testing

@testable import Runtime

struct BundleHooksTests {
    private let hooks = BundleHooks(
        state: State(ociVersion: "1.2.0", id: "one", status: .creating, pid: 7, bundle: "/b", annotations: ["k": "v"]))

    private func shell(_ script: String, env: [String]? = nil, timeout: Int? = nil) -> Hook {
        Hook(path: "/bin/sh", args: ["sh", "-c", script], env: env, timeout: timeout)
    }

    private func failure(_ hook: Hook) -> EngineError? {
        #expect(throws: EngineError.self) { () throws in try hooks.run([hook], "prestart") }
    }

    private func withFile(_ body: (String) throws -> Void) throws {
        let path = "/tmp/spyhop-hook-\(UInt32.random(in: 0 ... .max))"
        defer { try? Files.remove(path) }
        try body(path)
    }

    @Test func givesHooksTheStateOnStandardInput() throws {
        try withFile { (path) throws in
            try hooks.run([shell("/bin/cat > \(path)")], "prestart")
            #expect(try SpecDocument.read(State.self, from: Files.read(path), name: path) == hooks.state)
        }
    }

    @Test func givesHooksTheirArgumentsAndEnvironmentAndNothingElse() throws {
        try withFile { (path) throws in
            let hook = Hook(
                path: "/bin/sh", args: ["other", "-c", "echo $0 $1 > \(path); /usr/bin/env >> \(path)", "zero", "one"],
                env: ["A=1"])
            try hooks.run([hook], "prestart")
            let lines = try Files.readText(path).split(separator: "\n").map(String.init)
            #expect(lines.first == "zero one")
            let environment = lines.dropFirst().filter {
                !$0.hasPrefix("PWD=") && !$0.hasPrefix("_=") && !$0.hasPrefix("SHLVL=")
            }
            #expect(environment == ["A=1"])
        }
    }

    @Test func stopsAtTheFirstHookThatFails() throws {
        try withFile { (path) throws in
            #expect(throws: EngineError.self) { () throws in
                try hooks.run([shell("exit 3"), shell("echo > \(path)")], "createRuntime")
            }
            #expect(!Files.exists(path))
        }
    }

    @Test func saysWhichHookFailedHowAndWhatItSaid() {
        #expect(
            failure(shell("echo one; echo two >&2; exit 3"))?.message
                == "hook prestart[0] /bin/sh failed: exit status 3: one / two")
        #expect(failure(shell("kill -9 $$"))?.message == "hook prestart[0] /bin/sh failed: exit status 137")
        #expect(failure(Hook(path: "/no/such/hook"))?.message == "cannot run hook prestart[0] /no/such/hook")
    }

    @Test func killsAHookThatTakesTooLong() throws {
        try withFile { (path) throws in
            let error = failure(shell("echo $$ > \(path); exec sleep 1000", timeout: 1))
            #expect(error?.message.contains("more than 1 seconds and was killed") == true)
            let pid = try #require(pid_t(Files.readText(path).dropLast()))
            #expect(kill(pid, 0) == -1 && errno == ESRCH)
        }
    }

    @Test func runsEveryHookOfTheLastKindsWhateverBecomesOfThem() throws {
        try withFile { (path) throws in
            let failures = hooks.runAll([shell("exit 1"), shell("echo > \(path)"), shell("exit 2")], "poststop")
            #expect(Files.exists(path))
            #expect(failures.count == 2)
        }
    }

    @Test func isNotHeldUpByAHookThatReadsNothingOrSaysMuch() throws {
        let long = State(
            ociVersion: "1.2.0", id: "one", status: .creating, bundle: "/b",
            annotations: ["k": String(repeating: "x", count: 1 << 20)])
        try BundleHooks(state: long).run([shell("exec /bin/true")], "prestart")
        try hooks.run(
            [shell("head -c 1000000 /dev/zero; exec >&- 2>&-; exit 0", env: ["PATH=/usr/bin:/bin"])], "prestart")
    }
}
