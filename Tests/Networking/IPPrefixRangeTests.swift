import Engine
import Testing

@testable import Networking

struct IPPrefixRangeTests {
    private func prefix(_ text: String) throws -> IPPrefix { try #require(IPPrefix(text)) }

    @Test(arguments: [
        ("172.30.5.9/16", "172.30.0.0", "172.30.255.255"), ("10.1.2.3/0", "0.0.0.0", "255.255.255.255"),
        ("10.1.2.3/32", "10.1.2.3", "10.1.2.3"),
        ("fd00:1:2:3:4::9/64", "fd00:1:2:3::", "fd00:1:2:3:ffff:ffff:ffff:ffff"),
        ("fd00::/0", "::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"), ("fd00::1/100", "fd00::", "fd00::fff:ffff"),
        ("fd00:1::5/128", "fd00:1::5", "fd00:1::5"),
        ("fd00:ffff::/20", "fd00:f000::", "fd00:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
    ])
    func bothEndsOfAPrefixAreFound(text: String, first: String, last: String) throws {
        #expect(try prefix(text).first == IPAddress(first))
        #expect(try prefix(text).last == IPAddress(last))
        #expect(try prefix(text).contains(try #require(IPAddress(first))))
        #expect(try prefix(text).contains(try #require(IPAddress(last))))
    }

    @Test func neighboursAndOtherFamiliesAreOutside() throws {
        let subnet = try prefix("172.30.0.0/16")
        #expect(!subnet.contains(.v4(0xac1d_ffff)))
        #expect(!subnet.contains(.v4(0xac1f_0000)))
        #expect(!subnet.contains(.v6(0, 0xac1e_0001)))
        #expect(try !prefix("::/0").contains(.v4(1)))
    }

    @Test func prefixesOverlapWhenOneHoldsTheOther() throws {
        #expect(try prefix("10.0.0.0/8").overlaps(try prefix("10.9.0.0/24")))
        #expect(try prefix("10.9.0.0/24").overlaps(try prefix("10.0.0.0/8")))
        #expect(try !prefix("10.9.0.0/24").overlaps(try prefix("10.9.1.0/24")))
        #expect(try !prefix("::/0").overlaps(try prefix("0.0.0.0/0")))
        #expect(try prefix("10.0.0.0/8").contains(try prefix("10.0.0.0/8")))
        #expect(try !prefix("10.9.0.0/24").contains(try prefix("10.0.0.0/8")))
    }

    @Test func nothingIsFoundBeyondTheEnd() throws {
        #expect(try prefix("10.0.0.0/30").address(at: 3) == IPAddress("10.0.0.3"))
        #expect(try prefix("10.0.0.0/30").address(at: 4) == nil)
        #expect(try prefix("255.255.255.252/30").address(at: 4) == nil)
        #expect(try prefix("255.255.255.252/30").address(at: .max) == nil)
        #expect(try prefix("255.255.255.0/24").next == nil)
        #expect(try prefix("ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe/127").next == nil)
        #expect(try prefix("fd00::ffff:ffff:ffff:fff0/124").next == prefix("fd00:0:0:1::/124"))
        #expect(IPAddress.v6(.max, .max).advanced(by: 1) == nil)
        #expect(IPAddress.v4(.max).advanced(by: 1) == nil)
    }

    @Test func onlyWideSubnetsOfIPv4HaveABroadcast() throws {
        #expect(try prefix("10.0.0.0/24").broadcast == IPAddress("10.0.0.255"))
        #expect(try prefix("10.0.0.0/31").broadcast == nil)
        #expect(try prefix("fd00::/64").broadcast == nil)
    }
}
