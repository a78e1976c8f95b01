import Engine
import Testing

@testable import Networking

struct AddressAllocatorTests {
    private func subnet(_ prefix: String, gateway: String? = nil, range: String? = nil, reserved: String...) throws
        -> NetworkSpec.Subnet
    {
        NetworkSpec.Subnet(
            prefix: try #require(IPPrefix(prefix)), gateway: gateway.flatMap { IPAddress($0) },
            range: range.flatMap { IPPrefix($0) },
            reserved: Dictionary(uniqueKeysWithValues: try reserved.map { ($0, try #require(IPAddress($0))) }))
    }

    private func all(_ subnet: NetworkSpec.Subnet, used: [String] = []) -> [String] {
        var allocator = AddressAllocator(subnet: subnet, used: used.compactMap { IPAddress($0) })
        var given: [String] = []
        while let next = try? allocator.next() { given.append("\(next)") }
        return given
    }

    @Test func everyAddressIsGivenOnceAndTheEndsNever() throws {
        #expect(
            all(try subnet("10.0.0.0/29", gateway: "10.0.0.1"))
                == ["10.0.0.2", "10.0.0.3", "10.0.0.4", "10.0.0.5", "10.0.0.6"])
        #expect(all(try subnet("10.0.0.0/31", gateway: "10.0.0.0")) == ["10.0.0.1"])
        #expect(all(try subnet("fd00::/126", gateway: "fd00::1")) == ["fd00::2", "fd00::3"])
        #expect(all(try subnet("255.255.255.252/30", gateway: "255.255.255.253")) == ["255.255.255.254"])
    }

    @Test func rangeAndReservedAddressesAreHonoured() throws {
        #expect(
            all(try subnet("10.0.0.0/24", gateway: "10.0.0.1", range: "10.0.0.0/29", reserved: "10.0.0.3", "10.0.0.6"))
                == ["10.0.0.2", "10.0.0.4", "10.0.0.5", "10.0.0.7"])
    }

    @Test func anAddressThatWasJustLetGoComesLast() throws {
        #expect(
            all(try subnet("10.0.0.0/29", gateway: "10.0.0.1"), used: ["10.0.0.4"])
                == ["10.0.0.5", "10.0.0.6", "10.0.0.2", "10.0.0.3"])
    }

    @Test func certainAddressesAreCheckedOneByOne() throws {
        let subnet = try subnet("10.0.0.0/24", gateway: "10.0.0.1", reserved: "10.0.0.9")
        var allocator = AddressAllocator(subnet: subnet, used: [.v4(0x0a00_0005)])
        try allocator.claim(.v4(0x0a00_0007))
        for (address, word) in [
            ("10.0.1.5", "no configured subnet"), ("10.0.0.0", "own"), ("10.0.0.255", "broadcast"),
            ("10.0.0.1", "gateway"),
            ("10.0.0.9", "aux-address"), ("10.0.0.5", "in use"), ("10.0.0.7", "in use"),
            ("fd00::1", "no configured subnet"),
        ] {
            let wanted = try #require(IPAddress(address))
            let error = #expect(throws: EngineError.self) { try allocator.claim(wanted) }
            #expect(error?.description.contains(word) == true, "\(address): \(error?.description ?? "")")
        }
    }

    @Test func anEmptySubnetOfIPv6EndsAtOnce() throws {
        var allocator = AddressAllocator(subnet: try subnet("fd00::/64", gateway: "fd00::1"), used: [])
        #expect(try allocator.next() == IPAddress("fd00::2"))
        allocator = AddressAllocator(
            subnet: try subnet("fd00::/64", gateway: "fd00::1"), used: [.v6(0xfd00 << 48, .max)])
        #expect(try allocator.next() == IPAddress("fd00::2"))
    }
}
