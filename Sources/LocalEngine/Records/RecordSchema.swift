import Engine
import GRDB
import Glibc
import LinuxSystem

/// The database's tables and how older ones are brought up to date.
///
/// The version is SQLite's own `user_version`, one integer in the file's header: reading it costs microseconds, a
/// table of migrations would cost a query on every start.
enum RecordSchema {
    static let version = 3

    /// What each version adds to the one before.
    private static let steps = [
        """
        CREATE TABLE container (
            id TEXT PRIMARY KEY NOT NULL,
            name TEXT UNIQUE NOT NULL,
            image TEXT NOT NULL,
            image_id TEXT NOT NULL,
            created INTEGER NOT NULL,
            command BLOB NOT NULL,
            labels BLOB NOT NULL,
            restart TEXT NOT NULL,
            auto_remove INTEGER NOT NULL,
            network TEXT NOT NULL,
            limits TEXT NOT NULL,
            mounts TEXT NOT NULL,
            definition TEXT NOT NULL
        ) WITHOUT ROWID
        """,
        """
        CREATE TABLE network (
            id TEXT PRIMARY KEY NOT NULL,
            name TEXT UNIQUE NOT NULL,
            created INTEGER NOT NULL,
            bridge TEXT NOT NULL,
            predefined INTEGER NOT NULL,
            driver TEXT NOT NULL,
            internal INTEGER NOT NULL,
            ipv4 INTEGER NOT NULL,
            ipv6 INTEGER NOT NULL,
            subnets TEXT NOT NULL,
            labels BLOB NOT NULL,
            options BLOB NOT NULL
        ) WITHOUT ROWID;
        ALTER TABLE container ADD COLUMN attachments TEXT NOT NULL DEFAULT '';
        ALTER TABLE container ADD COLUMN exposed TEXT NOT NULL DEFAULT ''
        """,
        """
        CREATE TABLE volume (
            name TEXT PRIMARY KEY NOT NULL,
            created INTEGER NOT NULL,
            driver TEXT NOT NULL,
            options BLOB NOT NULL,
            labels BLOB NOT NULL,
            anonymous INTEGER NOT NULL
        ) WITHOUT ROWID;
        CREATE TABLE volume_use (
            container TEXT NOT NULL REFERENCES container(id) ON DELETE CASCADE,
            volume TEXT NOT NULL REFERENCES volume(name),
            PRIMARY KEY (container, volume)
        ) WITHOUT ROWID;
        CREATE INDEX volume_users ON volume_use(volume)
        """,
    ]

    static func prepare(_ queue: DatabaseQueue, path: String) throws {
        let current = try queue.unsafeRead { try version($0) }
        if current == version { return }
        guard current < version else {
            throw EngineError(
                .unsupported, "\(path) was written by a newer spyhop (format \(current), this one knows \(version))",
                hint: "use the newer program, or another --root")
        }
        // SQLite waits for nobody when two processes make a log at once: the second is told "locked" immediately.
        let preparing = try FileLock.ofDirectory(Files.directory(of: path))
        defer { withExtendedLifetime(preparing) {} }
        // Kept in the file's header from then on; it cannot be changed within a transaction.
        try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = WAL") }
        // Definitions hold environments, and those hold secrets. SQLite gives its log and index the same rights when it
        // makes them anew.
        for file in [path, path + "-wal", path + "-shm"] { _ = chmod(file, 0o600) }
        try queue.write { database in
            // Read again beneath the write lock: another process may have done it meanwhile.
            for step in try version(database)..<version {
                try database.execute(sql: steps[step])
                try database.execute(sql: "PRAGMA user_version = \(step + 1)")
            }
        }
    }

    private static func version(_ database: Database) throws -> Int {
        try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    }
}
