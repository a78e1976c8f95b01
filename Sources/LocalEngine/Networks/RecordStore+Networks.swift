import Engine
import GRDB

/// Networks in the database, and which of them containers are on.
extension RecordStore {
    /// All networks that have a row, by name.
    func networks() throws -> [NetworkRecord] {
        try perform("list networks") { _, queue in
            try queue.unsafeRead { database in
                try Row.fetchAll(database, sql: "SELECT \(NetworkCoding.columns) FROM network ORDER BY name")
                    .map(NetworkCoding.record)
            }
        }
    }

    /// The network of this name; `nil` when there is none. One read of an index, which is what a start costs.
    func network(named name: String) throws -> NetworkRecord? {
        try perform("look for network \(name)") { _, queue in
            try queue.unsafeRead { database in
                let statement = try database.cachedStatement(
                    sql: "SELECT \(NetworkCoding.columns) FROM network WHERE name = ?")
                return try Row.fetchOne(statement, arguments: [name]).map(NetworkCoding.record)
            }
        }
    }

    /// Adds a network in one transaction; `.conflict` when its name is taken.
    func insert(_ network: NetworkRecord) throws {
        try perform("record network \(network.name)") { _, queue in
            do {
                try queue.writeWithoutTransaction { database in
                    try database.execute(
                        sql: "INSERT INTO network (\(NetworkCoding.columns)) VALUES (\(NetworkCoding.placeholders))",
                        arguments: NetworkCoding.arguments(network))
                }
            } catch let error as DatabaseError where error.extendedResultCode == .SQLITE_CONSTRAINT_UNIQUE {
                throw EngineError(
                    .conflict, "network with name \(network.name) already exists", hint: "choose another name")
            }
        }
    }

    /// Forgets a network; answers whether there was one.
    @discardableResult
    func delete(_ id: NetworkID) throws -> Bool {
        try perform("forget network \(id.short)") { _, queue in
            try queue.writeWithoutTransaction { database in
                try database.execute(sql: "DELETE FROM network WHERE id = ?", arguments: [id.rawValue])
                return database.changesCount > 0
            }
        }
    }

    /// Changes which networks a container is on at its next start. `change` sees what the row says, beneath the write
    /// lock, so that two commands at once lose nothing.
    func changeAttachments(
        _ id: ContainerID, _ change: (inout [NetworkAttachment]) throws -> Void
    ) throws {
        try perform("change the networks of container \(id.short)") { state, queue in
            state.snapshot = nil
            try queue.write { database in
                guard
                    let row = try Row.fetchOne(
                        database, sql: "SELECT attachments, network FROM container WHERE id = ?",
                        arguments: [id.rawValue])
                else { throw EngineError(.notFound, "no such container: \(id.short)") }
                let mode = NetworkMode(rawValue: row[1])
                var attachments = try AttachmentText.read(row[0], mode, of: id.rawValue)
                try change(&attachments)
                try database.execute(
                    sql: "UPDATE container SET attachments = ? WHERE id = ?",
                    arguments: [AttachmentText.write(attachments, mode), id.rawValue])
            }
        }
    }
}
