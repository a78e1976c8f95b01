import Engine
import Testing

@testable import Networking

struct SubnetPoolTests {
    private func prefixes(_ texts: String...) -> [IPPrefix] { texts.compactMap { IPPrefix($0) } }

    @Test func theFirstNetworkGetsTheFirstBlock() {
        #expect(SubnetPool.standard.free(avoiding: []) == IPPrefix("172.30.0.0/16"))
    }

    @Test func whatIsTakenIsPassedOver() {
        #expect(SubnetPool.standard.free(avoiding: prefixes("172.30.9.0/24")) == IPPrefix("172.31.0.0/16"))
        #expect(SubnetPool.standard.free(avoiding: prefixes("172.16.0.0/12")) == IPPrefix("10.222.0.0/24"))
        #expect(
            SubnetPool.standard.free(avoiding: prefixes("172.16.0.0/12", "10.222.0.0/25", "10.222.1.77/32"))
                == IPPrefix("10.222.2.0/24"))
        #expect(
            SubnetPool.standard.free(avoiding: prefixes("172.16.0.0/12", "10.0.0.0/8")) == IPPrefix("192.168.0.0/24"))
        #expect(SubnetPool.standard.free(avoiding: prefixes("0.0.0.0/0")) == nil)
        #expect(SubnetPool.standard.free(avoiding: prefixes("::/0")) == IPPrefix("172.30.0.0/16"))
    }

    @Test func hundredsOfNetworksShareNothing() throws {
        var taken: [IPPrefix] = []
        for _ in 0..<300 {
            let free = try #require(SubnetPool.standard.free(avoiding: taken))
            #expect(!taken.contains { $0.overlaps(free) })
            taken.append(free)
        }
    }

    @Test func aPoolThatIsFullSaysSo() throws {
        let pool = SubnetPool(blocks: [.init(prefix: try #require(IPPrefix("255.255.254.0/23")), length: 24)])
        #expect(pool.free(avoiding: prefixes("255.255.254.0/24")) == IPPrefix("255.255.255.0/24"))
        #expect(pool.free(avoiding: prefixes("255.255.254.0/24", "255.255.255.128/25")) == nil)
    }

    @Test func uniqueLocalPrefixesAreRandom() {
        let prefixes = Set((0..<100).map { _ in SubnetPool.uniqueLocal() })
        #expect(prefixes.count == 100)
        for prefix in prefixes {
            #expect(prefix.length == 64)
            #expect(prefix.isSubnet)
            #expect(prefix.description.hasPrefix("fd"))
        }
        #expect(SubnetPool.uniqueLocal(avoiding: [IPPrefix(.v6(0, 0), length: 0)]).length == 64)
    }
}
