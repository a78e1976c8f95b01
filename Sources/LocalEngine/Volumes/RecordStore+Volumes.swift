import Engine
import FoundationEssentials
import GRDB

/// Volumes' rows, and which containers use them. A use vanishes with its container's row, and a row with a use cannot go:
/// SQLite sees to both (`ON DELETE CASCADE`, foreign keys).
extension RecordStore {
    private static let volumeColumns = "name, created, driver, options, labels, anonymous"

    /// All volumes by name.
    func volumes() throws -> [VolumeRecord] {
        try perform("list volumes") { _, queue in
            try queue.unsafeRead { database in
                try Row.fetchAll(database, sql: "SELECT \(Self.volumeColumns) FROM volume ORDER BY name")
                    .map(Self.volumeRecord)
            }
        }
    }

    /// The volume of this name; `nil` when there is none.
    func volume(_ name: String) throws -> VolumeRecord? {
        try perform("read volume \(name)") { _, queue in
            try queue.unsafeRead { try Self.volume(name, in: $0) }
        }
    }

    /// The names of the containers that mount each volume, by volume.
    func volumeUsers() throws -> [String: [String]] {
        try perform("list volumes") { _, queue in
            try queue.unsafeRead { database in
                let rows = try Row.fetchAll(
                    database,
                    sql: "SELECT volume, name FROM volume_use JOIN container ON id = container ORDER BY created")
                return rows.reduce(into: [:]) { users, row in users[row[0], default: []].append(row[1]) }
            }
        }
    }

    /// Adds a volume unless there is one of its name; answers the one that is there then, and whether it is new.
    func addVolume(_ record: VolumeRecord) throws -> (record: VolumeRecord, isNew: Bool) {
        try perform("record volume \(record.name)") { _, queue in
            try queue.write { database in
                if let known = try Self.volume(record.name, in: database) { return (known, false) }
                try Self.insert(record, in: database)
                return (record, true)
            }
        }
    }

    /// Forgets a volume in one transaction with `setAside`, which puts its files out of the way.
    /// - Throws: `.notFound`; `.conflict` while a container uses it.
    func deleteVolume(_ name: String, setAside: () throws -> Void) throws {
        try perform("forget volume \(name)") { _, queue in
            try queue.write { database in
                let users = try String.fetchAll(
                    database,
                    sql: "SELECT name FROM volume_use JOIN container ON id = container WHERE volume = ?",
                    arguments: [name])
                guard users.isEmpty else {
                    throw EngineError(
                        .conflict, "volume \(name) is in use by \(users.sorted().joined(separator: ", "))",
                        hint: "remove these containers first")
                }
                try database.execute(sql: "DELETE FROM volume WHERE name = ?", arguments: [name])
                guard database.changesCount > 0 else {
                    throw EngineError(.notFound, "no such volume: \(name)", hint: "spyhop volume ls lists them all")
                }
                try setAside()
            }
        }
    }

    /// Which of these volumes are anonymous and used by nobody but this container.
    func ownVolumes(of id: ContainerID, among names: [String]) throws -> [String] {
        try perform("look for the volumes of container \(id.short)") { _, queue in
            try queue.unsafeRead { database in
                try names.filter { name in
                    try Bool.fetchOne(
                        database,
                        sql: """
                            SELECT anonymous AND NOT EXISTS (
                                SELECT 1 FROM volume_use WHERE volume = name AND container <> ?)
                            FROM volume WHERE name = ?
                            """, arguments: [id.rawValue, name]) ?? false
                }
            }
        }
    }

    private static func volume(_ name: String, in database: Database) throws -> VolumeRecord? {
        try Row.fetchOne(
            database, sql: "SELECT \(volumeColumns) FROM volume WHERE name = ?", arguments: [name]
        ).map(volumeRecord)
    }

    /// Notes that a container mounts a volume.
    static func use(_ name: String, by id: ContainerID, in database: Database) throws {
        try database.execute(
            sql: "INSERT INTO volume_use (container, volume) VALUES (?, ?)", arguments: [id.rawValue, name])
    }

    static func insert(_ record: VolumeRecord, in database: Database) throws {
        try database.execute(
            sql: "INSERT INTO volume (\(volumeColumns)) VALUES (?, ?, ?, ?, ?, ?)",
            arguments: [
                record.name, record.createdAt.nanoseconds, record.driver, RecordCoding.bytes(record.options),
                RecordCoding.bytes(record.labels), record.isAnonymous,
            ])
    }

    private static func volumeRecord(_ row: Row) -> VolumeRecord {
        let options: Data = row[3]
        let labels: Data = row[4]
        return VolumeRecord(
            name: row[0], createdAt: Timestamp(nanoseconds: row[1]), driver: row[2],
            options: RecordCoding.table(options), labels: RecordCoding.table(labels), isAnonymous: row[5])
    }
}
