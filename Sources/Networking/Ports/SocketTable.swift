import Engine
import LinuxSystem

/// /proc/net/tcp and its siblings (proc_net_tcp of the kernel's documents): one socket a line, addresses in hexadecimal, each 32
/// bits in host order.
enum SocketTable {
    /// The sockets that keep others from a port at an address: TCP's that listen, UDP's that are bound.
    static func inodes(_ port: UInt16, _ transport: TransportProtocol, at address: IPAddress) -> Set<UInt64> {
        var inodes: Set<UInt64> = []
        for isIPv4 in [true, false] {
            // The file of this thread's network namespace.
            let path = "/proc/thread-self/net/\(transport.rawValue)\(isIPv4 ? "" : "6")"
            guard let text = try? Files.readText(path) else { continue }
            for line in text.split(separator: "\n").dropFirst() {
                guard let entry = Entry(line), entry.port == port, transport == .udp || entry.state == 0x0a,
                    entry.keeps(address)
                else { continue }
                inodes.insert(entry.inode)
            }
        }
        return inodes
    }

    struct Entry: Hashable {
        var address: IPAddress
        var port: UInt16
        var state: UInt8
        var inode: UInt64

        init?(_ line: Substring) {
            let words = line.split(separator: " ")
            guard words.count > 9, let colon = words[1].lastIndex(of: ":"),
                let port = UInt16(words[1][words[1].index(after: colon)...], radix: 16),
                let state = UInt8(words[3], radix: 16), let inode = UInt64(words[9]),
                let address = Entry.address(words[1][..<colon])
            else { return nil }
            self.address = address
            self.port = port
            self.state = state
            self.inode = inode
        }

        /// Whether a socket there is in the way of one at `other`.
        func keeps(_ other: IPAddress) -> Bool {
            // A socket on :: may have taken IPv4 along; which one has is not told here.
            if address.isIPv4 != other.isIPv4 { return !address.isIPv4 && address.isUnspecified }
            return address == other || address.isUnspecified || other.isUnspecified
        }

        private static func address(_ digits: Substring) -> IPAddress? {
            let bytes = Array(digits.utf8)
            guard bytes.count == 8 || bytes.count == 32 else { return nil }
            var words: [UInt32] = []
            for start in stride(from: 0, to: bytes.count, by: 8) {
                guard let word = UInt32(String(decoding: bytes[start..<start + 8], as: UTF8.self), radix: 16) else {
                    return nil
                }
                // The number is the one that the bytes in network order make on this machine.
                words.append(UInt32(bigEndian: word))
            }
            if words.count == 1 { return .v4(words[0]) }
            return .v6(UInt64(words[0]) << 32 | UInt64(words[1]), UInt64(words[2]) << 32 | UInt64(words[3]))
        }
    }
}
