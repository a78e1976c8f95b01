import Engine
import Network
import Testing

struct IPPrefixRangeTests {
    private func prefix(_ text: String) throws -> IPPrefix { try #require(IPPrefix(text)) }

    @Test func bothEndsOfAPrefixAreFoundInBothFamilies() throws {
        #expect(try prefix("172.30.5.9/16").first == IPAddress("172.30.0.0"))
        #expect(try prefix("172.30.5.9/16").last == IPAddress("172.30.255.255"))
        #expect(try prefix("10.1.2.3/0").last == IPAddress("255.255.255.255"))
        #expect(try prefix("10.1.2.3/32").first == IPAddress("10.1.2.3"))
        #expect(try prefix("fd00:1:2:3:4::9/64").first == IPAddress("fd00:1:2:3::"))
        #expect(try prefix("fd00:1:2:3::/64").last == IPAddress("fd00:1:2:3:ffff:ffff:ffff:ffff"))
        #expect(try prefix("fd00::/0").last == IPAddress("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"))
        #expect(try prefix("fd00::1/100").last == IPAddress("fd00::fff:ffff"))
    }
}
