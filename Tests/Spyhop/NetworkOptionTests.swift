import ArgumentParser
import Engine
import Testing

@testable import SpyhopCommands

struct NetworkOptionTests {
    private static let environment = ProcessEnvironment(lookup: { _ in nil }, workingDirectory: "/w", isRoot: true)

    private func spec(_ line: String) throws -> ContainerSpec {
        let words = ["run"] + line.split(separator: " ").map(String.init) + ["image"]
        let command = try RootCommand.parseAsRoot(OptionWords.normalise(words))
        return try #require(command as? RunCommand).request(Self.environment).spec
    }

    @Test func withoutAWordItIsTheBridge() throws {
        let spec = try spec("--rm")
        #expect(spec.networkMode == .bridge && spec.network == nil)
        #expect(try self.spec("--net bridge") == self.spec("--network default"))
    }

    @Test func modesAndNetworksAreRead() throws {
        #expect(try spec("--network none").networkMode == .none)
        #expect(try spec("--net=host").networkMode == .host)
        #expect(try spec("--network container:web").networkMode == .container("web"))
        let own = try spec("--network own")
        #expect(own.networkMode == NetworkMode(rawValue: "own") && own.network == nil)
    }

    @Test func theLongFormSaysMore() throws {
        let spec = try spec(
            "--network name=one,alias=a,alias=b,ip=10.0.0.5,ip6=fd00::5,mac-address=02:00:00:00:00:01 --network two")
        let expected = [
            NetworkAttachment(
                network: "one", ipv4: IPAddress("10.0.0.5"), ipv6: IPAddress("fd00::5"),
                macAddress: MACAddress("02:00:00:00:00:01"), aliases: ["a", "b"]),
            NetworkAttachment(network: "two"),
        ]
        #expect(spec.network?.attachments == expected)
        #expect(spec.networkMode.rawValue == "one")
    }

    @Test func optionsThatStandAloneAreAboutTheFirstNetwork() throws {
        let spec = try spec(
            "--network one --network two --network-alias x --net-alias y --ip 10.0.0.5 --ip6 fd00::5 "
                + "--mac-address 02-00-00-00-00-01")
        let first = try #require(spec.network?.attachments.first)
        #expect(first.network == "one" && first.aliases == ["x", "y"] && first.ipv4 == IPAddress("10.0.0.5"))
        #expect(first.ipv6 == IPAddress("fd00::5") && first.macAddress == MACAddress("02:00:00:00:00:01"))
        #expect(spec.network?.attachments.last == NetworkAttachment(network: "two"))
    }

    @Test(arguments: [
        "--network one --network host", "--network none --network one", "--network one --network one",
        "--network container:a --network one", "--network name=a,alias=b --network-alias c",
        "--network name=a,ip=10.0.0.1 --ip 10.0.0.2", "--network alias=a", "--network name=a,x=y", "--ip fd00::1",
        "--ip6 10.0.0.1", "--mac-address 1", "--link a:b", "--dns x", "--dns-search a..b", "--add-host a",
        "--add-host a:x", "-p x",
    ])
    func contradictionsAndMistakesAreRefused(_ line: String) {
        #expect(throws: (any Error).self) { try spec(line) }
    }

    @Test func namesAndServersAreRead() throws {
        let spec = try spec(
            "--add-host a:10.0.0.1 --add-host b=[fd00::1] --add-host c:host-gateway --dns 10.0.0.2 --dns fd00::2 "
                + "--dns-search a.test --dns-search . --dns-option ndots:2 --dns-opt rotate --domainname d.test")
        let options = try #require(spec.network)
        #expect(options.extraHosts == ["a:10.0.0.1", "b:fd00::1", "c:host-gateway"])
        #expect(options.dns == [IPAddress("10.0.0.2"), IPAddress("fd00::2")].compactMap { $0 })
        #expect(options.dnsSearch == ["a.test", "."] && options.dnsOptions == ["ndots:2", "rotate"])
        #expect(spec.domainname == "d.test")
    }

    @Test func portsAreRead() throws {
        let options = try #require(try spec("-p 8080:80 -P --expose 81/udp --publish 1000-1001:10-11").network)
        #expect(options.publishesAll && options.exposed == [ExposedPort(81, .udp)] && options.ports.count == 3)
    }

    @Test func whatHasNoEffectIsTold() throws {
        var words = NetworkWords()
        words.publish = ["80"]
        #expect(words.warnings.isEmpty)
        words.network = ["host"]
        #expect(words.warnings.count == 1)
    }
}

struct NetworkCreateTests {
    private func spec(_ line: String) throws -> NetworkSpec {
        let words = ["network", "create"] + line.split(separator: " ").map(String.init)
        let command = try RootCommand.parseAsRoot(OptionWords.normalise(words))
        return try #require(command as? NetworkCreateCommand).spec()
    }

    @Test func everyOptionIsRead() throws {
        let spec = try spec(
            "own -d bridge --subnet 10.1.0.0/16 --subnet fd00:1::/64 --gateway 10.1.0.9 --ip-range 10.1.2.0/24 "
                + "--aux-address r=10.1.0.7 --ipv6 --internal --label a=b -o k=v --attachable")
        #expect(spec.name == "own" && spec.ipv4 && spec.ipv6 && spec.isInternal)
        #expect(spec.labels == ["a": "b"] && spec.options == ["k": "v"] && spec.subnets.count == 2)
        #expect(spec.subnets.first?.gateway == IPAddress("10.1.0.9"))
        #expect(spec.subnets.first?.range == IPPrefix("10.1.2.0/24"))
        #expect(spec.subnets.first?.reserved["r"] == IPAddress("10.1.0.7"))
    }

    @Test func ipv4CanBeSwitchedOff() throws {
        #expect(try !spec("--ipv4=false --ipv6 own").ipv4)
        #expect(try spec("--ipv4 own").ipv4)
    }

    @Test(arguments: [
        "--gateway 10.0.0.1 own", "--subnet 10.0.0.0/8 --subnet 10.1.0.0/16 own", "--subnet x own",
        "--subnet 10.1.0.0/16 --gateway 10.2.0.1 own", "--subnet 10.1.0.0/16 --ip-range 10.2.0.0/24 own",
        "--subnet 10.1.0.0/16 --aux-address x=10.2.0.1 own", "--subnet 10.1.0.0/16 --aux-address x own",
        "--scope swarm own", "--ingress own", "--ipv4=perhaps own",
    ])
    func whatDoesNotFitTogetherIsRefused(_ line: String) {
        #expect(throws: (any Error).self) { try spec(line) }
    }
}
