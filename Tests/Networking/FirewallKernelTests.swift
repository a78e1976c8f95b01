import Engine
import Harness
import Testing

@testable import Networking

/// What the kernel makes of the batches, as nft(8) shows it. Needs root and nftables.
@Suite(.enabled(if: isRoot && Programs.installed("nft") != nil, "network namespaces take root; needs nftables"))
struct FirewallKernelTests {
    private func rules(_ host: PrivateHost) throws -> [String] {
        let nft = try #require(Programs.installed("nft"))
        return try host.output(nft, "list", "ruleset").split(separator: "\n").map {
            $0.trimmingPrefix { $0 == "\t" || $0 == " " }
        }.map(String.init)
    }

    @Test func aNetworksRulesLetInWhatBelongsThereAndHideWhatGoesOut() throws {
        let host = try PrivateHost()
        let network = try BridgeNetwork(id: .test("a"), spec: .test("172.30.0.0/16", "fd00:1::/64"))
        for _ in 0..<2 { try FirewallSender(home: host.home).ensure(network) }
        let bridge = network.bridge
        let told = try rules(host)
        #expect(told.filter { $0.hasPrefix("table") }.count == 1)
        for rule in [
            "oifname \"\(bridge)\" ct state established,related accept", "oifname \"\(bridge)\" ct status dnat accept",
            "oifname \"\(bridge)\" iifname != \"\(bridge)\" drop",
            "ip saddr 172.30.0.0/16 oifname != \"\(bridge)\" masquerade",
            "ip6 saddr fd00:1::/64 oifname != \"\(bridge)\" masquerade",
            "ip saddr 172.30.0.0/16 oifname \"\(bridge)\" ct status dnat masquerade",
        ] {
            #expect(told.filter { $0 == rule }.count == 1, "\(rule): \(told)")
        }
    }

    @Test func portsAreLedOnceEachHoweverOftenTheyAreSent() throws {
        let host = try PrivateHost()
        let ports =
            [
                PublishedPort(hostAddress: .v4(0), hostPort: 8080, container: ExposedPort(80)),
                PublishedPort(hostAddress: .v6(0, 0), hostPort: 8080, container: ExposedPort(80)),
                PublishedPort(hostAddress: .v4(0x0a00_0001), hostPort: 53, container: ExposedPort(53, .udp)),
            ] + (9000...9010).map { PublishedPort(hostAddress: .v4(0), hostPort: $0, container: ExposedPort($0)) }
        let batch = try #require(
            FirewallPlan.ports(of: .test("c"), ports, ipv4: IPAddress("172.30.0.2"), ipv6: IPAddress("fd00:1::2")))
        let owner = try host.home.socket(.netfilter)
        for _ in 0..<2 { try owner.send(batch) }
        let told = try rules(host)
        #expect(told.contains("flags owner"))
        #expect(told.filter { $0.contains("dnat ip to 172.30.0.2:80") && $0.contains("tcp dport 8080") }.count == 1)
        #expect(told.filter { $0.contains("dnat ip6 to [fd00:1::2]:80") }.count == 1)
        #expect(told.filter { $0.contains("10.0.0.1") && $0.contains("udp dport 53") }.count == 1, "\(told)")
        // A run of ports that stay themselves is a single rule.
        #expect(
            told.filter { $0.contains("tcp dport 9000-9010") || $0.contains("dport >= 9000") }.count == 1, "\(told)")
        #expect(told.contains("ip daddr 127.0.0.0/8 return") && told.contains("ip6 daddr ::1 return"))
    }

    @Test func questionsForNamesAreLedToTheResolversPort() throws {
        let host = try PrivateHost()
        try host.home.socket(.netfilter).send(FirewallPlan.names(address: .v4(0x7f00_000b), port: 61053))
        let told = try rules(host)
        for transport in ["udp", "tcp"] {
            let leads = told.filter { $0.contains("127.0.0.11") && $0.contains("\(transport) dport 53 ") }
            #expect(leads.count == 1 && leads[0].contains(":61053"), "\(told)")
        }
    }
}
