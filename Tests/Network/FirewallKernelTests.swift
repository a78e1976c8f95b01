import Engine
import Harness
import Testing

@testable import Network

/// What the kernel makes of the batches, as nft(8) shows it. Needs root.
@Suite(.enabled(if: isRoot, "network namespaces take root"))
struct FirewallKernelTests {
    @Test func aNetworksRulesAreWhatTheyShouldBe() throws {
        let host = try PrivateHost()
        let network = try BridgeNetwork(id: .test("a"), spec: .test("172.30.0.0/16", "fd00:1::/64"))
        try FirewallSender(home: host.home).ensure(network)
        let rules = try host.output("/usr/sbin/nft", "list", "ruleset")
        print(rules)
        try host.home.socket(.netfilter).send(FirewallPlan.names(address: .v4(0x7f00_000b), port: 61053))
        let ports =
            [
                PublishedPort(hostAddress: .v4(0), hostPort: 8080, container: ExposedPort(80)),
                PublishedPort(hostAddress: .v6(0, 0), hostPort: 8080, container: ExposedPort(80)),
                PublishedPort(hostAddress: .v4(0x0a000001), hostPort: 53, container: ExposedPort(53, .udp)),
            ] + (9000...9010).map { PublishedPort(hostAddress: .v4(0), hostPort: $0, container: ExposedPort($0)) }
        let batch = try #require(
            FirewallPlan.ports(of: .test("c"), ports, ipv4: IPAddress("172.30.0.2"), ipv6: IPAddress("fd00:1::2")))
        try host.home.socket(.netfilter).send(batch)
        try host.home.socket(.netfilter).send(batch)
        print(try host.output("/usr/sbin/nft", "list", "ruleset"))
        let prepared = try host.home.prepare(network)
        print(prepared)
        _ = try host.home.prepare(network)
        print(try host.output("/sbin/ip", "-d", "addr"))
        let inside = try PrivateHost()
        let lease = try LeaseDirectory(runRoot: host.directory, network: .test("a")).allocate(
            LeaseRequest(
                networkID: .test("a"), network: network.spec, containerID: .test("c"), containerName: "web1",
                attachment: NetworkAttachment(network: "web"), number: 0))
        print(lease.lease.text)
        try host.link(
            LinkPlan(
                lease.lease.endpoint,
                .init(bridgeIndex: prepared.index, mtu: prepared.mtu, number: 0, isDefaultRoute: true)), to: inside)
        print(
            try inside.output("/sbin/ip", "addr"), try inside.output("/sbin/ip", "route"),
            try inside.output("/sbin/ip", "-6", "route"))
        print(try inside.output("/bin/ping", "-c1", "172.30.0.1"))
    }
}
