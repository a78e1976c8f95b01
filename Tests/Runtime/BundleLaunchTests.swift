import Cgroups
import Engine
import Glibc
import LinuxSystem
import OCI
import Testing

@testable import Runtime

/// Real processes of bundles, without a runtime's state around them: needs root, busybox-static and the monitor.
@Suite(.enabled(if: ContainerFixture.canRun, "needs root, /bin/busybox and spyhop-monitor"), .serialized)
struct BundleLaunchTests {
    @Test func theProgramRunsAsOurChildWithItsStreams() throws {
        try BundleFixture.with { fixture in
            let (output, code) = try fixture.run("echo $$ $(hostname) $PWD $HOME; exit 7")
            #expect(output == "1 whale / /root\n")
            #expect(code == 7)
        }
    }

    @Test func aProcessWaitsAtItsGateUntilAByteComes() throws {
        try BundleFixture.with { fixture in
            let gate = fixture.directory + "/exec.fifo"
            #expect(mkfifo(gate, 0o600) == 0)
            let ends = try Pipe().take()
            let reading = OwnedDescriptor(owning: ends.read)
            let writing = OwnedDescriptor(owning: ends.write)
            let pid = try fixture.launch("echo started", output: writing.rawValue, gate: gate)
            close(writing.take())
            #expect(try Files.readText("/proc/\(pid)/comm", limit: 64).isEmpty == false)
            let opened = try OwnedDescriptor.open(gate, O_WRONLY | O_NONBLOCK)
            try opened.writeAll([0])
            #expect(BundleFixture.wait(pid) == 0)
            #expect(try reading.readAll(limit: 64) == Array("started\n".utf8))
        }
    }

    @Test func aProcessAtItsGateEndsOnATermination() throws {
        try BundleFixture.with { fixture in
            let gate = fixture.directory + "/exec.fifo"
            #expect(mkfifo(gate, 0o600) == 0)
            let pid = try fixture.launch("echo started", output: 1, gate: gate)
            #expect(kill(pid, SIGTERM) == 0)
            #expect(BundleFixture.wait(pid) == 128 + SIGTERM)
        }
    }

    @Test func aUserNamespaceMapsItsRoot() throws {
        try BundleFixture.with { fixture in
            let (output, code) = try fixture.run("id -u; cat /proc/self/uid_map; ls -l /dev/null; echo x > /dev/null") {
                $0.linux?.namespaces?.append(LinuxNamespace(type: .user))
                $0.linux?.uidMappings = [LinuxIDMapping(containerID: 0, hostID: 100_000, size: 1000)]
                $0.linux?.gidMappings = [LinuxIDMapping(containerID: 0, hostID: 100_000, size: 1000)]
            }
            #expect(code == 0, "\(output)")
            #expect(output.contains("0\n") && output.contains("100000       1000"), "\(output)")
        }
    }

    @Test func aTimeNamespaceHasItsOffsets() throws {
        try BundleFixture.with { fixture in
            let (output, code) = try fixture.run("cut -d. -f1 /proc/uptime; cat /proc/self/timens_offsets") {
                $0.linux?.namespaces?.append(LinuxNamespace(type: .time))
                $0.linux?.timeOffsets = ["boottime": LinuxTimeOffset(secs: 1_000_000_000)]
            }
            #expect(code == 0)
            let uptime = output.split(separator: "\n").first.flatMap { Int($0) } ?? 0
            #expect(uptime > 1_000_000_000, "\(output)")
        }
    }

    @Test func hooksRunInTheirOrderAndPlace() throws {
        try BundleFixture.with { fixture in
            let trace = fixture.directory + "/trace"
            let (output, code) = try fixture.run("cat /trace-inside") {
                let hook = { (name: String, file: String) in
                    Hook(path: "/bin/busybox", args: ["sh", "-c", "echo \(name) >> \(file); cat >> \(file)"])
                }
                $0.hooks = Hooks(
                    createRuntime: [Hook(path: "/bin/true")], createContainer: [hook("createContainer", trace)],
                    startContainer: [hook("startContainer", "/trace-inside")])
                $0.root?.readonly = false
            } handlers: { pid in
                try Files.writeAtomically(Array("runtime \(pid > 1)\n".utf8), to: trace, mode: 0o644)
            }
            #expect(code == 0, "\(output)")
            let lines = try Files.readText(trace, limit: 4096)
            #expect(lines.hasPrefix("runtime true\ncreateContainer\n{\"pid\":1,"), "\(lines)")
            #expect(lines.contains("\"status\":\"creating\""))
            #expect(
                output.hasPrefix("startContainer\n{\"pid\":1,") && output.contains("\"status\":\"created\""),
                "\(output)")
        }
    }

    @Test func aHookThatFailsGivesTheContainerUp() throws {
        try BundleFixture.with { fixture in
            let failure = #expect(throws: EngineError.self) {
                try fixture.run("true") { $0.hooks = Hooks(createContainer: [Hook(path: "/bin/false")]) }
            }
            #expect(failure?.description.contains("/bin/false") == true, "\(String(describing: failure))")
        }
    }

    @Test func aProgramThatIsNotThereIsToldBeforeTheStart() throws {
        try BundleFixture.with { fixture in
            let failure = #expect(throws: EngineError.self) {
                try fixture.run("true") { $0.process?.args = ["/nowhere"] }
            }
            #expect(failure?.code == .commandNotFound)
        }
    }

    @Test func anIdmappedBindShowsOtherOwners() throws {
        try BundleFixture.with { fixture in
            let shared = fixture.directory + "/shared"
            try Files.makeDirectories(shared)
            try Files.writeAtomically([], to: shared + "/file", mode: 0o644)
            #expect(chown(shared + "/file", 5, 6) == 0)
            let (output, code) = try fixture.run("stat -c '%u %g' /shared/file") {
                $0.mounts?.append(
                    Mount(
                        destination: "/shared", type: "bind", source: shared, options: ["bind", "idmap"],
                        uidMappings: [LinuxIDMapping(containerID: 5, hostID: 3005, size: 1)],
                        gidMappings: [LinuxIDMapping(containerID: 6, hostID: 3006, size: 1)]))
            }
            #expect(code == 0)
            #expect(output == "3005 3006\n")
        }
    }

    @Test func aFurtherProcessJoinsTheContainer() throws {
        try BundleFixture.with { fixture in
            let first = try fixture.launch("exec sleep 1000", output: 1, gate: nil)
            defer {
                kill(first, SIGKILL)
                _ = BundleFixture.wait(first)
            }
            let ends = try Pipe().take()
            let reading = OwnedDescriptor(owning: ends.read)
            let writing = OwnedDescriptor(owning: ends.write)
            var exec = BundleExec(
                process: OCI.Process(
                    cwd: "/tmp", args: ["sh", "-c", "hostname; pwd; ls -d /proc/1; test $$ -gt 1 && exit 3"]),
                spec: fixture.spec("true"), id: "two", bundle: fixture.directory, target: first,
                targetStartTicks: Processes.startTicks(first) ?? 0, cgroup: ContainerCgroup(paths: [:]))
            exec.streams = [0, writing.rawValue, 2]
            let pid = try fixture.launcher.exec(exec, LaunchHandlers())
            close(writing.take())
            #expect(BundleFixture.wait(pid) == 3)
            #expect(try reading.readAll(limit: 256) == Array("whale\n/tmp\n/proc/1\n".utf8))
        }
    }
}
