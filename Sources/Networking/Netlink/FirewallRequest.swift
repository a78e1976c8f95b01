/// Questions to nf_tables.
enum FirewallRequest {
    static func table(_ name: String) -> [UInt8] {
        var batch = NetlinkBatch()
        batch.message(FirewallBatch.Kind.getTable, .acknowledge) {
            $0.firewallHeader(family: 1)
            $0.attribute(1, name)
        }
        return batch.bytes
    }

    /// All tables of family inet.
    static let tables: [UInt8] = {
        var batch = NetlinkBatch()
        batch.message(FirewallBatch.Kind.getTable, .dump) { $0.firewallHeader(family: 1) }
        return batch.bytes
    }()

    /// The name of a table that was answered.
    static func name(of table: NetlinkMessage) -> String? {
        table.type == FirewallBatch.Kind.newTable ? NetlinkAttributes(table.payload.dropFirst(4)).string(1) : nil
    }

    /// Its comment.
    static func comment(of table: NetlinkMessage) -> String? {
        guard let data = NetlinkAttributes(table.payload.dropFirst(4)).value(6), data.count > 2, data.first == 0
        else { return nil }
        return String(decoding: data.dropFirst(2).prefix { $0 != 0 }, as: UTF8.self)
    }
}
