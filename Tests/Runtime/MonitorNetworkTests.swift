import Engine
import Glibc
import Harness
import LinuxSystem
import Networking
import Testing

@testable import Runtime

/// A monitor and its container's networks, in a network namespace that stands for the host.
@Suite(.enabled(if: ContainerFixture.canRun, "needs root, /bin/busybox and spyhop-monitor"), .serialized)
struct MonitorNetworkTests {
    @Test func containersReachEachOtherByNameAndNothingIsLeft() async throws {
        try await NetworkFixture.withTwo { network, one, other in
            let web = try network.link("net", one.id, called: "web", aliases: ["Shop"])
            _ = try await one.start(["sleep", "1000"], network: network.bundle([web]))
            let client = try network.link("net", other.id, called: "client")
            let script = """
                busybox ping -c 1 -w 5 web && busybox ping -c 1 -w 5 shop.net && busybox ping6 -c 1 -w 5 WEB &&
                busybox nslookup \(one.id.short) && busybox nslookup 10.9.8.2 && busybox ip addr
                """
            let started = try await other.start(
                ["sh", "-c", script], attachment: [.output, .owner], network: network.bundle([client]))
            network.letGo()
            let (output, code) = try await ContainerFixture.drain(started.session)
            #expect(code == 0, "\(output)")
            #expect(output.contains("10.9.8.2") && output.contains("web.net"), "\(output)")
            #expect(output.contains("10.9.8.3/24") && output.contains("eth0"), "\(output)")
            #expect(try network.hostEnds.count >= 1)
            try await MonitorControl(socketPath: one.bundle.socketPath).stop(timeoutMilliseconds: 0)
            try await network.settle("net")
        }
    }

    @Test func whoComesAndGoesIsKnownAtOnce() async throws {
        try await NetworkFixture.withTwo { network, one, other in
            let client = try network.link("net", one.id, called: "client")
            let started = try await one.start(["sleep", "1000"], network: network.bundle([client]))
            #expect(try addresses(of: "late", seenBy: started.pid).isEmpty)
            let late = try network.link("net", other.id, called: "late", aliases: ["both"])
            _ = try await other.start(["sleep", "1000"], network: network.bundle([late]))
            network.letGo()
            #expect(try addresses(of: "late", seenBy: started.pid) == [[10, 9, 8, 3]])
            #expect(try addresses(of: "LATE.net", seenBy: started.pid) == [[10, 9, 8, 3]])
            #expect(try addresses(of: other.id.short, seenBy: started.pid) == [[10, 9, 8, 3]])
            #expect(try addresses(of: "late.other", seenBy: started.pid).isEmpty)
            // Killed: nobody clears up, but the kernel lets go of the lock, and of the interfaces.
            let monitor = try #require(try other.status.monitorPID)
            let pidfd = try Processes.open(monitor)
            try Processes.signal(pidfd: pidfd, SIGKILL)
            try await Readiness.shared.readable(pidfd.rawValue)
            #expect(try addresses(of: "late", seenBy: started.pid).isEmpty)
            for _ in 0..<500 where try network.hostEnds.count > 1 { try await Task.sleep(for: .milliseconds(10)) }
            #expect(try network.hostEnds.count == 1)
        }
    }

    @Test func aRestartedContainerIsOnItsNetworkAgain() async throws {
        try await NetworkFixture.withTwo { network, one, other in
            let link = try network.link("net", one.id, called: "again")
            let client = try network.link("net", other.id, called: "client")
            let watcher = try await other.start(["sleep", "1000"], network: network.bundle([client]))
            _ = try await one.start(
                ["sh", "-c", "busybox ip addr show eth0 | busybox grep -q 10.9.8.2/24 && sleep 0.1"],
                network: network.bundle([link])
            ) { $0.restartPolicy = .onFailure(maximumRetries: 0) }
            network.letGo()
            let end = try await one.waitForEnd()
            guard case .exited(let record) = end else { throw EngineError(.corrupted, "\(end)") }
            #expect(record.exit.code == 0)
            let third = try network.link("net", one.id, called: "again")
            _ = try await one.start(
                ["sh", "-c", "busybox ip addr show eth0 | busybox grep -q 10.9.8 || exit 9; sleep 0.1; exit 3"],
                network: network.bundle([third])
            ) { $0.restartPolicy = .always }
            network.letGo()
            for _ in 0..<500 {
                if case .running(let life) = try one.status, life.restartCount >= 2 { break }
                try await Task.sleep(for: .milliseconds(10))
            }
            guard case .running(let life) = try one.status else { throw EngineError(.corrupted, "\(try one.status)") }
            #expect(life.restartCount >= 2)
            #expect(try addresses(of: "again", seenBy: watcher.pid).count == 1)
            try await MonitorControl(socketPath: one.bundle.socketPath).stop(timeoutMilliseconds: 0)
            try await MonitorControl(socketPath: other.bundle.socketPath).stop(timeoutMilliseconds: 0)
            try await network.settle("net")
        }
    }

    @Test func networksComeAndGoWhileItRuns() async throws {
        try await NetworkFixture.withTwo { network, one, other in
            try network.makeNetwork("second", subnet: 0x0a09_0900)
            let client = try network.link("net", one.id, called: "client")
            let started = try await one.start(["sleep", "1000"], network: network.bundle([client]))
            let peer = try network.link("second", other.id, called: "peer")
            // One that began with no network at all.
            var none = network.bundle([])
            var change = BundleNetwork.Change(isIsolated: false)
            change.nameRules = none.nameRules
            none.nameRules = []
            let late = try await other.start(["sleep", "1000"], network: none)
            let control = MonitorControl(socketPath: one.bundle.socketPath)
            let otherControl = MonitorControl(socketPath: other.bundle.socketPath)
            try await otherControl.pause()
            try await otherControl.attach(peer, change)
            try await otherControl.resume()
            #expect(try addresses(of: "peer", seenBy: late.pid) == [[10, 9, 9, 2]])
            #expect(try addresses(of: "peer", seenBy: started.pid).isEmpty)
            let second = try network.link("second", one.id, called: "client", number: 1)
            try await control.attach(second, BundleNetwork.Change(isIsolated: false))
            network.letGo()
            #expect(try addresses(of: "peer", seenBy: started.pid) == [[10, 9, 9, 2]])
            let interfaces = try NetworkClient.inside(started.pid) { NetworkSpace.interfaces() }
            #expect(interfaces.contains("eth0") && interfaces.contains("eth1"), "\(interfaces)")
            try await control.detach(network.id("second"), BundleNetwork.Change(isIsolated: false))
            #expect(try addresses(of: "peer", seenBy: started.pid).isEmpty)
            #expect(try NetworkClient.inside(started.pid) { NetworkSpace.interfaces() }.contains("eth1") == false)
            #expect(try network.leases("second").leases().map(\.endpoint.containerName) == ["peer"])
            await #expect(throws: EngineError.self) {
                try await control.detach(network.id("second"), BundleNetwork.Change(isIsolated: false))
            }
            try await control.stop(timeoutMilliseconds: 0)
            try await otherControl.stop(timeoutMilliseconds: 0)
            try await network.settle("net")
            try await network.settle("second")
        }
    }

    @Test func aLinkThatCannotBeMadeEndsTheStart() async throws {
        try await NetworkFixture.withTwo { network, one, _ in
            var link = try network.link("net", one.id, called: "bad")
            let second = try network.link("net", ContainerID.random(), called: "other", number: 1)
            link.inner = second.inner
            await #expect(throws: EngineError.self) {
                _ = try await one.start(["sleep", "1000"], network: network.bundle([link]))
            }
            network.letGo()
            try await network.settle("net")
        }
    }

    @Test func aPlanThatIsNotWholeIsRefused() async throws {
        try await NetworkFixture.withTwo { network, one, _ in
            let sound = try network.link("net", one.id, called: "bad")
            // A patch outside of the messages, messages that are longer than they are, a lease that was not passed.
            var patched = sound
            patched.patches = [sound.outer.count - 3]
            var cut = sound
            cut.inner = Array(sound.inner.dropLast(4))
            var long = sound
            long.outer = [UInt8](repeating: 0, count: 40_000)
            for link in [patched, cut, long] {
                let error = await #expect(throws: EngineError.self) {
                    _ = try await one.start(["sleep", "1000"], network: network.bundle([link]))
                }
                #expect(error?.description.contains("plan") == true, "\(String(describing: error))")
            }
            network.letGo()
        }
    }

    /// The IPv4 addresses that the container's resolver has for a name.
    private func addresses(of name: String, seenBy pid: pid_t) throws -> [[UInt8]] {
        try NetworkClient.inside(pid) {
            let socket = try NetworkClient.connect(SOCK_DGRAM, 0x7f00_000b, 53)
            let question = NameQuestion.bytes(name)
            try NetworkClient.send(socket, question)
            guard let answer = NetworkClient.receive(socket) else { throw EngineError(.system, "no answer") }
            guard answer.count >= question.count, answer[3] & 15 == 0 else { return [] }
            return (0..<Int(answer[7])).map { Array(answer[(question.count + 16 * $0 + 12)...].prefix(4)) }
        }
    }
}
