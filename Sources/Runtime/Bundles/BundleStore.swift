import Engine
import Glibc
import LinuxSystem
import OCI

/// The directory in which the runtime keeps its containers: one directory each, with `state.json`, a copy of
/// `config.json`, the `lock` of whoever changes it, and `exec.fifo` as long as its process waits to be started.
public struct BundleStore: Sendable {
    /// The root directory.
    public let root: String

    /// Names a root directory; nothing is made.
    public init(root: String) { self.root = root }

    /// A container's directory.
    func directory(_ id: String) -> String { "\(root)/\(id)" }
    /// The fifo that its process waits at.
    func fifo(_ id: String) -> String { directory(id) + "/exec.fifo" }

    private func statePath(_ id: String) -> String { directory(id) + "/state.json" }
    private func configPath(_ id: String) -> String { directory(id) + "/config.json" }
    private func lockPath(_ id: String) -> String { directory(id) + "/lock" }

    /// Takes the name: of several who try at once one succeeds.
    /// - Throws: `.conflict` when there is such a container.
    func reserve(_ id: String) throws(EngineError) {
        do throws(SystemError) {
            try Files.makeDirectories(root, mode: 0o711)
            guard mkdir(directory(id), 0o711) == 0 else { throw SystemError.last("mkdir", directory(id)) }
        } catch {
            if error.number == EEXIST, Files.exists(directory(id)) {
                throw EngineError(.conflict, "container with given ID already exists: \(id)")
            }
            throw EngineError(.system, "cannot make the container's directory", cause: error)
        }
    }

    /// Writes the record.
    func save(_ record: BundleRecord) throws(EngineError) {
        let bytes = try SpecDocument.write(record)
        do throws(SystemError) { try Files.writeAtomically(bytes, to: statePath(record.id), mode: 0o600) } catch {
            throw EngineError(.system, "cannot write the container's state", cause: error)
        }
    }

    /// Keeps the configuration as it was at the creation, with the file of its lock.
    func keep(configuration bytes: [UInt8], of id: String) throws(EngineError) {
        do throws(SystemError) {
            try Files.writeAtomically(bytes, to: configPath(id), mode: 0o600)
            try Files.writeAtomically([], to: lockPath(id), mode: 0o600)
        } catch { throw EngineError(.system, "cannot keep the container's configuration", cause: error) }
    }

    /// Makes the fifo that the process waits at.
    func makeFifo(_ id: String) throws(EngineError) {
        let path = fifo(id)
        guard mkfifo(path, 0o600) == 0 else {
            throw EngineError(.system, "cannot make the container's fifo", cause: SystemError.last("mkfifo", path))
        }
    }

    /// A container's record.
    /// - Throws: `.notFound` when there is none, `.invalidArgument` when the name cannot be one, `.corrupted` when the
    ///   record cannot be read.
    func load(_ id: String) throws(EngineError) -> BundleRecord {
        try BundleID.check(id)
        let bytes: [UInt8]
        do throws(SystemError) { bytes = try Files.read(statePath(id), limit: 16 << 20) } catch {
            if error.number == ENOENT || error.number == ENOTDIR {
                throw EngineError(.notFound, "container \"\(id)\" does not exist")
            }
            throw EngineError(.system, "cannot read the state of container \"\(id)\"", cause: error)
        }
        do throws(EngineError) {
            return try SpecDocument.read(BundleRecord.self, from: bytes, name: statePath(id))
        } catch {
            throw EngineError(.corrupted, "the state of container \"\(id)\" is damaged", cause: error)
        }
    }

    /// The configuration that the container was created with.
    func configuration(_ id: String) throws(EngineError) -> Spec {
        let bytes: [UInt8]
        do throws(SystemError) { bytes = try Files.read(configPath(id), limit: 64 << 20) } catch {
            throw EngineError(.corrupted, "cannot read the configuration of container \"\(id)\"", cause: error)
        }
        return try Spec.read(bytes, name: configPath(id))
    }

    /// Every container that there is, by name; what is being made or removed just now may be missing.
    func all() throws(EngineError) -> [BundleRecord] {
        let names: [String]
        do throws(SystemError) { names = try Files.list(root).map(\.name).sorted() } catch {
            if error.number == ENOENT { return [] }
            throw EngineError(.system, "cannot list containers", cause: error)
        }
        return names.compactMap { try? load($0) }
    }

    /// Holds others off a container while it is changed.
    /// - Throws: `.notFound` when there is no such container.
    func lock(_ id: String) throws(EngineError) -> FileLock {
        try BundleID.check(id)
        do throws(SystemError) {
            while true {
                // Who removes the container removes the file: then another one's lock stands there, or none.
                let before = try Files.status(lockPath(id))?.inode
                guard let lock = try FileLock.ofExisting(lockPath(id)) else { break }
                if let before, try Files.status(lockPath(id))?.inode == before { return lock }
            }
        } catch {
            throw EngineError(.system, "cannot lock container \"\(id)\"", cause: error)
        }
        throw EngineError(.notFound, "container \"\(id)\" does not exist")
    }

    /// Removes a container's directory.
    func remove(_ id: String) throws(EngineError) {
        do throws(SystemError) {
            // The record goes first: half a directory is no container.
            try Files.remove(statePath(id))
            try Files.removeTree(directory(id))
        } catch {
            throw EngineError(.system, "cannot remove the directory of container \"\(id)\"", cause: error)
        }
    }

    /// There is a container of that name, with a record that can be read.
    /// - Throws: `.invalidArgument` when the name cannot be one.
    func exists(_ id: String) throws(EngineError) -> Bool {
        do throws(EngineError) { _ = try load(id) } catch {
            if error.code == .notFound || error.code == .corrupted { return false }
            throw error
        }
        return true
    }
}
