import Engine

/// Where subnets of networks are taken from that nobody named one for.
public struct SubnetPool: Sendable, Hashable {
    /// A block, and how long the prefixes are that it is cut into.
    public struct Block: Sendable, Hashable {
        /// The whole block.
        public var prefix: IPPrefix
        /// The length of one piece.
        public var length: Int

        /// Makes a block.
        public init(prefix: IPPrefix, length: Int) {
            self.prefix = prefix
            self.length = length
        }
    }

    /// The blocks, the preferred one first.
    public var blocks: [Block]

    /// A pool of blocks.
    public init(blocks: [Block]) { self.blocks = blocks }

    /// 172.30.0.0/16 and 172.31.0.0/16 (docker begins at 172.17, podman at 10.88), then pieces of /24 of 10.222.0.0/15
    /// and the rest of 10.0.0.0/8 from there, at last of 192.168.0.0/16.
    public static let standard = SubnetPool(blocks: [
        Block(prefix: IPPrefix(.v4(0xac1e_0000), length: 15), length: 16),
        Block(prefix: IPPrefix(.v4(0x0ade_0000), length: 15), length: 24),
        Block(prefix: IPPrefix(.v4(0x0ac0_0000), length: 10), length: 24),
        Block(prefix: IPPrefix(.v4(0xc0a8_0000), length: 16), length: 24),
    ])

    /// The first free piece that shares no address with `taken`; `nil` when there is none.
    public func free(avoiding taken: [IPPrefix]) -> IPPrefix? {
        for block in blocks {
            let obstacles = taken.filter { $0.overlaps(block.prefix) }.map { ($0.first, $0.last) }.sorted { $0 < $1 }
            var candidate = IPPrefix(block.prefix.first, length: block.length)
            var isWithin = true
            for (first, last) in obstacles where last >= candidate.first {
                if first > candidate.last { break }
                // Whatever is wider than a piece is jumped over whole.
                guard let next = max(last, candidate.last).advanced(by: 1) else {
                    isWithin = false
                    break
                }
                // The rest of a piece that an obstacle reaches into is not free either.
                candidate = IPPrefix(next, length: block.length)
                if !candidate.isSubnet { candidate = candidate.next ?? candidate.subnet }
            }
            if isWithin, candidate.isSubnet, block.prefix.contains(candidate) { return candidate }
        }
        return nil
    }

    /// A /64 of unique local addresses whose global identifier is random (RFC 4193, section 3.2).
    public static func uniqueLocal(avoiding taken: [IPPrefix] = []) -> IPPrefix {
        var generator = SystemRandomNumberGenerator()
        while true {
            let upper = 0xfd << 56 | (generator.next() & 0x00ff_ffff_ffff_ffff)
            let prefix = IPPrefix(.v6(upper, 0), length: 64)
            // With 56 random bits a second turn is for a list that covers the whole range; then any will do.
            if !taken.contains(where: { $0.overlaps(prefix) }) || taken.contains(where: { $0.length <= 8 }) {
                return prefix
            }
        }
    }
}
