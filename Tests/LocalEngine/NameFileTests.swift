import Engine
import Testing

@testable import LocalEngine

struct NameFileTests {
    private func ip(_ text: String) throws -> IPAddress { try #require(IPAddress(text)) }

    private func endpoint(_ ipv4: String?, _ ipv6: String? = nil) -> NetworkEndpoint {
        NetworkEndpoint(
            networkID: .random(), networkName: "n", containerID: .random(), containerName: "c",
            ipv4: ipv4.flatMap { IPPrefix($0) }, ipv6: ipv6.flatMap { IPPrefix($0) }, macAddress: MACAddress(bits: 2),
            interface: "eth0", hostInterface: "sp0")
    }

    @Test func hostsNamesTheContainerByItsAddresses() throws {
        let text = HostsFile.text(
            hostname: "web", domain: "test", endpoints: [endpoint("10.0.0.2/24", "fd00::2/64")],
            extra: ["db:10.0.0.9", "six:fd00::9", "gw:host-gateway"], gateway: IPAddress("10.0.0.1"))
        let lines = text.split(separator: "\n")
        #expect(lines.first == "127.0.0.1\tlocalhost")
        #expect(
            lines.suffix(5) == [
                "10.0.0.9\tdb", "fd00::9\tsix", "10.0.0.1\tgw", "10.0.0.2\tweb.test web", "fd00::2\tweb.test web",
            ])
    }

    @Test func withoutANetworkTheNameIsLoopbacks() throws {
        let text = HostsFile.text(
            hostname: "web", domain: nil, endpoints: [], extra: ["gw:host-gateway"], gateway: nil)
        #expect(text.contains("127.0.0.1\tweb\n") && text.contains("::1\tweb\n") && !text.contains("gw"))
    }

    @Test func aChangeKeepsWhatPeopleWrote() throws {
        let text = "127.0.0.1\tlocalhost\n10.0.0.2\tweb\n# mine\n1.1.1.1 me"
        let changed = HostsFile.changed(text, without: ["10.0.0.2\tweb"], with: ["10.0.1.2\tweb"])
        #expect(changed == "127.0.0.1\tlocalhost\n# mine\n1.1.1.1 me\n10.0.1.2\tweb\n")
    }

    @Test func aResolverFileIsReadAndWritten() throws {
        let text = """
            # comment
            ; another
            nameserver 127.0.0.53
            nameserver fe80::1%7
            nameserver nonsense
            domain old.test
            search a.test b.test
            options edns0  trust-ad
            options rotate
            """
        let file = ResolverFile(text)
        #expect(file.servers.map(\.address) == [try ip("127.0.0.53"), try ip("fe80::1")])
        #expect(file.servers.last?.zone == "7" && file.servers.last?.scope == 7)
        #expect(file.search == ["a.test", "b.test"] && file.options == ["edns0", "trust-ad", "rotate"])
        #expect(ResolverFile(file.text) == file)
    }

    @Test func onAUserNetworkTheMonitorAnswers() throws {
        let host = ResolverFile("nameserver 127.0.0.53\nsearch a.test\noptions edns0\n")
        let service = NameService(host: host, options: NetworkOptions(), sharesNames: true)
        #expect(service.file.servers.map(\.address) == [try ip("127.0.0.11")])
        #expect(service.upstream?.map(\.address) == [try ip("127.0.0.53")])
        #expect(service.file.options == ["edns0", "ndots:0"] && service.file.search == ["a.test"])
    }

    @Test func onTheBridgeTheHostsServersAreUsedWhereTheyCanBeReached() throws {
        let both = ResolverFile("nameserver 127.0.0.1\nnameserver 192.0.2.1\n")
        let service = NameService(host: both, options: NetworkOptions(), sharesNames: false)
        #expect(service.file.servers.map(\.address) == [try ip("192.0.2.1")] && service.upstream == nil)
        let loopback = ResolverFile("nameserver 127.0.0.1\n")
        let led = NameService(host: loopback, options: NetworkOptions(), sharesNames: false)
        #expect(led.file.servers.map(\.address) == [try ip("127.0.0.11")])
        #expect(led.upstream?.map(\.address) == [try ip("127.0.0.1")])
        let always = NameService(host: both, options: NetworkOptions(), sharesNames: false, alwaysAnswers: true)
        #expect(always.upstream != nil)
    }

    @Test func whatIsAskedForWins() throws {
        var options = NetworkOptions()
        options.dns = [try #require(IPAddress("127.0.0.9"))]
        options.dnsSearch = ["."]
        options.dnsOptions = ["ndots:3"]
        let host = ResolverFile("nameserver 192.0.2.1\nsearch a.test\noptions edns0\n")
        let bridge = NameService(host: host, options: options, sharesNames: false)
        #expect(bridge.file.servers.map(\.address) == options.dns && bridge.file.search.isEmpty)
        let own = NameService(host: host, options: options, sharesNames: true)
        #expect(own.upstream?.map(\.address) == options.dns && own.file.options == ["ndots:3"])
    }
}
