/// A batch of nf_tables messages in one table of family inet: the kernel carries out all of it or nothing.
struct FirewallBatch {
    private var batch = NetlinkBatch()
    private let table: String

    /// NFT_MSG_* with NFNL_SUBSYS_NFTABLES before it.
    enum Kind {
        static let newTable: UInt16 = 0x0a00
        static let getTable: UInt16 = 0x0a01
        static let deleteTable: UInt16 = 0x0a02
        static let newChain: UInt16 = 0x0a03
        static let newRule: UInt16 = 0x0a06
        /// NFNL_MSG_BATCH_BEGIN, NFNL_MSG_BATCH_END
        static let begin: UInt16 = 16
        static let end: UInt16 = 17
    }

    /// Where a chain is asked, and when (hook and priority of nft(8), family inet).
    struct Hook {
        var type: String
        var number: UInt32
        var priority: Int32

        static let prerouting = Hook(type: "nat", number: 0, priority: -100)
        static let forward = Hook(type: "filter", number: 2, priority: 0)
        static let output = Hook(type: "nat", number: 3, priority: -100)
        static let postrouting = Hook(type: "nat", number: 4, priority: 100)
    }

    init(table: String) {
        self.table = table
        // Kernels before 6.10 do not acknowledge the frame of a batch, so nobody must wait for that.
        batch.message(Kind.begin, []) { $0.firewallHeader(family: 0, resource: 10) }
    }

    /// The whole batch.
    consuming func finished() -> [UInt8] {
        batch.message(Kind.end, []) { $0.firewallHeader(family: 0, resource: 10) }
        return batch.bytes
    }

    /// The table, empty, whatever it held. An owned one goes with the socket that made it (NFT_TABLE_F_OWNER, Linux 5.12).
    mutating func replaceTable(isOwned: Bool, comment: String? = nil) {
        newTable(isOwned: isOwned)
        deleteTable()
        newTable(isOwned: isOwned, comment: comment)
    }

    /// The table; an exclusive one must not be there. A socket that has deleted anything waits for it when it is closed, some ten
    /// milliseconds, so `replaceTable` is for tables that may be there.
    mutating func newTable(isOwned: Bool = false, isExclusive: Bool = false, comment: String? = nil) {
        let table = table
        message(Kind.newTable, isExclusive ? [.create, .exclusive] : .create) {
            $0.attribute(1, table)
            $0.attribute(2, bigEndian: UInt32(isOwned ? 2 : 0))
            if let comment { $0.attribute(6, Self.userData(comment)) }
        }
    }

    mutating func deleteTable() {
        let table = table
        message(Kind.deleteTable, []) { $0.attribute(1, table) }
    }

    /// A chain that is jumped to, or with a hook one that packets come through.
    mutating func chain(_ name: String, _ hook: Hook? = nil) {
        let table = table
        message(Kind.newChain, .create) {
            $0.attribute(1, table)
            $0.attribute(3, name)
            guard let hook else { return }
            $0.nested(4) {
                $0.attribute(1, bigEndian: hook.number)
                $0.attribute(2, bigEndian: hook.priority)
            }
            $0.attribute(7, hook.type)
        }
    }

    /// A rule at the chain's end.
    mutating func rule(_ chain: String, _ parts: [FirewallExpression]...) {
        let table = table
        message(Kind.newRule, [.create, .append]) {
            $0.attribute(1, table)
            $0.attribute(2, chain)
            $0.nested(4) { list in for expression in parts.joined() { expression.write(to: &list) } }
        }
    }

    private mutating func message(
        _ type: UInt16, _ flags: NetlinkBatch.Flags, _ body: (inout NetlinkBatch) -> Void
    ) {
        batch.message(type, flags.union(.acknowledge)) {
            // NFPROTO_INET
            $0.firewallHeader(family: 1)
            body(&$0)
        }
    }

    /// nft(8)'s way to keep a comment: type 0, length, text with its NUL.
    static func userData(_ comment: String) -> [UInt8] {
        let text = Array(comment.utf8.prefix(120)) + [0]
        return [0, UInt8(truncatingIfNeeded: text.count)] + text
    }
}

extension NetlinkBatch {
    /// struct nfgenmsg; the resource is in network order.
    mutating func firewallHeader(family: UInt8, resource: UInt16 = 0) {
        write([family, 0])
        write(resource.bigEndian)
    }
}
