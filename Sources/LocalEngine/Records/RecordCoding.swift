import Engine
import FoundationEssentials
import GRDB

/// How a record's fields stand in a row.
///
/// Lists of strings are bytes, each item ended by the NUL that neither arguments nor labels can hold; the rare
/// structures are JSON with a short way around the parser when they are empty: 200 rows are read in about a millisecond.
enum RecordCoding {
    static let columns =
        "id, name, image, image_id, created, command, labels, restart, auto_remove, network, limits, mounts, "
        + "attachments, exposed"
    static let placeholders = "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?"

    static func record(_ row: Row) throws -> ContainerRecord {
        let restart: String = row[7]
        let network: String = row[9]
        let id: String = row[0]
        guard let restartPolicy = RestartPolicy(restart) else {
            throw EngineError(.corrupted, "the record of container \(id) has an unknown value (\(restart))")
        }
        let mode = NetworkMode(rawValue: network)
        return ContainerRecord(
            id: ContainerID(rawValue: id), name: row[1], image: row[2], imageID: ImageID(rawValue: row[3]),
            createdAt: Timestamp(nanoseconds: row[4]), command: list(row[5]), labels: table(row[6]),
            restartPolicy: restartPolicy, autoRemove: row[8], networkMode: mode,
            limits: try structure(row[10], empty: ResourceLimits(), of: id),
            mounts: try structure(row[11], empty: [], of: id),
            attachments: try AttachmentText.read(row[12], mode, of: id), exposed: AttachmentText.ports(row[13]))
    }

    static func arguments(_ record: ContainerRecord) throws -> StatementArguments {
        [
            record.id.rawValue, record.name, record.image, record.imageID.rawValue, record.createdAt.nanoseconds,
            bytes(record.command), bytes(record.labels),
            record.restartPolicy.description, record.autoRemove, record.networkMode.rawValue,
            try text(record.limits), record.mounts.isEmpty ? "" : try json(record.mounts),
            AttachmentText.write(record.attachments, record.networkMode), AttachmentText.text(record.exposed),
        ]
    }

    static func text(_ limits: ResourceLimits) throws -> String {
        limits == ResourceLimits() ? "" : try json(limits)
    }

    static func text(_ definition: ContainerDefinition) throws -> String { try DefinitionText.write(definition) }

    static func definition(_ text: String, of id: ContainerID) throws -> ContainerDefinition {
        do {
            return try JSONDecoder().decode(ContainerDefinition.self, from: Data(text.utf8))
        } catch {
            throw EngineError(.corrupted, "the record of container \(id.short) cannot be read", cause: error)
        }
    }

    /// Strings, each ended by a NUL.
    static func bytes(_ list: [String]) -> Data {
        var bytes: [UInt8] = []
        for item in list {
            bytes += item.utf8
            bytes.append(0)
        }
        return Data(bytes)
    }

    private static func list(_ bytes: Data) -> [String] {
        guard !bytes.isEmpty else { return [] }
        return bytes.split(separator: 0, omittingEmptySubsequences: false).dropLast()
            .map { String(decoding: $0, as: UTF8.self) }
    }

    static func bytes(_ table: [String: String]) -> Data {
        bytes(table.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] })
    }

    /// Keys and values one after another, as `bytes` writes them.
    static func table(_ bytes: Data) -> [String: String] {
        guard !bytes.isEmpty else { return [:] }
        let items = list(bytes)
        var table: [String: String] = [:]
        for index in stride(from: 0, to: items.count - 1, by: 2) { table[items[index]] = items[index + 1] }
        return table
    }

    private static func json(_ value: some Encodable) throws -> String {
        String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
    }

    private static func structure<Value: Decodable>(_ text: String, empty: Value, of id: String) throws -> Value {
        if text.isEmpty { return empty }
        do {
            return try JSONDecoder().decode(Value.self, from: Data(text.utf8))
        } catch {
            throw EngineError(.corrupted, "the record of container \(id) cannot be read", cause: error)
        }
    }
}
