extension FirewallExpression {
    /// NFT_REG_1, NFT_REG_2, NFT_REG_VERDICT.
    static let register1: UInt32 = 1
    static let register2: UInt32 = 2
    static let verdictRegister: UInt32 = 0

    /// The name that the kernel knows the expression by.
    private var name: String {
        switch self {
        case .meta: "meta"
        case .payload: "payload"
        case .conntrack: "ct"
        case .destinationKind: "fib"
        case .compare: "cmp"
        case .mask: "bitwise"
        case .immediate, .accept, .drop, .leave, .jump: "immediate"
        case .destination: "nat"
        case .masquerade: "masq"
        }
    }

    /// One NFTA_LIST_ELEM.
    func write(to batch: inout NetlinkBatch) {
        batch.nested(1) {
            $0.attribute(1, name)
            $0.nested(2) { writeData(to: &$0) }
        }
    }

    private func writeData(to batch: inout NetlinkBatch) {
        switch self {
        case .meta(let key):
            batch.attribute(1, bigEndian: Self.register1)
            batch.attribute(2, bigEndian: key.rawValue)
        case .payload(let base, let offset, let length):
            batch.attribute(1, bigEndian: Self.register1)
            batch.attribute(2, bigEndian: base.rawValue)
            batch.attribute(3, bigEndian: offset)
            batch.attribute(4, bigEndian: length)
        case .conntrack(let key):
            batch.attribute(1, bigEndian: Self.register1)
            batch.attribute(2, bigEndian: key.rawValue)
        case .destinationKind:
            batch.attribute(1, bigEndian: Self.register1)
            // NFT_FIB_RESULT_ADDRTYPE of NFTA_FIB_F_DADDR
            batch.attribute(2, bigEndian: UInt32(3))
            batch.attribute(3, bigEndian: UInt32(2))
        case .compare(let comparison, let value):
            batch.attribute(1, bigEndian: Self.register1)
            batch.attribute(2, bigEndian: comparison.rawValue)
            batch.nested(3) { $0.attribute(1, value) }
        case .mask(let mask): Self.writeMask(mask, to: &batch)
        case .immediate(let value, let register):
            batch.attribute(1, bigEndian: register)
            batch.nested(2) { $0.attribute(1, value) }
        case .destination(let family, let withPort):
            // NFT_NAT_DNAT
            batch.attribute(1, bigEndian: UInt32(1))
            batch.attribute(2, bigEndian: family.rawValue)
            batch.attribute(3, bigEndian: Self.register1)
            if withPort { batch.attribute(5, bigEndian: Self.register2) }
        case .masquerade: break
        // NF_ACCEPT, NF_DROP, NFT_RETURN, NFT_JUMP
        case .accept: Self.writeVerdict(1, nil, to: &batch)
        case .drop: Self.writeVerdict(0, nil, to: &batch)
        case .leave: Self.writeVerdict(-5, nil, to: &batch)
        case .jump(let chain): Self.writeVerdict(-3, chain, to: &batch)
        }
    }

    private static func writeMask(_ mask: [UInt8], to batch: inout NetlinkBatch) {
        batch.attribute(1, bigEndian: register1)
        batch.attribute(2, bigEndian: register1)
        batch.attribute(3, bigEndian: UInt32(truncatingIfNeeded: mask.count))
        batch.nested(4) { $0.attribute(1, mask) }
        batch.nested(5) { $0.attribute(1, [UInt8](repeating: 0, count: mask.count)) }
    }

    private static func writeVerdict(_ code: Int32, _ chain: String?, to batch: inout NetlinkBatch) {
        batch.attribute(1, bigEndian: verdictRegister)
        batch.nested(2) {
            $0.nested(2) {
                $0.attribute(1, bigEndian: code)
                if let chain { $0.attribute(2, chain) }
            }
        }
    }
}
