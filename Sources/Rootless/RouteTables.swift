/// What the host's own routes say (proc_net(5): `/proc/net/route`, `/proc/net/ipv6_route`).
struct RouteTables {
    /// The text of the one for IPv4: a heading, then lines with the destination as the second word, the mask as the eighth,
    /// eight hexadecimal digits each in the machine's byte order.
    var version4: String
    /// The text of the one for IPv6: the destination, its length in bits, …, and the interface at the end.
    var version6: String

    /// Whether there is a way to the IPv4 world.
    var leadsVersion4: Bool { routes4.contains { $0.mask == 0 } }

    /// Whether there is a way to the IPv6 world.
    var leadsVersion6: Bool { routes6.contains { $0.length == 0 && $0.interface != "lo" } }

    /// The first three numbers of a /24 that the host does not reach otherwise.
    var freeSubnet: String {
        let known = routes4
        let free = Self.candidates.first { candidate in
            !known.contains { $0.mask != 0 && candidate & $0.mask == $0.destination & Self.mask24 & $0.mask }
        }
        let subnet = free ?? Self.candidates[0]
        return "\(subnet >> 24).\(subnet >> 16 & 255).\(subnet >> 8 & 255)"
    }

    private static let mask24: UInt32 = 0xffff_ff00
    /// slirp4netns's own first, then some that few networks use.
    private static let candidates: [UInt32] = [0x0a00_0200, 0x0ad9_5f00, 0xac1f_fd00, 0xc0a8_d900]

    private var routes4: [(destination: UInt32, mask: UInt32)] {
        version4.split(separator: "\n").dropFirst().compactMap { line in
            let words = line.split(whereSeparator: { $0 == "\t" || $0 == " " })
            guard words.count > 7, let destination = UInt32(words[1], radix: 16), let mask = UInt32(words[7], radix: 16)
            else { return nil }
            return (UInt32(bigEndian: destination), UInt32(bigEndian: mask))
        }
    }

    private var routes6: [(destination: String, length: Int, interface: String)] {
        version6.split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ")
            guard words.count > 9, let length = Int(words[1], radix: 16) else { return nil }
            return (String(words[0]), length, String(words[9]))
        }
    }
}
