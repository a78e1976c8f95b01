import Engine
import Glibc
import LinuxSystem
import Synchronization

/// A directory of one operation's unfinished work; it vanishes with the operation.
struct StagingArea: ~Copyable, Sendable {
    let directory: String
    private let counter = Atomic(0)

    init(_ store: ImageStore) throws(EngineError) {
        let path = "\(store.stagingDirectory)/\(getpid())-\(UInt64.random(in: 0 ... .max))"
        try inWords("cannot prepare \(path)") { () throws(SystemError) in
            try Files.makeDirectories(path, mode: 0o700)
        }
        directory = path
    }

    deinit { try? Files.removeTree(directory) }

    /// A path where nothing is.
    func newPath() -> String { "\(directory)/\(counter.add(1, ordering: .relaxed).newValue)" }
}
