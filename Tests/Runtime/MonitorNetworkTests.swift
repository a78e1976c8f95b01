import Engine
import Glibc
import Harness
import LinuxSystem
import Network
import Testing

@testable import Runtime

/// A monitor and its container's networks, in a network namespace that stands for the host.
@Suite(.enabled(if: ContainerFixture.canRun, "needs root, /bin/busybox and spyhop-monitor"), .serialized)
struct MonitorNetworkTests {
    /// Two containers' fixtures and a network for them.
    private func withTwo(
        _ body: (NetworkFixture, ContainerFixture, ContainerFixture) async throws -> Void
    ) async throws {
        let network = try NetworkFixture()
        try network.makeNetwork("net", subnet: 0x0a09_0800)
        try await ContainerFixture.with { one in
            try await ContainerFixture.with { other in
                for fixture in [one, other] {
                    try Files.writeAtomically(
                        Array("nameserver 127.0.0.11\noptions ndots:0\n".utf8),
                        to: fixture.directory + "/state/resolv.conf")
                }
                try await body(network, one, other)
            }
        }
    }

    @Test func containersReachEachOtherByNameAndNothingIsLeft() async throws {
        try await withTwo { network, one, other in
            let web = try network.link("net", one.id, called: "web", aliases: ["Shop"])
            _ = try await one.start(["sleep", "1000"], network: network.bundle([web.link]))
            let client = try network.link("net", other.id, called: "client")
            let script = """
                busybox ping -c 1 -w 5 web && busybox ping -c 1 -w 5 shop.net && busybox ping6 -c 1 -w 5 WEB &&
                busybox nslookup \(one.id.short) && busybox nslookup 10.9.8.2; busybox ip addr
                """
            let started = try await other.start(
                ["sh", "-c", script], attachment: [.output, .owner], network: network.bundle([client.link]))
            let (output, code) = try await ContainerFixture.drain(started.session)
            #expect(code == 0, "\(output)")
            #expect(output.contains("10.9.8.2") && output.contains("web.net"), "\(output)")
            #expect(output.contains("10.9.8.3/24"), "\(output)")
            _ = try await MonitorControl(socketPath: one.bundle.socketPath).stop(timeoutMilliseconds: 0)
            try await network.settle("net")
        }
    }
}
