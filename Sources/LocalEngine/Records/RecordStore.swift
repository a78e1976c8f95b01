import Engine
import GRDB
import Synchronization

/// The containers' records in SQLite, shared by any number of processes.
///
/// A queue and not a pool: one connection opens in half the time, and a command makes two or three short statements.
/// The connection is opened with the first use and stays open as long as the engine, in a command until the process
/// ends: SQLite's last close folds the log into the database with two fsyncs, which would be the dearest part of a `run`.
/// The log is folded every hundred pages instead. Each statement is a transaction of its own, so none is opened around it.
final class RecordStore: Sendable {
    struct State {
        var queue: DatabaseQueue?
        var snapshot: Snapshot?
        /// The newest definition that was written or read. None ever changes, so `run` need not read what it just wrote.
        var known: (id: ContainerID, definition: ContainerDefinition)?
    }

    /// All rows, true as long as no other connection has written since.
    struct Snapshot {
        var version: Int64
        var records: [ContainerRecord]
    }

    private let path: String
    private let prepareDirectory: @Sendable () throws -> Void
    private let state = Mutex(State())

    /// - Parameter prepareDirectory: makes the directory that `path` lies in.
    init(path: String, prepareDirectory: @escaping @Sendable () throws -> Void) {
        self.path = path
        self.prepareDirectory = prepareDirectory
    }

    // MARK: - Reading

    /// All records, newest first. Free when nobody has written since the last time.
    func all() throws -> [ContainerRecord] {
        try perform("list containers") { state, queue in
            try queue.unsafeRead { database in
                let version = try Int64.fetchOne(database, sql: "PRAGMA data_version") ?? 0
                if let snapshot = state.snapshot, snapshot.version == version { return snapshot.records }
                let rows = try Row.fetchCursor(
                    database, sql: "SELECT \(RecordCoding.columns) FROM container ORDER BY created DESC, id")
                var records: [ContainerRecord] = []
                while let row = try rows.next() { records.append(try RecordCoding.record(row)) }
                state.snapshot = Snapshot(version: version, records: records)
                return records
            }
        }
    }

    /// The record that a person's reference names: a whole identifier, then a name, then the beginning of an identifier.
    /// - Throws: `.notFound`, or `.conflict` when several identifiers begin so.
    func find(_ reference: String) throws -> ContainerRecord {
        let name = reference.first == "/" ? String(reference.dropFirst()) : reference
        let isPrefix = !name.isEmpty && name.utf8.count <= 64 && name.utf8.allSatisfy(Self.isHexDigit)
        let found: [ContainerRecord] = try perform("look for container \(reference)") { _, queue in
            try queue.unsafeRead { database in
                let clause = isPrefix ? "id >= ?1 AND id < ?1 || 'g' OR name = ?1" : "name = ?1"
                // The name's row comes first, so that a crowd of identifiers with the same beginning cannot hide it.
                let order = "ORDER BY id = ?1 DESC, name = ?1 DESC LIMIT 3"
                // A command looks up its container several times.
                let statement = try database.cachedStatement(
                    sql: "SELECT \(RecordCoding.columns) FROM container WHERE \(clause) \(order)")
                return try Row.fetchAll(statement, arguments: [name]).map(RecordCoding.record)
            }
        }
        guard let first = found.first else {
            throw EngineError(.notFound, "no such container: \(reference)", hint: "spyhop ps -a lists them all")
        }
        guard found.count == 1 || first.id.rawValue == name || first.name == name else {
            let names = found.map { "\($0.id.short) (\($0.name))" }.joined(separator: ", ")
            throw EngineError(
                .conflict, "several containers begin with \(reference): \(names)", hint: "give more digits or the name")
        }
        return first
    }

    /// The record with this identifier; `nil` when there is none.
    func record(_ id: ContainerID) throws -> ContainerRecord? {
        try perform("read container \(id.short)") { _, queue in
            try queue.unsafeRead { database in
                try Row.fetchOne(
                    database, sql: "SELECT \(RecordCoding.columns) FROM container WHERE id = ?",
                    arguments: [id.rawValue]
                ).map(RecordCoding.record)
            }
        }
    }

    /// The request and merged values of a container; `.notFound` when it was removed meanwhile.
    func definition(_ id: ContainerID) throws -> ContainerDefinition {
        try perform("read container \(id.short)") { state, queue in
            if let known = state.known, known.id == id { return known.definition }
            let text = try queue.unsafeRead { database in
                try String.fetchOne(
                    database, sql: "SELECT definition FROM container WHERE id = ?", arguments: [id.rawValue])
            }
            guard let text else { throw EngineError(.notFound, "no such container: \(id.short)") }
            let definition = try RecordCoding.definition(text, of: id)
            state.known = (id, definition)
            return definition
        }
    }

    // MARK: - Writing

    /// Adds a container in one transaction, with the volumes that are made for it and its uses of others; `.conflict` when
    /// its name is taken.
    func insert(
        _ record: ContainerRecord, _ definition: ContainerDefinition, volumes: [VolumeRecord] = []
    ) throws {
        let text = try RecordCoding.text(definition)
        let used = record.volumeNames
        try perform("record container \(record.name)") { state, queue in
            state.snapshot = nil
            do {
                try queue.writeWithoutTransaction { database in
                    if !used.isEmpty { try database.beginTransaction(.immediate) }
                    do {
                        try database.execute(
                            sql: "INSERT INTO container (\(RecordCoding.columns), definition) VALUES "
                                + "(\(RecordCoding.placeholders), ?)",
                            arguments: try RecordCoding.arguments(record) + [text])
                        if used.isEmpty { return }
                        for volume in volumes { try Self.insert(volume, in: database) }
                        for name in used { try Self.use(name, by: record.id, in: database) }
                        try database.commit()
                    } catch {
                        if database.isInsideTransaction { try? database.rollback() }
                        throw error
                    }
                }
            } catch let error as DatabaseError where error.extendedResultCode == .SQLITE_CONSTRAINT_UNIQUE {
                throw try nameTaken(record.name, queue)
            }
            state.known = (record.id, definition)
        }
    }

    /// Forgets a container and these volumes of its own; answers whether there was one.
    @discardableResult
    func delete(_ id: ContainerID, volumes: [String] = []) throws -> Bool {
        try perform("forget container \(id.short)") { state, queue in
            state.snapshot = nil
            guard volumes.isEmpty else {
                return try queue.write { database in
                    try database.execute(sql: "DELETE FROM container WHERE id = ?", arguments: [id.rawValue])
                    let known = database.changesCount > 0
                    for name in volumes {
                        try database.execute(sql: "DELETE FROM volume WHERE name = ?", arguments: [name])
                    }
                    return known
                }
            }
            return try queue.writeWithoutTransaction { database in
                try database.execute(sql: "DELETE FROM container WHERE id = ?", arguments: [id.rawValue])
                return database.changesCount > 0
            }
        }
    }

    /// Gives a container another name; `.conflict` when it is taken.
    func rename(_ id: ContainerID, to name: String) throws {
        try perform("rename container \(id.short)") { state, queue in
            state.snapshot = nil
            do {
                try queue.writeWithoutTransaction { database in
                    try database.execute(
                        sql: "UPDATE container SET name = ? WHERE id = ?", arguments: [name, id.rawValue])
                }
            } catch let error as DatabaseError where error.extendedResultCode == .SQLITE_CONSTRAINT_UNIQUE {
                throw try nameTaken(name, queue)
            }
        }
    }

    /// Replaces a container's limits and restart policy.
    func update(_ id: ContainerID, limits: ResourceLimits, restartPolicy: RestartPolicy) throws {
        try perform("update container \(id.short)") { state, queue in
            state.snapshot = nil
            try queue.writeWithoutTransaction { database in
                try database.execute(
                    sql: "UPDATE container SET limits = ?, restart = ? WHERE id = ?",
                    arguments: [try RecordCoding.text(limits), restartPolicy.description, id.rawValue])
            }
        }
    }

    // MARK: - The connection

    func perform<Answer>(
        _ what: String, _ body: (inout State, DatabaseQueue) throws -> Answer
    ) throws -> Answer {
        do {
            return try withState { state in
                let queue = try state.queue ?? open()
                state.queue = queue
                return try body(&state, queue)
            }
        } catch let error as DatabaseError {
            throw EngineError(.system, "cannot \(what) in \(path)", cause: error)
        }
    }

    /// The mutex also keeps one engine's threads apart, which SQLite's queue does for the statements only.
    private func withState<Answer>(_ body: (inout State) throws -> Answer) throws -> Answer {
        let result: Result<Answer, any Error> = state.withLock { state in
            nonisolated(unsafe) var answer: Result<Answer, any Error>
            do { answer = .success(try body(&state)) } catch { answer = .failure(error) }
            return answer
        }
        return try result.get()
    }

    private func open() throws -> DatabaseQueue {
        var configuration = GRDB.Configuration()
        // The database remembers that it has a log (`RecordSchema`). Asked for at every opening, GRDB would also write
        // and sync a transaction only to fill the log, and look at the file through FileManager.
        configuration.journalMode = .default
        configuration.busyMode = .timeout(10)
        configuration.label = "spyhop.records"
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 100")
        }
        let queue: DatabaseQueue
        do {
            queue = try DatabaseQueue(path: path, configuration: configuration)
        } catch let error as DatabaseError where error.resultCode == .SQLITE_CANTOPEN {
            // The common case costs no look at the directory.
            try prepareDirectory()
            queue = try DatabaseQueue(path: path, configuration: configuration)
        }
        try RecordSchema.prepare(queue, path: path)
        return queue
    }

    private func nameTaken(_ name: String, _ queue: DatabaseQueue) throws -> EngineError {
        let holder = try queue.unsafeRead { database in
            try String.fetchOne(database, sql: "SELECT id FROM container WHERE name = ?", arguments: [name])
        }
        return EngineError(
            .conflict, "the name \(name) is taken by container \(holder?.prefix(12) ?? "that is gone again")",
            hint: "remove or rename it, or choose another name")
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
    }
}
