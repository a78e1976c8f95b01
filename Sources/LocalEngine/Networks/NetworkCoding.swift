import Engine
import GRDB

/// How a network stands in a row: plain columns and lines, for a start reads one and must not wait for a parser.
enum NetworkCoding {
    static let columns = "id, name, created, bridge, predefined, driver, internal, ipv4, ipv6, subnets, labels, options"
    static let placeholders = "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?"

    static func record(_ row: Row) throws -> NetworkRecord {
        let id: String = row[0]
        var spec = NetworkSpec(name: row[1])
        spec.driver = row[5]
        spec.isInternal = row[6]
        spec.ipv4 = row[7]
        spec.ipv6 = row[8]
        spec.subnets = try subnets(row[9], of: id)
        spec.labels = RecordCoding.table(row[10])
        spec.options = RecordCoding.table(row[11])
        return NetworkRecord(
            id: NetworkID(rawValue: id), createdAt: Timestamp(nanoseconds: row[2]), spec: spec, bridge: row[3],
            isPredefined: row[4])
    }

    static func arguments(_ record: NetworkRecord) -> StatementArguments {
        let spec = record.spec
        return [
            record.id.rawValue, spec.name, record.createdAt.nanoseconds, record.bridge, record.isPredefined,
            spec.driver,
            spec.isInternal, spec.ipv4, spec.ipv6, text(spec.subnets), RecordCoding.bytes(spec.labels),
            RecordCoding.bytes(spec.options),
        ]
    }

    /// A line a subnet: prefix, gateway, range, then `name=address` for each that is reserved, apart by tabs.
    static func text(_ subnets: [NetworkSpec.Subnet]) -> String {
        subnets.map { subnet in
            let reserved = subnet.reserved.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
            let fields = [
                subnet.prefix.description, subnet.gateway?.description ?? "", subnet.range?.description ?? "",
            ]
            return (fields + reserved).joined(separator: "\t")
        }.joined(separator: "\n")
    }

    /// What `text` wrote.
    static func subnets(_ text: String, of id: String) throws(EngineError) -> [NetworkSpec.Subnet] {
        var subnets: [NetworkSpec.Subnet] = []
        for line in text.split(separator: "\n") {
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
            guard fields.count >= 3, let prefix = IPPrefix(String(fields[0])) else {
                throw EngineError(.corrupted, "the record of network \(id) has subnets that cannot be read")
            }
            var subnet = NetworkSpec.Subnet(
                prefix: prefix, gateway: IPAddress(fields[1]), range: IPPrefix(String(fields[2])))
            for field in fields.dropFirst(3) {
                guard let equals = field.lastIndex(of: "=") else { continue }
                subnet.reserved[String(field[..<equals])] = IPAddress(field[field.index(after: equals)...])
            }
            subnets.append(subnet)
        }
        return subnets
    }
}
