import Foundation
import Harness
import Testing

/// runtime.md: the state of a container.
@Suite(.needsRoot)
struct StateTests {
    @Test(.clause("runtime.md#state"))
    func stateHasTheFieldsOfTheSpecification() throws {
        try Box.with { (box) throws in
            box.config["annotations"] = ["org.example.key": "value", "org.example.empty": ""]
            try box.startSleeping()
            let state = try box.state()
            #expect(state["id"].text == box.id)
            #expect(state["status"].text == "running")
            #expect(state["bundle"].text == box.bundle)
            #expect(state["annotations", "org.example.key"].text == "value")
            #expect(state["annotations", "org.example.empty"].text == "")
            let version = state["ociVersion"].text ?? ""
            #expect(version.hasPrefix("1."), "ociVersion is “\(version)”")
        }
    }

    @Test(.clause("runtime.md#state"))
    func statePidIsTheFirstProcessAsTheHostSeesIt() throws {
        try Box.with { (box) throws in
            try box.startSleeping()
            let pid = box.pid
            try #require(pid > 0)
            #expect(Command.text("/proc/\(pid)/cmdline").hasPrefix("sh\0-c\0trap"))
            #expect(Command.text("/proc/\(pid)/status").contains("\t1\n"))
        }
    }

    @Test(.clause("runtime.md#state"))
    func statusGoesFromCreatedToRunningToStopped() throws {
        try Box.with { (box) throws in
            try box.create(running: "while ! test -e /end; do sleep 0.02; done")
            #expect(box.status == "created")
            #expect(box.pid > 0)
            try #require(box.call("start", box.id).code == 0)
            #expect(box.status == "running")
            try Data().write(to: URL(filePath: box.rootfs + "/end"))
            box.waitFor(status: "stopped")
            #expect(try box.state()["pid"].int ?? 0 == 0)
        }
    }

    @Test(.clause("runtime.md#state"))
    func aContainerThatWasKilledIsStopped() throws {
        try Box.with { (box) throws in
            try box.startSleeping()
            kill(box.pid, SIGKILL)
            box.waitFor(status: "stopped")
        }
    }

    @Test(.clause("runtime.md#state"))
    func bundleIsAbsoluteThoughItWasGivenRelative() throws {
        try Box.with { (box) throws in
            guard box.runtime.view.isEmpty else {
                throw CannotRun("\(box.runtime.kind.rawValue) is called in a mount namespace, entered at its root")
            }
            box.setScript("sleep 1000")
            try box.writeConfiguration()
            let words = box.commandLine(["create", "--bundle", "bundle", box.id])
            let script = "cd \(box.directory) && exec \"$@\""
            let child = try Command.start(
                ["/bin/sh", "-c", script, "sh"] + words, environment: box.environment, output: box.outputPath)
            box.adopt()
            try #require(try child.wait(seconds: 30) == 0, "\(box.output)")
            #expect(try box.state()["bundle"].text == box.bundle)
        }
    }

    @Test(.clause("runtime.md#state"))
    func containersOfDifferentRootsDoNotMeet() throws {
        try Box.with { (first) throws in
            try first.startSleeping()
            try Box.with { (second) throws in
                #expect(try second.call("state", first.id).code != 0)
                #expect(try second.call("kill", first.id, "KILL").code != 0)
            }
            #expect(first.status == "running")
        }
    }

    @Test(.clause("runtime.md#state"))
    func listShowsEveryContainerOfTheRoot() throws {
        try Box.with { (box) throws in
            try box.startSleeping()
            box.setScript("sleep 1000")
            box.config["linux", "cgroupsPath"] = .string(box.cgroupsPath + "-other")
            defer { CgroupTree.directories(at: box.cgroupsPath + "-other").forEach(CgroupTree.remove) }
            try #require(box.create(id: box.id + "-other").code == 0)
            let listed = try box.call("list", "--format", "json")
            let rows = try JSON(parsing: listed.output).items
            #expect(Set(rows.compactMap { $0["id"].text }) == [box.id, box.id + "-other"])
            #expect(Set(rows.compactMap { $0["status"].text }) == ["running", "created"])
            #expect(rows.allSatisfy { $0["bundle"].text == box.bundle })
            let quiet = try box.call("list", "--quiet")
            #expect(Set(quiet.lines) == [box.id, box.id + "-other"])
        }
    }
}
