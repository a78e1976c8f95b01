import Engine
import Foundation
import Testing

struct NetworkTextTests {
    @Test(arguments: [
        "0.0.0.0", "127.0.0.1", "172.30.0.2", "255.255.255.255", "::", "::1", "fd00::2", "fe80::42:acff:fe1e:2",
        "2001:db8::1:0:0:1", "2001:db8:0:1:1:1:1:1", "1:2:3:4:5:6:7:8", "::ffff:10.0.0.1", "1::", "1:0:0:2::3",
        "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "0:1:2:3:4:5:6:7", "1:2:3:4:5:6:7:0",
    ])
    func anAddressReadsAsItIsWritten(text: String) throws {
        #expect(try #require(IPAddress(text)).description == text)
    }

    /// RFC 5952, sections 2 and 4.
    @Test(arguments: [
        ("2001:0db8:0000:0000:0001:0000:0000:0001", "2001:db8::1:0:0:1"), ("2001:DB8::A", "2001:db8::a"),
        ("2001:db8:0:0:0:0:2:1", "2001:db8::2:1"), ("2001:db8::1:1:1:1:1", "2001:db8:0:1:1:1:1:1"),
        ("::ffff:0a00:0001", "::ffff:10.0.0.1"), ("::10.0.0.1", "::a00:1"), ("0::0", "::"),
        ("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"),
        ("::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8"), ("64:ff9b::192.0.2.33", "64:ff9b::c000:221"),
        ("1:2:3:4:5:6:10.0.0.1", "1:2:3:4:5:6:a00:1"),
    ])
    func anAddressIsWrittenInOneWay(text: String, written: String) throws {
        #expect(try #require(IPAddress(text)).description == written)
    }

    @Test(arguments: [
        "", ".", "1", "1.2.3", "1.2.3.4.5", "1.2.3.256", "01.2.3.4", "1.2.3.00", "1.2.3.4 ", " 1.2.3.4", "1..3.4",
        "1.2.3.",
        ".1.2.3", "-1.2.3.4", "+1.2.3.4", "1.2.3.4a", "0x1.2.3.4", ":", ":::", "1:", ":1", "1::2::3", "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8::", "::1:2:3:4:5:6:7:8", "12345::", "g::", "fe80::1%eth0", "[::1]",
        "::1.2.3",
        "::1.2.3.4:5", "1:2:3:4:5:6:7:1.2.3.4", "1.2.3.4::", "1:::2", "١.2.3.4", "1.2.3.4\u{0}", "::\u{0}",
    ])
    func whatIsNoAddressIsRefused(text: String) { #expect(IPAddress(text) == nil) }

    @Test func everyAddressSurvivesItsText() throws {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<5000 {
            let masks: [UInt64] = [
                .max, 0xffff_0000_0000_ffff, 0x0000_ffff_ffff_0000, 0xffff, 0, 0x00ff_000f_0000_0f00,
            ]
            let upper = generator.next() & (masks.randomElement() ?? 0)
            let lower = generator.next() & (masks.randomElement() ?? 0)
            let address = IPAddress.v6(upper, lower)
            #expect(IPAddress(address.description) == address)
            #expect(IPAddress(bytes: address.bytes) == address)
            let old = IPAddress.v4(UInt32(truncatingIfNeeded: upper ^ lower))
            #expect(IPAddress(old.description) == old)
            #expect(IPAddress(bytes: old.bytes) == old)
        }
    }

    /// The C library is the judge.
    @Test func noiseIsReadAsTheCLibraryReadsIt() {
        var generator = SystemRandomNumberGenerator()
        let letters = Array("0123456789abcdefF:::::....gx %")
        for _ in 0..<20000 {
            let text = String(
                (0..<Int.random(in: 0...24, using: &generator)).map { _ in letters.randomElement() ?? ":" })
            var old = in_addr()
            var new = in6_addr()
            let isAddress = inet_pton(AF_INET, text, &old) == 1 || inet_pton(AF_INET6, text, &new) == 1
            #expect((IPAddress(text) != nil) == isAddress, "\(text)")
            guard let address = IPAddress(text), !address.isIPv4 else { continue }
            #expect(withUnsafeBytes(of: &new) { Array($0) } == address.bytes, "\(text)")
        }
    }

    @Test(arguments: ["172.30.0.0/16", "0.0.0.0/0", "10.0.0.1/32", "::/0", "fd00::/64", "fd00::1/128"])
    func aPrefixReadsAsItIsWritten(text: String) throws { #expect(try #require(IPPrefix(text)).description == text) }

    @Test(arguments: [
        "", "/", "10.0.0.0", "10.0.0.0/", "10.0.0.0/33", "::/129", "10.0.0.0/-1", "10.0.0.0/+8", "10.0.0.0/08",
        "10.0.0.0/8/8", "/8", "10.0.0.0/ 8", "10.0.0.0/255.0.0.0", "10.0.0.0/99999999999999999999", "10.0.0.0/٨",
    ])
    func whatIsNoPrefixIsRefused(text: String) { #expect(IPPrefix(text) == nil) }

    @Test func hardwareAddressesAreReadWithColonsAndHyphens() throws {
        let address = try #require(MACAddress("02:42:AC-1e:00:02".replacing("-", with: ":")))
        #expect(address.description == "02:42:ac:1e:00:02")
        #expect(address.bytes == [0x02, 0x42, 0xac, 0x1e, 0x00, 0x02])
        #expect(MACAddress("02-42-ac-1e-00-02") == address)
    }

    @Test(arguments: [
        "", "02:42:ac:1e:00", "02:42:ac:1e:00:02:03", "02:42:ac:1e:00:0g", "0242ac1e0002", "02:42-ac:1e:00:02",
        "02:42:ac:1e:00:0", "2:42:ac:1e:00:002", "02.42.ac.1e.00.02",
    ])
    func whatIsNoHardwareAddressIsRefused(text: String) { #expect(MACAddress(text) == nil) }

    @Test func theyAreTextInJSON() throws {
        let subnet = NetworkSpec.Subnet(
            prefix: try #require(IPPrefix("172.30.0.0/16")), gateway: IPAddress("172.30.0.1"),
            reserved: ["router": try #require(IPAddress("172.30.0.9"))])
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let text = String(decoding: try encoder.encode(subnet), as: UTF8.self)
        #expect(text == #"{"gateway":"172.30.0.1","prefix":"172.30.0.0/16","reserved":{"router":"172.30.0.9"}}"#)
        #expect(try JSONDecoder().decode(NetworkSpec.Subnet.self, from: Data(text.utf8)) == subnet)
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([IPAddress].self, from: Data(#"["1.2.3"]"#.utf8))
        }
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([IPPrefix].self, from: Data(#"["::1"]"#.utf8)) }
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([MACAddress].self, from: Data(#"["1"]"#.utf8)) }
    }
}
