import Cgroups
import Engine
import Glibc
import LinuxSystem
import Testing

@testable import Runtime

/// Sessions, control and exec with real containers: needs root, busybox-static and the monitor.
@Suite(.enabled(if: ContainerFixture.canRun, "needs root, /bin/busybox and spyhop-monitor"), .serialized)
struct SessionTests {
    private func exec(
        _ fixture: ContainerFixture, _ started: Started, _ command: [String],
        _ change: (inout ExecRequest) -> Void = { _ in }
    ) async throws -> Started {
        var request = ExecRequest(
            targetPID: started.pid, targetStartTicks: Processes.startTicks(started.pid) ?? 0, id: fixture.id,
            directory: fixture.directory + "/state", container: ContainerSpec(image: "busybox"), hostname: "whale",
            process: ResolvedProcess(arguments: command), cgroup: started.cgroup,
            eventsPath: fixture.directory + "/events.jsonl", eventAttributes: ["name": "test"])
        change(&request)
        return try await fixture.runtime.exec(request, attachment: [.output, .input, .owner])
    }

    @Test func inputReachesTheProcessAndItsEndToo() async throws {
        try await ContainerFixture.with { fixture in
            let started = try await fixture.start(["cat"], attachment: [.output, .input, .owner]) {
                $0.openStdin = true
            }
            let session = try #require(started.session)
            let text = [UInt8](repeating: 65, count: 200_000)
            try await session.write(Array("hello\n".utf8))
            #expect(try await session.next() == .output(.stdout, Array("hello\n".utf8)))
            async let sent: Void = session.write(text)
            var received = 0
            while received < text.count, case .output(_, let bytes)? = try await session.next() {
                received += bytes.count
            }
            try await sent
            #expect(received == text.count)
            try await session.closeInput()
            #expect(try await ContainerFixture.drain(session).code == 0)
        }
    }

    @Test func aTerminalIsATerminal() async throws {
        try await ContainerFixture.with { fixture in
            let started = try await fixture.start(
                ["sh", "-c", "tty; stty size; echo $TERM; read x; stty size; ls -l /dev/console"],
                attachment: [.output, .input, .owner]
            ) {
                $0.tty = true
                $0.openStdin = true
            }
            let session = try #require(started.session)
            var output = ""
            while !output.contains("xterm"), case .output(_, let bytes)? = try await session.next() {
                output += String(decoding: bytes, as: UTF8.self)
            }
            try await session.resize(TerminalSize(columns: 120, rows: 40))
            try await session.write([10])
            let (rest, code) = try await ContainerFixture.drain(session)
            output += rest
            #expect(code == 0, "\(output)")
            #expect(output.contains("/dev/pts/0") && output.contains("33 91") && output.contains("40 120"), "\(output)")
        }
    }

    @Test func execJoinsTheContainer() async throws {
        try await ContainerFixture.with { fixture in
            let started = try await fixture.start(["sleep", "1000"])
            let script =
                "hostname; cat /proc/1/cmdline; grep -E 'CapEff|Seccomp:' /proc/self/status; cat /proc/self/cgroup; exit 7"
            let session = try await exec(fixture, started, ["sh", "-c", script]).session
            let (output, code) = try await ContainerFixture.drain(session)
            #expect(code == 7, "\(output)")
            #expect(output.contains("whale") && output.contains("sleep\u{0}1000"))
            #expect(output.contains("CapEff:\t00000000a80425fb") && output.contains("Seccomp:\t2"))
            #expect(!output.contains(".."), "\(output)")
            let error = await #expect(throws: EngineError.self) { _ = try await exec(fixture, started, ["nosuch"]) }
            #expect(error?.code == .commandNotFound)
            let terminal = try await exec(fixture, started, ["sh", "-c", "tty; stty size"]) {
                $0.tty = true
                $0.size = TerminalSize(columns: 70, rows: 20)
            }
            let seen = try await ContainerFixture.drain(terminal.session)
            #expect(seen.output.contains("/dev/pts/") && seen.output.contains("20 70"), "\(seen)")
            let stale = await #expect(throws: EngineError.self) {
                _ = try await exec(fixture, started, ["true"]) { $0.targetStartTicks += 1 }
            }
            #expect(stale?.code == .conflict)
        }
    }

    @Test func theMonitorPausesStopsAndWaits() async throws {
        try await ContainerFixture.with { fixture in
            let started = try await fixture.start(["sh", "-c", "trap 'exit 3' TERM; while :; do sleep 0.05; done"])
            #expect(try RecordLock.holder(of: fixture.directory + "/state/lock") == fixture.status.monitorPID)
            guard case .running(let life) = try fixture.status else {
                throw EngineError(.corrupted, "\(try fixture.status)")
            }
            #expect(life.pid == started.pid)
            #expect(Processes.startTicks(life.pid) == life.startTicks)
            let control = MonitorControl(socketPath: fixture.bundle.socketPath)
            try await control.pause()
            guard case .paused = try fixture.status else { throw EngineError(.corrupted, "\(try fixture.status)") }
            #expect(started.cgroup.isFrozen == true)
            try await control.resume()
            try await control.restartRule(.onFailure(maximumRetries: 2))
            async let end = control.wait()
            try await control.stop()
            do {
                let exit = try await end
                #expect(exit == nil || exit?.code == 3)
            } catch let error as EngineError {
                // The stop can be over before the waiter has connected.
                #expect(error.code == .conflict)
            }
            guard case .exited(let record) = try await fixture.waitForEnd() else {
                throw EngineError(.corrupted, "\(try fixture.status)")
            }
            #expect(record.exit.code == 3 && record.wasStopped)
            let late = await #expect(throws: EngineError.self) { try await control.pause() }
            #expect(late?.code == .conflict)
        }
    }

    @Test func aKilledMonitorIsSeenAndTheContainerStartsAgain() async throws {
        try await ContainerFixture.with { fixture in
            let started = try await fixture.start(["sleep", "1000"])
            let monitor = try #require(try fixture.status.monitorPID)
            let pidfd = try Processes.open(monitor)
            try Processes.signal(pidfd: pidfd, SIGKILL)
            try await Readiness.shared.readable(pidfd.rawValue)
            guard case .monitorKilled(let pid, _, _, _) = try fixture.status else {
                throw EngineError(.corrupted, "\(try fixture.status)")
            }
            #expect(pid == started.pid)
            let again = try await fixture.start(["sh", "-c", "echo again"], attachment: [.output, .owner])
            #expect(try await ContainerFixture.drain(again.session).output == "again\n")
        }
    }

    @Test func monitorsLeaveNoZombies() async throws {
        try await ContainerFixture.with { fixture in
            _ = try await fixture.run("true")
            _ = try await fixture.waitForEnd()
            // The reaper wakes by the same event as waitForEnd, so it may be a moment behind.
            for _ in 0..<200 where zombies() > 0 { try await Task.sleep(for: .milliseconds(10)) }
            #expect(zombies() == 0)
        }
    }

    private func zombies() -> Int {
        let children = (try? Files.readText("/proc/self/task/\(getpid())/children")) ?? ""
        return children.split(separator: " ").filter { pid in
            let stat = (try? Files.readText("/proc/\(pid)/stat")) ?? ""
            return stat.contains("(spyhop-monitor) Z")
        }.count
    }
}
