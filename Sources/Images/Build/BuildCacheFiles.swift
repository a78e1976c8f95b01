import Engine
import Glibc
import LinuxSystem
import OCI

/// Where the build cache keeps what it knows, below `build-cache/` in the root.
///
/// A record is a small file that is replaced in one step. How often and when it was of use is told by a file beside it
/// that grows by a byte each time: nothing of it has to be locked, and nothing but the list depends on it.
struct BuildCacheFiles {
    let root: String

    init(_ store: ImageStore) { root = "\(store.root)/build-cache" }

    /// Steps, a record each.
    var steps: String { "\(root)/steps" }
    /// Directories of cache mounts, and a lock beside each.
    var mounts: String { "\(root)/mounts" }
    func step(_ key: Digest) -> String { "\(steps)/\(key.hex).json" }

    /// Notes beside a record that it was of use.
    static func noteUse(of record: String) {
        // A record that is not counted is used all the same.
        guard let file = try? OwnedDescriptor.open(record + uses, O_WRONLY | O_CREAT | O_APPEND, mode: 0o600)
        else { return }
        try? file.writeAll([0x2E])
    }

    /// How often a record was of use, and when it was last or was made, in nanoseconds since the epoch.
    static func uses(of record: String) -> (count: Int, last: Int64) {
        let made = (try? Files.status(record))??.modifiedAt ?? 0
        guard let facts = (try? Files.status(record + uses)) ?? nil else { return (0, made) }
        return (Int(facts.size), max(facts.modifiedAt, made))
    }

    static func remove(_ record: String) throws(SystemError) {
        try Files.remove(record)
        try Files.remove(record + uses)
    }

    private static let uses = ".uses"

    /// The records that there are, by path; none where nothing was ever kept.
    func list(_ directory: String, suffix: String) throws(EngineError) -> [String] {
        guard Files.exists(directory) else { return [] }
        return try inWords("cannot read the build cache in \(directory)") { () throws(SystemError) in
            try Files.list(directory).filter { $0.name.hasSuffix(suffix) }.map { "\(directory)/\($0.name)" }.sorted()
        }
    }
}

extension ImageStore {
    /// Where builds keep what files of their contexts hashed to; made by whoever writes into it.
    public var hashesDirectory: String { "\(BuildCacheFiles(self).root)/hashes" }
}
