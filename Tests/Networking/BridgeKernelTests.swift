import Engine
import Harness
import LinuxSystem
import Synchronization
import Testing

@testable import Networking

/// Bridges in a network namespace that stands for the host. Needs root.
@Suite(.enabled(if: isRoot, "network namespaces take root"))
struct BridgeKernelTests {
    private func network(
        _ digit: Character = "a", _ subnets: String..., options: [String: String] = [:], isInternal: Bool = false
    ) throws -> BridgeNetwork {
        var spec = NetworkSpec(name: "web")
        spec.options = options
        spec.isInternal = isInternal
        spec.subnets = subnets.compactMap { IPPrefix($0) }.map { NetworkSpec.Subnet(prefix: $0) }
        spec.ipv6 = spec.subnets.contains { !$0.prefix.address.isIPv4 }
        return try BridgeNetwork(id: .test(digit), spec: spec.completed(others: [], host: []))
    }

    @Test func aBridgeIsMadeOnceAndLookedAtAfterwards() throws {
        let host = try PrivateHost()
        for path in ["ipv4/ip_forward", "ipv6/conf/all/forwarding"] { try host.write("0", to: "/proc/sys/net/\(path)") }
        let network = try network("a", "172.30.0.0/16", "fd00:1::/64")
        let first = try host.home.prepare(network)
        #expect(first.warnings.isEmpty)
        #expect(first.mtu == 1500)
        #expect(try host.home.prepare(network) == first)
        #expect(try NetworkHome(namespace: host.namespace()).prepare(network) == first)
        let link = try #require(try host.home.link(named: "sp-aaaaaaaaaa"))
        #expect(link.kind == "bridge")
        #expect(link.isUp)
        #expect(link.alias == "spyhop network \(NetworkID.test("a"))")
        let addresses = try host.output("/sbin/ip", "-o", "address", "show", "dev", "sp-aaaaaaaaaa")
        #expect(addresses.contains("172.30.0.1/16 brd 172.30.255.255"))
        #expect(addresses.contains("fd00:1::1/64"))
        #expect(try host.read("/proc/sys/net/ipv4/ip_forward") == "1")
        #expect(try host.read("/proc/sys/net/ipv6/conf/all/forwarding") == "1")
    }

    @Test func whatIsLostIsMadeAnew() throws {
        let host = try PrivateHost()
        let network = try network("a", "172.30.0.0/16", "fd00:1::/64")
        let first = try host.home.prepare(network)
        for command in [
            ["/sbin/ip", "address", "flush", "dev", network.bridge],
            ["/sbin/ip", "link", "set", network.bridge, "down"],
            ["/usr/sbin/nft", "flush", "ruleset"],
        ] {
            _ = try host.output(command)
            #expect(try host.home.prepare(network) == first, "\(command)")
            let addresses = try host.output("/sbin/ip", "-o", "address", "show", "dev", network.bridge)
            #expect(addresses.contains("172.30.0.1/16"), "\(command)")
            #expect(addresses.contains("fd00:1::1/64"), "\(command)")
            #expect(try host.home.link(named: network.bridge)?.isUp == true)
            #expect(try host.output("/usr/sbin/nft", "list", "tables") == "table inet spyhop-aaaaaaaaaaaa\n")
        }
        _ = try host.output("/sbin/ip", "link", "delete", network.bridge)
        #expect(try host.home.prepare(network).index != first.index)
    }

    @Test func rulesOfAnotherVersionAreReplaced() throws {
        let host = try PrivateHost()
        _ = try host.home.prepare(try network("a", "172.30.0.0/16"))
        let before = try host.output("/usr/sbin/nft", "list", "ruleset")
        #expect(before.contains("masquerade"))
        let changed = try network(
            "a", "172.30.0.0/16", options: ["com.docker.network.bridge.enable_ip_masquerade": "false"])
        _ = try host.home.prepare(changed)
        let after = try host.output("/usr/sbin/nft", "list", "ruleset")
        #expect(after.matches(of: /masquerade/).count == 1)
        #expect(after.matches(of: /chain forward/).count == 1)
    }

    /// Several processes with a socket each, and the threads of one with a common one.
    @Test(arguments: [false, true])
    func manyMakeTheSameBridgeAtOnce(sharingASocket: Bool) async throws {
        let host = try PrivateHost()
        let common = host.home
        let network = try network("a", "172.30.0.0/16", "fd00:1::/64")
        let path = host.space.path
        let indices = try await withThrowingTaskGroup(of: Int32.self) { group in
            for _ in 0..<12 {
                group.addTask {
                    let home = sharingASocket ? common : NetworkHome(namespace: try .open(path))
                    return try home.prepare(network).index
                }
            }
            return try await group.reduce(into: Set<Int32>()) { $0.insert($1) }
        }
        #expect(indices.count == 1)
        let rules = try host.output("/usr/sbin/nft", "list", "ruleset")
        #expect(rules.matches(of: /ct status dnat accept/).count == 1)
        #expect(try host.output("/sbin/ip", "-o", "link").split(separator: "\n").count == 2)
    }

    @Test func anInterfaceThatIsNotOursIsLeftAlone() throws {
        let host = try PrivateHost()
        _ = try host.output("/sbin/ip", "link", "add", "sp-aaaaaaaaaa", "type", "bridge")
        let network = try network("a", "172.30.0.0/16")
        let error = #expect(throws: EngineError.self) { try host.home.prepare(network) }
        #expect(error?.code == .conflict)
        #expect(error?.description.contains("there is an interface sp-aaaaaaaaaa already") == true)
        try host.home.remove(network)
        #expect(try host.home.link(named: "sp-aaaaaaaaaa") != nil)
        #expect(try host.output("/usr/sbin/nft", "list", "tables").isEmpty)
    }

    @Test func aSubnetThatTheHostIsInIsRefused() throws {
        let host = try PrivateHost()
        _ = try host.output("/sbin/ip", "link", "add", "lan0", "type", "bridge")
        _ = try host.output("/sbin/ip", "address", "add", "172.30.7.7/24", "dev", "lan0")
        let error = #expect(throws: EngineError.self) { try host.home.prepare(network("a", "172.30.0.0/16")) }
        #expect(error?.description.contains("overlaps 172.30.7.7/24 of the host's interface lan0") == true)
        #expect(try host.home.link(named: "sp-aaaaaaaaaa") == nil)
        #expect(try host.home.prefixes().contains(try #require(IPPrefix("172.30.7.0/24"))))
    }

    @Test func theMTUIsThatOfTheWayOut() throws {
        let host = try PrivateHost()
        _ = try host.output("/sbin/ip", "link", "add", "lan0", "mtu", "1400", "type", "bridge")
        _ = try host.output("/sbin/ip", "address", "add", "192.0.2.2/24", "dev", "lan0")
        _ = try host.output("/sbin/ip", "link", "set", "lan0", "up")
        _ = try host.output("/sbin/ip", "route", "add", "default", "via", "192.0.2.1")
        #expect(try host.home.prepare(network("a", "172.30.0.0/16")).mtu == 1400)
        let asked = try network("b", "172.31.0.0/16", options: ["com.docker.network.driver.mtu": "9000"])
        #expect(try host.home.prepare(asked).mtu == 9000)
        #expect(try host.home.link(named: asked.bridge)?.mtu == 9000)
        #expect(try host.home.prefixes().contains { $0.length == 0 } == false)
    }

    @Test func aNetworkIsRemovedAndNothingElse() throws {
        let host = try PrivateHost()
        let (first, second) = (try network("a", "172.30.0.0/16"), try network("b", "172.31.0.0/16"))
        _ = try host.output("/usr/sbin/nft", "add", "table", "inet", "theirs")
        _ = try host.home.prepare(first)
        _ = try host.home.prepare(second)
        try host.home.remove(first)
        try host.home.remove(first)
        #expect(try host.home.link(named: first.bridge) == nil)
        #expect(try host.home.link(named: second.bridge) != nil)
        #expect(
            try host.output("/usr/sbin/nft", "list", "tables") == "table inet theirs\ntable inet spyhop-bbbbbbbbbbbb\n")
    }

    @Test func anInternalNetworkDoesNotMakeARouterOfTheHost() throws {
        let host = try PrivateHost()
        try host.write("0", to: "/proc/sys/net/ipv4/ip_forward")
        try host.write("0", to: "/proc/sys/net/ipv6/conf/all/forwarding")
        _ = try host.home.prepare(network("a", "172.30.0.0/16", "fd00:1::/64", isInternal: true))
        #expect(try host.read("/proc/sys/net/ipv4/ip_forward") == "0")
        #expect(try host.read("/proc/sys/net/ipv6/conf/all/forwarding") == "0")
    }

    @Test func aRouterKeepsItsOwnWayOut() throws {
        let host = try PrivateHost()
        _ = try host.output("/sbin/ip", "link", "add", "lan0", "type", "bridge")
        try host.write("0", to: "/proc/sys/net/ipv6/conf/all/forwarding")
        #expect(try host.read("/proc/sys/net/ipv6/conf/lan0/accept_ra") == "1")
        _ = try host.home.prepare(network("a", "172.30.0.0/16", "fd00:1::/64"))
        #expect(try host.read("/proc/sys/net/ipv6/conf/lan0/accept_ra") == "2")
    }

    @Test func optionsThatMakeNoSenseOrAreNotOfferedAreRefused() throws {
        for (key, value) in [
            ("com.docker.network.bridge.name", "a/b"), ("com.docker.network.bridge.name", "sixteencharacters"),
            ("com.docker.network.driver.mtu", "12"), ("com.docker.network.driver.mtu", "many"),
            ("com.docker.network.bridge.enable_icc", "false"), ("com.docker.network.bridge.enable_icc", "perhaps"),
            ("com.docker.network.bridge.host_binding_ipv4", "::1"),
            ("com.docker.network.bridge.gateway_mode_ipv4", "routed"),
        ] {
            #expect(throws: EngineError.self, "\(key)=\(value)") { try network("a", options: [key: value]) }
        }
        let named = try network("a", options: ["com.docker.network.bridge.name": "br0", "com.example.mine": "x"])
        #expect(named.bridge == "br0")
    }
}
