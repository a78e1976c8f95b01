import Engine
import Foundation
import Harness
import LinuxSystem
import Testing

@testable import Networking

struct LeaseTests {
    private let scratch = Scratch()
    private let network = NetworkID.test("a")

    private var directory: LeaseDirectory { LeaseDirectory(runRoot: scratch.path, network: network) }

    private func request(
        _ digit: Character, name: String = "web1", _ wish: NetworkAttachment = NetworkAttachment(network: "web"),
        subnets: [String] = ["10.9.0.0/24", "fd00::/64"], isInternal: Bool = false
    ) throws -> LeaseRequest {
        var spec = NetworkSpec(name: "web")
        spec.subnets = subnets.compactMap { IPPrefix($0) }.map { NetworkSpec.Subnet(prefix: $0) }
        spec.ipv6 = spec.subnets.contains { !$0.prefix.address.isIPv4 }
        spec.isInternal = isInternal
        return LeaseRequest(
            networkID: network, network: try spec.completed(others: [], host: []), containerID: .test(digit),
            containerName: name, attachment: wish, number: 0)
    }

    @Test func aLeaseIsReadAsItWasGiven() throws {
        var wish = try request("1", NetworkAttachment(network: "web", aliases: ["db", "store"]))
        wish.ports = [
            PublishedPort(hostAddress: .v4(0), hostPort: 8080, container: ExposedPort(80)),
            PublishedPort(hostAddress: .v6(0, 0), hostPort: 53, container: ExposedPort(5353, .udp)),
        ]
        let held = try directory.allocate(wish)
        let lease = held.lease
        #expect(lease.endpoint.ipv4 == IPPrefix("10.9.0.2/24"))
        #expect(lease.endpoint.ipv6 == IPPrefix("fd00::2/64"))
        #expect(lease.endpoint.gateway4 == IPAddress("10.9.0.1"))
        #expect(lease.endpoint.macAddress == MACAddress("02:42:0a:09:00:02"))
        #expect(lease.endpoint.interface == "eth0")
        #expect(lease.endpoint.hostInterface.utf8.count == 13)
        #expect(directory.leases() == [lease])
        #expect(directory.lease(of: .test("1")) == lease)
        #expect(LeaseDirectory.all(runRoot: scratch.path).map(\.network) == [network])
        #expect(
            Command.text(held.path) == """
                network web
                name web1
                alias db
                alias store
                ipv4 10.9.0.2/24
                ipv6 fd00::2/64
                gateway4 10.9.0.1
                gateway6 fd00::1
                mac 02:42:0a:09:00:02
                interface eth0
                host \(lease.endpoint.hostInterface)
                port 0.0.0.0:8080 80/tcp
                port [::]:53 5353/udp
                end

                """)
    }

    @Test func aLeaseThatNobodyHoldsIsStale() throws {
        do {
            let held = try directory.allocate(try request("1"))
            #expect(directory.leases().count == 1)
            _ = held
        }
        #expect(directory.leases().isEmpty)
        #expect(directory.lease(of: .test("1")) == nil)
        #expect(directory.sweep().map(\.endpoint.containerName) == ["web1"])
        #expect(directory.sweep().isEmpty)
        #expect(!Files.exists(directory.path(of: .test("1"))))
    }

    @Test func aProcessThatIsKilledGivesItsLeaseBack() throws {
        let child: Child
        do {
            let held = try directory.allocate(try request("1"))
            child = try Child(["/bin/sleep", "100"], environment: []) { actions in
                posix_spawn_file_actions_adddup2(&actions, held.descriptor.rawValue, 9)
            }
        }
        // What this process had is closed; the child's copy keeps the lock.
        #expect(directory.leases().count == 1)
        #expect(directory.sweep().isEmpty)
        let second = try directory.allocate(try request("2", name: "web2"))
        #expect(second.lease.endpoint.ipv4 == IPPrefix("10.9.0.3/24"))
        kill(child.pid, SIGKILL)
        _ = try child.wait()
        #expect(directory.leases().map(\.endpoint.containerName) == ["web2"])
        let third = try directory.allocate(try request("3", name: "web3"))
        // The address that was just let go is not the next one's.
        #expect(third.lease.endpoint.ipv4 == IPPrefix("10.9.0.4/24"))
        #expect(!Files.exists(directory.path(of: .test("1"))))
    }

    @Test func manyAtOnceGetDifferentAddresses() async throws {
        let directory = directory
        let requests = try (0..<16).map { index in
            var request = try request("1", name: "web\(index)")
            request.containerID = .random()
            return request
        }
        let leases = try await withThrowingTaskGroup(of: HeldLease.self) { group in
            for request in requests {
                group.addTask {
                    try await runOnOwnThread {
                        try LeaseDirectory(runRoot: directory.runRoot, network: directory.network).allocate(request)
                    }
                }
            }
            return try await group.reduce(into: [HeldLease]()) { $0.append($1) }
        }
        #expect(Set(leases.compactMap(\.lease.endpoint.ipv4)).count == 16)
        #expect(Set(leases.compactMap(\.lease.endpoint.ipv6)).count == 16)
        #expect(Set(leases.map(\.lease.endpoint.hostInterface)).count == 16)
        #expect(directory.leases().count == 16)
    }

    @Test func theFormerMonitorIsWaitedFor() async throws {
        let child: Child
        do {
            let held = try directory.allocate(try request("1"))
            child = try Child(["/bin/sleep", "0.2"], environment: []) { actions in
                posix_spawn_file_actions_adddup2(&actions, held.descriptor.rawValue, 9)
            }
        }
        let again = try directory.allocate(try request("1"))
        #expect(directory.leases() == [again.lease])
        _ = try child.wait()
    }

    @Test func aLeaseIsChangedInPlaceAndKeepsItsHolder() throws {
        let held = try directory.allocate(try request("1"))
        #expect(try directory.rewrite(.test("1")) { $0.endpoint.containerName = "renamed with a longer name" })
        #expect(try directory.rewrite(.test("1")) { $0.endpoint.aliases = ["x"] })
        #expect(directory.leases().first?.endpoint.containerName == "renamed with a longer name")
        #expect(directory.leases().first?.endpoint.aliases == ["x"])
        #expect(try directory.rewrite(.test("1")) { $0.endpoint.containerName = "s" })
        #expect(directory.leases().first?.endpoint.containerName == "s")
        #expect(try directory.rewrite(.test("2")) { $0.endpoint.containerName = "x" } == false)
        #expect(try LeaseDirectory(runRoot: scratch.path, network: .test("f")).rewrite(.test("1")) { _ in } == false)
        directory.release(held)
        #expect(directory.leases().isEmpty)
    }

    @Test func certainAddressesAreGivenOrRefused() throws {
        let wish = NetworkAttachment(
            network: "web", ipv4: IPAddress("10.9.0.77"), ipv6: IPAddress("fd00::77"),
            macAddress: MACAddress("02:00:00:00:00:07"))
        let held = try directory.allocate(try request("1", wish))
        #expect(held.lease.endpoint.ipv4 == IPPrefix("10.9.0.77/24"))
        #expect(held.lease.endpoint.ipv6 == IPPrefix("fd00::77/64"))
        #expect(held.lease.endpoint.macAddress == MACAddress("02:00:00:00:00:07"))
        for (wish, code) in [
            (NetworkAttachment(network: "web", ipv4: IPAddress("10.9.0.77")), EngineError.Code.conflict),
            (NetworkAttachment(network: "web", macAddress: MACAddress("02:00:00:00:00:07")), .conflict),
            (NetworkAttachment(network: "web", macAddress: MACAddress("01:00:00:00:00:07")), .invalidArgument),
            (NetworkAttachment(network: "web", ipv4: IPAddress("10.8.0.77")), .invalidArgument),
        ] {
            let wanted = try request("2", wish)
            #expect(#expect(throws: EngineError.self) { try directory.allocate(wanted) }?.code == code)
        }
        let single = try request(
            "2", NetworkAttachment(network: "web", ipv6: IPAddress("fd00::9")), subnets: ["10.9.0.0/24"])
        #expect(throws: EngineError.self) { try directory.allocate(single) }
        #expect(directory.leases() == [held.lease])
    }

    @Test func anInternalNetworkHasNoWayOut() throws {
        let held = try directory.allocate(try request("1", isInternal: true))
        #expect(held.lease.endpoint.gateway4 == nil)
        #expect(held.lease.endpoint.gateway6 == nil)
        #expect(held.lease.endpoint.ipv4 != nil)
    }

    @Test func aDirectoryInUseStays() throws {
        let held = try directory.allocate(try request("1"))
        #expect(try directory.remove() == false)
        directory.release(held)
        #expect(try directory.remove())
        #expect(!Files.exists(directory.path))
        #expect(try directory.remove())
    }

    @Test func noiseIsNoLease() throws {
        let whole = try directory.allocate(try request("1")).lease
        #expect(Lease(text: whole.text, network: network, container: .test("1")) == whole)
        var generator = SystemRandomNumberGenerator()
        let bytes = Array(whole.text.utf8)
        for length in 0..<bytes.count - 1 {
            #expect(
                Lease(text: String(decoding: bytes[..<length], as: UTF8.self), network: network, container: .test("1"))
                    == nil)
        }
        for _ in 0..<2000 {
            var noise = bytes
            for _ in 0..<4 { noise[Int.random(in: 0..<noise.count)] = UInt8(truncatingIfNeeded: generator.next()) }
            _ = Lease(text: String(decoding: noise, as: UTF8.self), network: network, container: .test("1"))
        }
        let future = whole.text.replacing("end\n", with: "colour red\nport nonsense\nport [::]:x 1/tcp\nend\n")
        #expect(Lease(text: future, network: network, container: .test("1")) == whole)
    }
}

/// A directory that goes with the test.
private final class Scratch {
    let path = "/tmp/spyhop-leases-\(UUID().uuidString)"

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
