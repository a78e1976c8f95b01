import Engine
import Testing

@testable import Networking

/// Who reaches whom, tried with real packets between network namespaces. Needs root.
@Suite(.enabled(if: isRoot, "network namespaces take root"))
struct ReachTests {
    private let town: Town
    private let web: BridgeNetwork

    init() throws {
        town = try Town()
        web = try town.network("a", "172.30.0.0/16", "fd00:a::/64")
    }

    private func port(_ address: String, _ hostPort: UInt16, _ container: ExposedPort) throws -> PublishedPort {
        PublishedPort(hostAddress: try #require(IPAddress(address)), hostPort: hostPort, container: container)
    }

    @Test func containersOfANetworkReachEachOtherAndTheHost() throws {
        let (one, other) = (try town.container("1", on: web), try town.container("2", on: web))
        let server = try TellingServer(other, 80)
        let hosts = try TellingServer(town.host, 7000)
        #expect(try one.ask("172.30.0.3", 80) == "172.30.0.2")
        #expect(try one.ask("fd00:a::3", 80) == "fd00:a::2")
        #expect(try town.host.ask("172.30.0.3", 80) == "172.30.0.1")
        #expect(try one.ask("172.30.0.1", 7000) == "172.30.0.2")
        _ = (server, hosts)
    }

    @Test func containersReachTheWorldUnderTheHostsAddress() throws {
        let one = try town.container("1", on: web)
        let servers = [try TellingServer(town.neighbour, 80), try TellingServer(town.neighbour, 53, .udp)]
        #expect(try one.ask("192.0.2.9", 80) == "192.0.2.1")
        #expect(try one.ask("192.0.2.9", 53, .udp) == "192.0.2.1")
        #expect(try one.ask("2001:db8::9", 80) == "2001:db8::1")
        _ = servers
    }

    @Test func nobodyComesInUnasked() throws {
        let db = try town.network("b", "172.31.0.0/16", "fd00:b::/64")
        let (one, other) = (try town.container("1", on: web), try town.container("2", on: db))
        let servers = [try TellingServer(one, 80), try TellingServer(one, 53, .udp)]
        for stranger in [other, town.neighbour] {
            #expect(try stranger.ask("172.30.0.2", 80, patiently: false) == nil)
            #expect(try stranger.ask("172.30.0.2", 53, .udp, patiently: false) == nil)
            #expect(try stranger.ask("fd00:a::2", 80, patiently: false) == nil)
        }
        _ = servers
    }

    @Test func anInternalNetworkIsShutOnBothSides() throws {
        let closed = try town.network("b", "172.31.0.0/16", isInternal: true)
        let (one, other) = (try town.container("1", on: closed), try town.container("2", on: closed))
        _ = try one.output("/sbin/ip", "route", "add", "default", "via", "172.31.0.1")
        let servers = [
            try TellingServer(one, 80), try TellingServer(town.neighbour, 80),
            try TellingServer(try town.container("3", on: web), 80),
        ]
        #expect(try other.ask("172.31.0.2", 80) == "172.31.0.3")
        #expect(try one.ask("192.0.2.9", 80, patiently: false) == nil)
        #expect(try one.ask("172.30.0.2", 80, patiently: false) == nil)
        #expect(try town.neighbour.ask("172.31.0.2", 80, patiently: false) == nil)
        _ = servers
    }

    @Test func aPublishedPortIsReachedFromEverywhereButLoopback() throws {
        let (one, other) = (try town.container("1", on: web), try town.container("2", on: web))
        let third = try town.container("3", on: town.network("b", "172.31.0.0/16", "fd00:b::/64"))
        let server = try TellingServer(one, 80)
        let rules = try town.publish(
            port("0.0.0.0", 8080, ExposedPort(80)), port("::", 8080, ExposedPort(80)), of: "1")
        #expect(try town.neighbour.ask("192.0.2.1", 8080) == "192.0.2.9")
        #expect(try town.neighbour.ask("2001:db8::1", 8080) == "2001:db8::9")
        #expect(try town.host.ask("192.0.2.1", 8080) != nil)
        #expect(try town.host.ask("172.30.0.1", 8080) != nil)
        #expect(try town.host.ask("2001:db8::1", 8080) != nil)
        // Hairpin: without the host's address the answer would go straight to who never asked that address.
        for container in [other, one, third] {
            #expect(try container.ask("192.0.2.1", 8080) != nil)
            #expect(try container.ask("172.30.0.1", 8080) != nil)
            #expect(try container.ask("2001:db8::1", 8080) != nil)
        }
        #expect(try town.host.ask("127.0.0.1", 8080, patiently: false) == nil)
        #expect(try town.host.ask("::1", 8080, patiently: false) == nil)
        #expect(try town.neighbour.ask("192.0.2.1", 80, patiently: false) == nil)
        _ = (server, rules)
    }

    @Test func datagramsAreLedToo() throws {
        let (one, other) = (try town.container("1", on: web), try town.container("2", on: web))
        let server = try TellingServer(one, 53, .udp)
        let rules = try town.publish(port("0.0.0.0", 5353, ExposedPort(53, .udp)), of: "1")
        #expect(try town.neighbour.ask("192.0.2.1", 5353, .udp) == "192.0.2.9")
        #expect(try other.ask("192.0.2.1", 5353, .udp) != nil)
        #expect(try one.ask("192.0.2.1", 5353, .udp) != nil)
        #expect(try town.host.ask("192.0.2.1", 5353, .udp) != nil)
        _ = (server, rules)
    }

    @Test func aPortAtOneAddressIsThereAlone() throws {
        let one = try town.container("1", on: web)
        let server = try TellingServer(one, 80)
        let rules = try town.publish(
            port("192.0.2.1", 8080, ExposedPort(80)), port("127.0.0.1", 8081, ExposedPort(80)), of: "1")
        #expect(try town.neighbour.ask("192.0.2.1", 8080) == "192.0.2.9")
        #expect(try town.host.ask("172.30.0.1", 8080, patiently: false) == nil)
        #expect(try town.neighbour.ask("192.0.2.1", 8081, patiently: false) == nil)
        _ = (server, rules)
    }

    @Test func rulesGoWithTheirOwnerAndAreReplacedByHim() throws {
        let one = try town.container("1", on: web)
        let server = try TellingServer(one, 80)
        do {
            let rules = try town.publish(port("0.0.0.0", 8080, ExposedPort(80)), of: "1")
            let changed = FirewallPlan.ports(
                of: .test("1"), [try port("0.0.0.0", 8081, ExposedPort(80))], ipv4: IPAddress("172.30.0.2"), ipv6: nil)
            try rules.send(try #require(changed))
            #expect(try town.neighbour.ask("192.0.2.1", 8080, patiently: false) == nil)
            #expect(try town.neighbour.ask("192.0.2.1", 8081) == "192.0.2.9")
            // Nobody else may change them.
            #expect(throws: NetlinkError.self) {
                try town.host.home.socket(.netfilter).send(FirewallPlan.removal(of: ContainerID.test("1")))
            }
        }
        #expect(try town.neighbour.ask("192.0.2.1", 8081, patiently: false) == nil)
        #expect(try !town.host.output("/usr/sbin/nft", "list", "tables").contains("111111111111"))
        _ = server
    }

    @Test func nameServersAnswerBehindPort53() throws {
        let one = try PrivateHost()
        try one.home.socket(.netfilter).send(FirewallPlan.names(address: .v4(0x7f00_000b), port: 61053))
        let address = try #require(IPAddress("127.0.0.11"))
        let servers = try TransportProtocol.allCases.flatMap {
            [
                try TellingServer(one, 61053, $0, at: address, saying: "names"),
                try TellingServer(one, 53, $0, saying: "somebody else"),
            ]
        }
        for transport in TransportProtocol.allCases {
            #expect(try one.ask("127.0.0.11", 53, transport) == "names")
            #expect(try one.ask("127.0.0.1", 53, transport) == "somebody else")
        }
        _ = servers
    }
}
