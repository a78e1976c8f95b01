import Foundation
import Harness
import Testing

/// runtime.md: the operations, and what each may and may not do.
@Suite(.needsRoot)
struct LifecycleTests {
    @Test(.clause("runtime.md#create"))
    func createDoesNotRunTheProcess() throws {
        try Box.with { (box) throws in
            try box.create(running: "touch /ran; echo ran")
            usleep(100_000)
            #expect(access(box.rootfs + "/ran", F_OK) != 0)
            #expect(box.status == "created")
            try #require(box.call("start", box.id).code == 0)
            box.waitFor(output: "ran")
        }
    }

    @Test(.clause("runtime.md#create"))
    func createWithAnIdentifierInUseIsRefusedAndHarmsNothing() throws {
        try Box.with { (box) throws in
            try box.create(running: "echo first; sleep 1000")
            let second = try box.call("create", "--bundle", box.bundle, box.id)
            #expect(second.code != 0)
            #expect(box.status == "created")
            try #require(box.call("start", box.id).code == 0)
            box.waitFor(output: "first")
        }
    }

    @Test(.clause("runtime.md#create"))
    func createWithoutAnIdentifierIsRefused() throws {
        try Box.with { (box) throws in
            try box.writeConfiguration()
            #expect(try box.call("create", "--bundle", box.bundle).code != 0)
        }
    }

    @Test(.clause("runtime.md#create"))
    func changesOfTheConfigurationAfterCreateHaveNoEffect() throws {
        try Box.with { (box) throws in
            try box.create(running: "echo before")
            box.setScript("echo after")
            box.config["process", "env"] = ["PATH=/nowhere"]
            try box.writeConfiguration()
            try #require(box.call("start", box.id).code == 0)
            box.waitFor(output: "before")
        }
    }

    @Test(.clause("runtime.md#create"))
    func aProcessIsNotNeededToCreateButToStart() throws {
        try Box.with { (box) throws in
            box.config["process"] = nil
            let created = try box.create()
            try #require(created.code == 0, "create: \(created.errors)")
            #expect(try box.call("start", box.id).code != 0)
        }
    }

    @Test(.clause("runtime.md#create"))
    func createThatFailsLeavesNothingBehind() throws {
        try Box.with { (box) throws in
            box.addMount("/somewhere", type: "no-such-file-system", source: "none")
            let outcome = try box.create()
            try box.expectRefusal(of: outcome)
        }
    }

    @Test(.clause("runtime.md#start"))
    func startRunsTheProcessOnce() throws {
        try Box.with { (box) throws in
            try box.start(running: "echo ran; sleep 1000")
            box.waitFor(output: "ran")
            #expect(try box.call("start", box.id).code != 0)
            #expect(box.status == "running")
            #expect(box.output.components(separatedBy: "ran").count == 2)
        }
    }

    @Test(.clause("runtime.md#start"))
    func startOfAStoppedContainerIsRefused() throws {
        try Box.with { (box) throws in
            try box.start(running: "true")
            box.waitFor(status: "stopped")
            #expect(try box.call("start", box.id).code != 0)
            #expect(box.status == "stopped")
        }
    }

    @Test(.clause("runtime.md#start"), arguments: ["start", "state", "kill", "delete"])
    func operationsOnAnUnknownContainerAreRefused(verb: String) throws {
        try Box.with { (box) throws in
            let words = verb == "kill" ? [verb, "nobody", "KILL"] : [verb, "nobody"]
            #expect(try box.call(words).code != 0)
        }
    }

    @Test(.clause("runtime.md#start"), arguments: ["start", "state", "kill", "delete"])
    func operationsWithoutAnIdentifierAreRefused(verb: String) throws {
        try Box.with { (box) throws in
            #expect(try box.call(verb).code != 0)
        }
    }

    @Test(.clause("runtime.md#start"))
    func startOfACommandThatIsNotThereIsAnError() throws {
        try Box.with { (box) throws in
            box.config["process", "args"] = ["/bin/no-such-program"]
            let created = try box.create()
            // Runtimes may look for it as early as create.
            if created.code == 0 { #expect(try box.call("start", box.id).code != 0) }
        }
    }

    @Test(.clause("runtime.md#kill"), arguments: ["TERM", "SIGINT", "15"])
    func killSendsTheSignalThatIsNamed(signal: String) throws {
        try Box.with { (box) throws in
            let number = signal == "SIGINT" ? "INT" : "TERM"
            try box.start(running: "trap 'echo caught; exit 0' \(number); echo ready; while :; do sleep 0.05; done")
            box.waitFor(output: "ready")
            let outcome = try box.call("kill", box.id, signal)
            #expect(outcome.code == 0, "\(outcome.errors)")
            box.waitFor(output: "caught")
            box.waitFor(status: "stopped")
        }
    }

    @Test(.clause("runtime.md#kill"))
    func killReachesACreatedContainer() throws {
        try Box.with { (box) throws in
            try box.create(running: "echo ran")
            #expect(try box.call("kill", box.id, "KILL").code == 0)
            box.waitFor(status: "stopped")
            #expect(!box.output.contains("ran"))
        }
    }

    @Test(.clause("runtime.md#kill"))
    func killOfAStoppedContainerIsRefused() throws {
        try Box.with { (box) throws in
            try box.start(running: "true")
            box.waitFor(status: "stopped")
            #expect(try box.call("kill", box.id, "TERM").code != 0)
            #expect(box.status == "stopped")
        }
    }

    @Test(.clause("runtime.md#kill"))
    func killWithAnUnknownSignalIsRefused() throws {
        try Box.with { (box) throws in
            try box.startSleeping()
            #expect(try box.call("kill", box.id, "NOSUCH").code != 0)
            #expect(box.status == "running")
        }
    }

    @Test(.clause("runtime.md#delete"))
    func deleteOfARunningContainerIsRefused() throws {
        try Box.with { (box) throws in
            try box.startSleeping()
            #expect(try box.call("delete", box.id).code != 0)
            #expect(box.status == "running")
        }
    }

    @Test(.clause("runtime.md#delete"))
    func deleteTakesAwayEverythingThatCreateMade() throws {
        try Box.with { (box) throws in
            try box.start(running: "true")
            box.waitFor(status: "stopped")
            let outcome = try box.call("delete", box.id)
            #expect(outcome.code == 0, "\(outcome.errors)")
            #expect(try box.state() == .null)
            #expect(box.cgroupDirectories() == [])
            let left = try FileManager.default.contentsOfDirectory(atPath: box.directory + "/state")
            #expect(!left.contains(box.id))
            // Then the identifier is free again.
            try box.create(running: "true")
        }
    }

    @Test(.clause("runtime.md#delete"))
    func deleteTakesAwayNothingThatCreateDidNotMake() throws {
        try Box.with { (box) throws in
            let folder = box.directory + "/shared"
            mkdir(folder, 0o755)
            box.addMount("/shared", type: "bind", source: folder, options: ["bind"])
            try box.start(running: "echo kept > /shared/file; echo kept > /kept")
            box.waitFor(status: "stopped")
            #expect(try box.call("delete", box.id).code == 0)
            #expect(Command.text(folder + "/file") == "kept\n")
            #expect(Command.text(box.rootfs + "/kept") == "kept\n")
            #expect(access(box.bundle + "/config.json", F_OK) == 0)
        }
    }

    @Test(.clause("runtime.md#delete"))
    func deleteByForceEndsARunningContainer() throws {
        try Box.with { (box) throws in
            try box.startSleeping()
            let pid = box.pid
            try #require(pid > 0)
            #expect(try box.call("delete", "--force", box.id).code == 0)
            #expect(try box.state() == .null)
            #expect(Command.eventually { !HostTraces.isAlive(pid) }, "the process lives on")
        }
    }

    @Test(.clause("runtime.md#lifecycle"))
    func processesOfTheContainerEndWithItsFirst() throws {
        try Box.with { (box) throws in
            box.addMount("/shared", type: "bind", source: box.directory, options: ["bind"])
            try box.start(
                running: "sh -c 'trap \"\" TERM; while :; do echo x >> /shared/beat; sleep 0.02; done' & sleep 0.2")
            box.waitFor(status: "stopped")
            let size = Command.text(box.directory + "/beat").count
            #expect(size > 0)
            usleep(200_000)
            #expect(Command.text(box.directory + "/beat").count == size)
        }
    }

    @Test(.clause("runtime.md#run"))
    func runGivesTheExitCodeAndLeavesNothing() throws {
        try Box.with { (box) throws in
            #expect(try box.run("exit 42").code == 42)
            #expect(try box.state() == .null)
            #expect(box.cgroupDirectories() == [])
        }
    }

    @Test(.clause("runtime.md#run"))
    func runPassesTheStandardStreamsOn() throws {
        try Box.with { (box) throws in
            box.setScript("read line; echo \"out $line\"; echo err >&2")
            try box.writeConfiguration()
            let outcome = try box.call(["run", "--bundle", box.bundle, box.id], input: "word\n")
            #expect(outcome.output == "out word\n")
            #expect(outcome.errors == "err\n")
        }
    }

    @Test(.clause("runtime.md#run"))
    func pidFileNamesTheFirstProcessAsTheHostSeesIt() throws {
        try Box.with { (box) throws in
            let file = box.directory + "/pid"
            try box.create(running: "sleep 1000", flags: ["--pid-file", file])
            let written = Command.text(file)
            #expect(pid_t(written) == box.pid)
            #expect(pid_t(written).map { kill($0, 0) } == 0)
        }
    }

    @Test(.clause("runtime.md#run"))
    func detachedRunReturnsWhileTheContainerRuns() throws {
        try Box.with { (box) throws in
            box.setScript("echo ran; sleep 1000")
            try box.writeConfiguration()
            let file = box.directory + "/pid"
            let child = try Command.start(
                box.commandLine(["run", "--detach", "--pid-file", file, "--bundle", box.bundle, box.id]),
                environment: box.environment, output: box.outputPath)
            box.adopt()
            #expect(try child.wait(seconds: 30) == 0, "\(box.output)")
            box.waitFor(output: "ran")
            #expect(box.status == "running")
            #expect(pid_t(Command.text(file)) == box.pid)
        }
    }
}
