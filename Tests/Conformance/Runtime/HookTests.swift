import Foundation
import Harness
import Testing

/// config.md: the hooks, their order, place, input and failure.
@Suite(.needsRoot)
struct HookTests {
    /// A hook that appends a word, its standard input and the namespaces it runs in to files beside the bundle.
    private func hook(_ box: Box, _ word: String, then more: String = "") -> JSON {
        let script = """
            cat > \(box.directory)/state-\(word); echo \(word) >> \(box.directory)/order; \
            readlink /proc/self/ns/mnt /proc/self/ns/uts > \(box.directory)/place-\(word); \(more)
            """
        return ["path": "/bin/sh", "args": ["sh", "-c", .string(script)], "env": [.string(Command.searchPath)]]
    }

    private func order(_ box: Box) -> [String] {
        Command.text(box.directory + "/order").split(separator: "\n").map(String.init)
    }

    private func state(_ box: Box, _ word: String) throws -> JSON {
        try JSON(parsing: Command.text(box.directory + "/state-\(word)"))
    }

    @Test(.clause("runtime.md#lifecycle"))
    func hooksRunInTheOrderOfTheLifecycle() throws {
        try Box.with { (box) throws in
            for kind in ["prestart", "createRuntime", "poststart", "poststop"] {
                box.config["hooks", kind] = [hook(box, kind + "1"), hook(box, kind + "2")]
            }
            try box.create(running: "sleep 1000")
            #expect(order(box) == ["prestart1", "prestart2", "createRuntime1", "createRuntime2"])
            try #require(box.call("start", box.id).code == 0)
            #expect(order(box).suffix(2) == ["poststart1", "poststart2"])
            try box.call("kill", box.id, "KILL")
            box.waitFor(status: "stopped")
            #expect(try box.call("delete", box.id).code == 0)
            #expect(order(box).suffix(2) == ["poststop1", "poststop2"])
        }
    }

    @Test(.clause("config.md#posix-platform-hooks"), arguments: ["prestart", "createRuntime", "poststart", "poststop"])
    func hooksOfTheRuntimeRunInItsNamespaces(kind: String) throws {
        try Box.with { (box) throws in
            box.config["hooks", kind] = [hook(box, kind)]
            try box.start(running: "true")
            box.waitFor(status: "stopped")
            try box.call("delete", box.id)
            let place = Command.text(box.directory + "/place-\(kind)").split(separator: "\n").map(String.init)
            let own = ["mnt", "uts"].map {
                (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/ns/\($0)")) ?? ""
            }
            #expect(place.last == own.last)
            if box.runtime.view.isEmpty { #expect(place == own) }
        }
    }

    @Test(.clause("config.md#posix-platform-hooks"))
    func createContainerRunsInTheContainersNamespacesBeforeTheRootIsChanged() throws {
        try Box.with { (box) throws in
            box.config["hooks", "createContainer"] = [
                hook(box, "createContainer", then: "ls -d \(box.rootfs)/proc/1 > \(box.directory)/seen")
            ]
            try box.create(running: "true")
            let place = Command.text(box.directory + "/place-createContainer").split(separator: "\n").map(String.init)
            let inside = ["mnt", "uts"].map {
                (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(box.pid)/ns/\($0)")) ?? ""
            }
            #expect(place == inside)
            // Mounts of the container stand already; the host's paths are still there.
            #expect(Command.text(box.directory + "/seen") == "\(box.rootfs)/proc/1\n")
            try #require(!order(box).isEmpty)
        }
    }

    @Test(.clause("config.md#posix-platform-hooks"))
    func createContainerRunsAfterCreateRuntime() throws {
        try Box.with { (box) throws in
            box.config["hooks", "createContainer"] = [hook(box, "container")]
            box.config["hooks", "createRuntime"] = [hook(box, "runtime")]
            try box.create(running: "true")
            #expect(order(box) == ["runtime", "container"])
        }
    }

    @Test(.clause("config.md#posix-platform-hooks"))
    func startContainerRunsInsideWithPathsOfTheContainer() throws {
        try Box.with { (box) throws in
            box.config["hooks", "startContainer"] = [
                [
                    "path": "/bin/sh", "env": ["WORD=from-the-hook", "PATH=/bin"],
                    "args": [
                        "sh", "-c", "cat > /hook-state; echo \"$WORD $0\" > /hook-ran; hostname >> /hook-ran", "zero",
                    ],
                ]
            ]
            try box.create(running: "cat /hook-ran")
            #expect(access(box.rootfs + "/hook-ran", F_OK) != 0)
            try #require(box.call("start", box.id).code == 0)
            box.waitFor(output: "from-the-hook zero\nbox\n")
            let state = try JSON(parsing: Command.text(box.rootfs + "/hook-state"))
            #expect(state["id"].text == box.id)
        }
    }

    @Test(.clause("config.md#posix-platform-hooks"))
    func everyHookReadsTheStateOfItsMoment() throws {
        try Box.with { (box) throws in
            box.config["annotations"] = ["org.example.key": "value"]
            let kinds = ["prestart", "createRuntime", "createContainer", "poststart", "poststop"]
            for kind in kinds { box.config["hooks", kind] = [hook(box, kind)] }
            try box.create(running: "sleep 1000")
            let pid = box.pid
            try #require(box.call("start", box.id).code == 0)
            try box.call("kill", box.id, "KILL")
            box.waitFor(status: "stopped")
            try box.call("delete", box.id)
            for kind in kinds {
                let state = try state(box, kind)
                #expect(state["id"].text == box.id, "\(kind)")
                #expect(state["bundle"].text == box.bundle, "\(kind)")
                #expect(state["annotations", "org.example.key"].text == "value", "\(kind)")
                #expect(!(state["ociVersion"].text ?? "").isEmpty, "\(kind)")
            }
            for kind in ["prestart", "createRuntime", "createContainer"] {
                #expect(["creating", "created"].contains(try state(box, kind)["status"].text ?? ""), "\(kind)")
            }
            for kind in ["prestart", "createRuntime", "poststart"] {
                #expect(try state(box, kind)["pid"].int == Int(pid), "\(kind)")
            }
            #expect(try state(box, "poststart")["status"].text == "running")
            #expect(try state(box, "poststop")["status"].text == "stopped")
        }
    }

    @Test(.clause("config.md#posix-platform-hooks"))
    func hooksGetTheirArgumentsAndEnvironmentAlone() throws {
        try Box.with { (box) throws in
            let file = box.directory + "/seen"
            box.config["hooks", "createRuntime"] = [
                [
                    "path": "/bin/sh", "env": ["ONLY=this"],
                    "args": [
                        "odd-name", "-c", .string("echo \"$0|$1\" > \(file); /usr/bin/env | /usr/bin/sort >> \(file)"),
                        "first", "second",
                    ],
                ]
            ]
            try box.create(running: "true")
            let lines = Command.text(file).split(separator: "\n").filter {
                !$0.hasPrefix("PWD=") && !$0.hasPrefix("_=") && !$0.hasPrefix("SHLVL=") && !$0.hasPrefix("OLDPWD=")
            }
            #expect(lines == ["first|second", "ONLY=this"])
        }
    }

    @Test(
        .clause("runtime.md#lifecycle"), arguments: ["prestart", "createRuntime", "createContainer"])
    func aFailedHookBeforeTheStartUndoesTheContainer(kind: String) throws {
        try Box.with { (box) throws in
            box.config["hooks", kind] = [hook(box, "failing", then: "exit 3"), hook(box, "after")]
            box.config["hooks", "poststop"] = [hook(box, "poststop")]
            box.setScript("echo ran")
            let outcome = try box.create()
            try box.expectRefusal(of: outcome)
            #expect(!order(box).contains("after"))
            #expect(!box.output.contains("ran\n"))
        }
    }

    @Test(.clause("runtime.md#lifecycle"))
    func aFailedStartContainerHookStopsTheContainer() throws {
        try Box.with { (box) throws in
            box.config["hooks", "startContainer"] = [["path": "/bin/false"]]
            try box.create(running: "echo ran")
            #expect(try box.call("start", box.id).code != 0)
            usleep(50_000)
            #expect(!box.output.contains("ran\n"))
            #expect(box.status != "running")
        }
    }

    @Test(.clause("runtime.md#lifecycle"))
    func aFailedPoststartHookIsAWarningAlone() throws {
        try Box.with { (box) throws in
            box.config["hooks", "poststart"] = [hook(box, "failing", then: "exit 3"), hook(box, "after")]
            try box.create(running: "echo ran; sleep 1000")
            #expect(try box.call("start", box.id).code == 0)
            box.waitFor(output: "ran")
            #expect(order(box) == ["failing", "after"])
            #expect(box.status == "running")
        }
    }

    @Test(.clause("runtime.md#lifecycle"))
    func aFailedPoststopHookIsAWarningAlone() throws {
        try Box.with { (box) throws in
            box.config["hooks", "poststop"] = [hook(box, "failing", then: "exit 3"), hook(box, "after")]
            try box.start(running: "true")
            box.waitFor(status: "stopped")
            #expect(try box.call("delete", box.id).code == 0)
            #expect(order(box) == ["failing", "after"])
            #expect(try box.state() == .null)
        }
    }

    @Test(.clause("config.md#posix-platform-hooks"))
    func aHookThatOverrunsItsTimeoutFails() throws {
        try Box.with { (box) throws in
            box.config["hooks", "createRuntime"] = [
                ["path": "/bin/sleep", "args": ["sleep", "1000"], "timeout": 1]
            ]
            try box.expectRefusal(of: box.create())
        }
    }

    @Test(.clause("config.md#posix-platform-hooks"))
    func aTimeoutThatIsNotPositiveIsRefused() throws {
        try Box.with { (box) throws in
            box.config["hooks", "poststop"] = [["path": "/bin/true", "timeout": 0]]
            try box.expectRefusal(of: box.create())
        }
    }

    @Test(.clause("config.md#posix-platform-hooks"))
    func aRelativePathOfAHookIsRefused() throws {
        try Box.with { (box) throws in
            box.config["hooks", "createRuntime"] = [["path": "bin/true"]]
            try box.expectRefusal(of: box.create())
        }
    }

    @Test(.clause("config.md#posix-platform-hooks"))
    func aHookThatIsNotThereFails() throws {
        try Box.with { (box) throws in
            box.config["hooks", "createRuntime"] = [["path": "/no/such/program"]]
            try box.expectRefusal(of: box.create())
        }
    }

    @Test(.clause("config.md#posix-platform-hooks"))
    func aHookThatDoesNotReadItsInputDoesNotFail() throws {
        try Box.with { (box) throws in
            box.config["annotations"] = ["org.example.long": .string(String(repeating: "x", count: 200_000))]
            box.config["hooks", "createRuntime"] = [["path": "/bin/true"]]
            try box.create(running: "true")
        }
    }
}
