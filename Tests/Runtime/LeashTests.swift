import Cgroups
import Engine
import Glibc
import LinuxSystem
import Testing

@testable import Runtime

/// Containers that live no longer than whoever started them.
@Suite(.enabled(if: ContainerFixture.canRun, "needs root, /bin/busybox and spyhop-monitor"), .serialized)
struct LeashTests {
    private func isAlive(_ pid: pid_t) -> Bool { kill(pid, 0) == 0 }

    @Test func itsContainerDiesWithTheConnection() async throws {
        try await ContainerFixture.with { fixture in
            // A signal that asks would not end it.
            let started = try await fixture.start(
                ["sh", "-c", "trap '' TERM HUP; echo on; while :; do sleep 1; done"],
                attachment: [.output, .owner, .leash])
            let session = try #require(started.session)
            #expect(try await session.next() == .output(.stdout, Array("on\n".utf8)))
            #expect(isAlive(started.pid))
            session.close()
            guard case .exited(let end) = try await fixture.waitForEnd() else {
                Issue.record("it still runs")
                return
            }
            #expect(end.exit.code == 137)
            #expect(!isAlive(started.pid))
            #expect(!started.cgroup.paths.values.contains(where: Files.exists))
        }
    }

    @Test func aContainerThatTakesNoInputDiesAsWell() async throws {
        try await ContainerFixture.with { fixture in
            let started = try await fixture.start(["sleep", "1000"], attachment: [.output, .input, .owner, .leash]) {
                $0.openStdin = true
            }
            let session = try #require(started.session)
            // More than pipe and monitor hold: nothing is read of this client any more when its connection ends.
            let writing = Task { try await session.write([UInt8](repeating: 65, count: 4 << 20)) }
            try await Task.sleep(for: .milliseconds(100))
            session.close()
            _ = await writing.result
            guard case .exited(let end) = try await fixture.waitForEnd() else {
                Issue.record("it still runs")
                return
            }
            #expect(end.exit.code == 137)
        }
    }

    @Test func withoutALeashItLivesOn() async throws {
        try await ContainerFixture.with { fixture in
            let started = try await fixture.start(["sh", "-c", "echo on; sleep 1000"], attachment: [.output, .owner])
            let session = try #require(started.session)
            #expect(try await session.next() == .output(.stdout, Array("on\n".utf8)))
            session.close()
            try await Task.sleep(for: .milliseconds(100))
            #expect(isAlive(started.pid))
        }
    }
}
