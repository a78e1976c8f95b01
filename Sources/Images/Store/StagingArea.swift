import Engine
import Glibc
import LinuxSystem

/// A directory of one operation's unfinished work; it vanishes with the operation.
struct StagingArea: ~Copyable {
    let directory: String
    private let counter = Counter()

    private final class Counter {
        var value = 0
    }

    init(_ store: ImageStore) throws(EngineError) {
        let path = "\(store.stagingDirectory)/\(getpid())-\(UInt64.random(in: 0 ... .max))"
        try inWords("cannot prepare \(path)") { () throws(SystemError) in
            try Files.makeDirectories(path, mode: 0o700)
        }
        directory = path
    }

    deinit { try? Files.removeTree(directory) }

    /// A path where nothing is.
    func newPath() -> String {
        counter.value += 1
        return "\(directory)/\(counter.value)"
    }
}
