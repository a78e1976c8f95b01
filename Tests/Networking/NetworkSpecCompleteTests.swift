import Engine
import Testing

@testable import Networking

struct NetworkSpecCompleteTests {
    private func spec(_ subnets: NetworkSpec.Subnet..., ipv6: Bool = false) -> NetworkSpec {
        var spec = NetworkSpec(name: "web")
        spec.subnets = subnets
        spec.ipv6 = ipv6 || subnets.contains { !$0.prefix.address.isIPv4 }
        return spec
    }

    private func subnet(
        _ prefix: String, gateway: String? = nil, range: String? = nil, reserved: [String: String] = [:]
    ) throws -> NetworkSpec.Subnet {
        NetworkSpec.Subnet(
            prefix: try #require(IPPrefix(prefix)), gateway: gateway.flatMap { IPAddress($0) },
            range: range.flatMap { IPPrefix($0) }, reserved: reserved.compactMapValues { IPAddress($0) })
    }

    @Test func whatIsMissingIsChosen() throws {
        let whole = try spec(ipv6: true).completed(others: [], host: [])
        #expect(whole.subnets.count == 2)
        #expect(whole.subnets[0].prefix == IPPrefix("172.30.0.0/16"))
        #expect(whole.subnets[0].gateway == IPAddress("172.30.0.1"))
        #expect(whole.subnets[1].gateway == whole.subnets[1].prefix.address(at: 1))
        #expect(try whole.completed(others: [], host: []) == whole)
    }

    @Test func theHostsAddressesAndOtherNetworksAreAvoided() throws {
        let first = try spec().completed(others: [], host: [try #require(IPPrefix("172.30.4.0/24"))])
        #expect(first.subnets[0].prefix == IPPrefix("172.31.0.0/16"))
        let second = try spec().completed(others: [first], host: [])
        #expect(second.subnets[0].prefix == IPPrefix("172.30.0.0/16"))
        // OpenVPN's two halves of the world.
        let halves = ["0.0.0.0/1", "128.0.0.0/1"].compactMap { IPPrefix($0) }
        #expect(try spec().completed(others: [], host: halves).subnets[0].prefix == IPPrefix("172.30.0.0/16"))
    }

    @Test func aReservedFirstAddressIsNoGateway() throws {
        let whole = try spec(subnet("10.9.0.0/24", reserved: ["one": "10.9.0.1", "two": "10.9.0.2"]))
            .completed(others: [], host: [])
        #expect(whole.subnets[0].gateway == IPAddress("10.9.0.3"))
        #expect(
            try spec(subnet("10.9.0.0/31")).completed(others: [], host: []).subnets[0].gateway == IPAddress("10.9.0.0"))
        #expect(throws: EngineError.self) {
            try spec(subnet("10.9.0.0/30", reserved: ["one": "10.9.0.1", "two": "10.9.0.2"]))
                .completed(others: [], host: [])
        }
    }

    @Test func whatDoesNotFitIsToldInDockersWords() throws {
        for (subnet, words) in [
            (try subnet("10.9.0.1/24"), "invalid subnet 10.9.0.1/24: it should be 10.9.0.0/24"),
            (
                try subnet("10.9.0.0/24", gateway: "10.9.1.1"),
                "invalid gateway 10.9.1.1: parent subnet 10.9.0.0/24 doesn't contain"
            ),
            (try subnet("10.9.0.0/24", gateway: "fd00::1"), "invalid gateway fd00::1"),
            (try subnet("10.9.0.0/24", gateway: "10.9.0.255"), "stands for all of subnet"),
            (try subnet("10.9.0.0/24", range: "10.9.1.0/28"), "invalid ip-range 10.9.1.0/28: parent subnet"),
            (try subnet("10.9.0.0/24", range: "10.9.0.1/28"), "it should be 10.9.0.0/28"),
            (try subnet("10.9.0.0/24", range: "10.0.0.0/8"), "doesn't contain ip-range"),
            (try subnet("10.9.0.0/24", reserved: ["x": "10.9.1.1"]), "invalid auxiliary address x 10.9.1.1"),
            (try subnet("10.9.0.0/32"), "a single address"), (try subnet("224.0.0.0/24"), "not for hosts"),
            (try subnet("127.0.0.0/24"), "not for hosts"),
        ] {
            let error = #expect(throws: EngineError.self) { try spec(subnet).completed(others: [], host: []) }
            #expect(error?.code == .invalidArgument)
            #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
        }
    }

    @Test func overlapsSecondSubnetsAndFamiliesThatAreOffAreRefused() throws {
        let other = try spec(subnet("10.9.0.0/16")).completed(others: [], host: [])
        let overlap = #expect(throws: EngineError.self) {
            try spec(subnet("10.9.4.0/24")).completed(others: [other], host: [])
        }
        #expect(overlap?.code == .conflict)
        #expect(overlap?.message.contains("Pool overlaps with other one on this address space") == true)
        #expect(throws: EngineError.self) {
            try spec(subnet("10.1.0.0/24"), subnet("10.2.0.0/24")).completed(others: [], host: [])
        }
        var off = try spec(subnet("10.9.0.0/24"))
        off.ipv4 = false
        #expect(throws: EngineError.self) { try off.completed(others: [], host: []) }
        off.ipv6 = true
        #expect(throws: EngineError.self) { try off.completed(others: [], host: []) }
    }
}
