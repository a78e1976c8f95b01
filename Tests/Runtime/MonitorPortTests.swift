import Engine
import Glibc
import Harness
import LinuxSystem
import Networking
import Testing

@testable import Runtime

/// Published ports that the firewall does not lead to the container: the monitor's proxy passes on what comes.
@Suite(.enabled(if: ContainerFixture.canRun, "needs root, /bin/busybox and spyhop-monitor"), .serialized)
struct MonitorPortTests {
    private static let loopback: UInt32 = 0x7f00_0001

    /// A container with a listener of `type` on the loopback of what stands for the host, leading to its port 7000.
    private func withPort(
        _ type: __socket_type, _ script: String,
        _ body: (NetworkFixture, ContainerFixture, Started, UInt16) async throws -> Void
    ) async throws {
        try await NetworkFixture.withTwo { network, one, _ in
            let link = try network.link("net", one.id, called: "server")
            let (listener, port) = try network.space.inside { try NetworkClient.server(type) }
            var bundle = network.bundle([link])
            bundle.ports = [
                .init(
                    listener: listener.rawValue, transport: type == SOCK_STREAM ? .tcp : .udp,
                    target: .init(.v4(0x0a09_0802), port: 7000))
            ]
            let started = try await one.start(["sh", "-c", script], network: bundle)
            network.letGo()
            listener.close()
            try await body(network, one, started, port)
            try await MonitorControl(socketPath: one.bundle.socketPath).stop(timeoutMilliseconds: 0)
            try await network.settle("net")
            #expect(throws: EngineError.self) {
                _ = try network.space.inside { try NetworkClient.connect(SOCK_STREAM, Self.loopback, port) }
            }
        }
    }

    /// Waits until something listens on port 7000 in the container.
    private func awaitServer(_ pid: pid_t) async throws {
        for _ in 0..<500 {
            for table in ["tcp", "tcp6"] {
                if try Files.readText("/proc/\(pid)/net/\(table)").contains(":1B58 ") { return }
            }
            try await Task.sleep(for: .milliseconds(10))
        }
        throw EngineError(.system, "the container's server does not come up")
    }

    @Test func aConnectionIsPassedOnBothWaysAndEndsEachWayAlone() async throws {
        // cat answers only once its input has ended: the half that is closed must arrive as such.
        let script = "busybox nc -ll -p 7000 -e sh -c 'x=$(busybox md5sum); echo $x'"
        try await withPort(SOCK_STREAM, script) { network, one, started, port in
            try await awaitServer(started.pid)
            for round in 0..<3 {
                let text = [UInt8](repeating: UInt8(65 + round), count: 3_000_000)
                let answer = try network.space.inside {
                    let socket = try NetworkClient.connect(SOCK_STREAM, Self.loopback, port)
                    try NetworkClient.send(socket, text)
                    shutdown(socket.rawValue, Int32(SHUT_WR))
                    return NetworkClient.receiveAll(socket)
                }
                #expect(String(decoding: answer ?? [], as: UTF8.self).hasSuffix("-\n"), "\(String(describing: answer))")
            }
            let proxy = try #require(proxyProcess(of: one))
            #expect(try Files.readText("/proc/\(proxy)/cmdline").hasPrefix("spyhop-proxy"))
            // Nothing of the container is the proxy's: no lease, no log, no lock.
            let held = try Files.list("/proc/\(proxy)/fd").compactMap { link("/proc/\(proxy)/fd/\($0.name)") }
            #expect(
                held.allSatisfy {
                    $0.hasPrefix("socket:") || $0.hasPrefix("anon_inode:") || $0.hasPrefix("pipe:")
                        || $0 == "/dev/null"
                }, "\(held)")
            // Another one takes over when it is killed.
            kill(proxy, SIGKILL)
            let again = try network.space.inside {
                let socket = try NetworkClient.connect(SOCK_STREAM, Self.loopback, port)
                try NetworkClient.send(socket, [65])
                shutdown(socket.rawValue, Int32(SHUT_WR))
                return NetworkClient.receiveAll(socket)
            }
            #expect(again?.isEmpty == false)
        }
    }

    @Test func whereNobodyListensTheConnectionIsReset() async throws {
        try await withPort(SOCK_STREAM, "sleep 1000") { network, _, _, port in
            let answer = try network.space.inside {
                let socket = try NetworkClient.connect(SOCK_STREAM, Self.loopback, port)
                return NetworkClient.receiveAll(socket)
            }
            #expect(answer == nil)
        }
    }

    @Test func datagramsAreAnsweredFromTheAddressThatWasAsked() async throws {
        try await withPort(SOCK_DGRAM, "sleep 1000") { network, _, started, port in
            let server = try NetworkClient.inside(started.pid) { try NetworkClient.server(SOCK_DGRAM, 0, port: 7000) }
            // Connected: an answer from anywhere else would not be taken.
            let clients = try network.space.inside {
                try (1...3).map { _ in try NetworkClient.connect(SOCK_DGRAM, Self.loopback, port) }
            }
            for round in 0..<2 {
                for (index, client) in clients.enumerated() {
                    let text = Array("ping \(round) \(index)".utf8)
                    try NetworkClient.send(client, text)
                    var from = sockaddr_in()
                    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
                    var buffer = [UInt8](repeating: 0, count: 512)
                    let count = buffer.withUnsafeMutableBytes { bytes in
                        NetworkClient.withSockAddr(&from) {
                            recvfrom(server.socket.rawValue, bytes.baseAddress, bytes.count, 0, $0, &size)
                        }
                    }
                    #expect(count == text.count)
                    let answer = Array(buffer.prefix(max(count, 0)).reversed())
                    _ = NetworkClient.withSockAddr(&from) {
                        sendto(server.socket.rawValue, answer, answer.count, 0, $0, size)
                    }
                    #expect(NetworkClient.receive(client) == text.reversed())
                }
            }
        }
    }

    @Test func portsLeadElsewhereWhenTheContainerChangesItsNetwork() async throws {
        try await withPort(SOCK_STREAM, "busybox nc -ll -p 7000 -e echo here") { network, one, started, port in
            try await awaitServer(started.pid)
            let ask = {
                try network.space.inside {
                    NetworkClient.receiveAll(try NetworkClient.connect(SOCK_STREAM, Self.loopback, port))
                }
            }
            #expect(try ask() == Array("here\n".utf8))
            try network.makeNetwork("second", subnet: 0x0a09_0900)
            let second = try network.link("second", one.id, called: "server", number: 1)
            let control = MonitorControl(socketPath: one.bundle.socketPath)
            var change = BundleNetwork.Change(isIsolated: false)
            change.targets = [.init(.v4(0x0a09_0902), port: 7000)]
            try await control.attach(second, change)
            network.letGo()
            try await control.detach(network.id("net"), BundleNetwork.Change(isIsolated: false))
            #expect(try ask() == Array("here\n".utf8))
            change.targets = [nil]
            try await control.detach(network.id("second"), change)
            #expect(try ask() == nil)
        }
    }

    @Test func theRulesOfPortsGoWithTheirMonitorHoweverItEnds() async throws {
        try await NetworkFixture.withTwo { network, one, _ in
            for isKilled in [false, true] {
                let link = try network.link("net", one.id, called: "server")
                var bundle = network.bundle([link])
                let published = PublishedPort(
                    hostAddress: .v4(0), hostPort: 8088, container: ExposedPort(7000, .tcp))
                let address = try #require(try network.leases("net").lease(of: one.id)?.endpoint.ipv4?.address)
                bundle.firewall = try #require(
                    FirewallPlan.ports(of: one.id, [published], ipv4: address, ipv6: nil))
                let started = try await one.start(
                    ["sh", "-c", "busybox nc -ll -p 7000 -e echo here"], network: bundle)
                network.letGo()
                try await awaitServer(started.pid)
                // The bridge's own address is one of the host's.
                let answer = try network.space.inside {
                    NetworkClient.receiveAll(try NetworkClient.connect(SOCK_STREAM, 0x0a09_0801, 8088))
                }
                #expect(answer == Array("here\n".utf8))
                if isKilled {
                    let pidfd = try Processes.open(try #require(try one.status.monitorPID))
                    try Processes.signal(pidfd: pidfd, SIGKILL)
                    try await Readiness.shared.readable(pidfd.rawValue)
                } else {
                    try await MonitorControl(socketPath: one.bundle.socketPath).stop(timeoutMilliseconds: 0)
                }
                #expect(throws: EngineError.self) {
                    _ = try network.space.inside { try NetworkClient.connect(SOCK_STREAM, 0x0a09_0801, 8088) }
                }
            }
        }
    }

    /// What a link says; `nil` when it is gone.
    private func link(_ path: String) -> String? {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = buffer.withUnsafeMutableBytes { bytes in
            bytes.baseAddress.map { readlink(path, $0, bytes.count) } ?? -1
        }
        return count < 0 ? nil : String(decoding: buffer.prefix(count), as: UTF8.self)
    }

    /// The process that the monitor has made for its ports.
    private func proxyProcess(of fixture: ContainerFixture) -> pid_t? {
        guard let monitor = try? fixture.status.monitorPID,
            let children = try? Files.readText("/proc/\(monitor)/task/\(monitor)/children")
        else { return nil }
        return children.split(separator: " ").compactMap { pid_t($0) }.first {
            (try? Files.readText("/proc/\($0)/comm")) == "spyhop-proxy\n"
        }
    }
}
