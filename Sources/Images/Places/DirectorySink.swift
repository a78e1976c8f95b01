import CArchive
import Engine
import Glibc
import LinuxSystem
import Synchronization

/// Writes into a directory.
///
/// A new one is made beside its place and moved there whole. One that is added to is changed in place: its files come
/// by renames, and what lists them comes last.
final class DirectorySink: PlaceSink {
    /// What is done with a directory that is there.
    enum Existing: Sendable {
        /// It is added to.
        case extended
        /// Another one takes its place.
        case replaced
    }

    private enum Mode {
        case fresh
        case extending
        case replacing
    }

    private let path: String
    private let mode: Mode
    /// Where is written.
    private let directory: String
    /// Files that were not there before.
    private let added = Mutex<[String]>([])

    var width: Int { 3 }

    /// - Parameter mark: a file that tells that a directory is one of this kind; another one that is not empty is
    ///   refused.
    init(_ path: String, mark: String, existing: Existing) throws(EngineError) {
        self.path = path.utf8.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
        let isOurs = Files.exists("\(self.path)/\(mark)")
        if !isOurs, Files.exists(self.path), try !Self.isEmptyDirectory(self.path) {
            throw EngineError(
                .conflict, "cannot write to \(printable(self.path)): something else is there",
                hint: "name a directory that is empty, or that is not there yet")
        }
        mode = !isOurs ? .fresh : existing == .extended ? .extending : .replacing
        directory =
            mode == .extending ? self.path : "\(self.path).part-\(getpid())-\(UInt32.random(in: 0 ... .max))"
        if mode != .extending {
            let directory = directory
            try inWords("cannot write to \(printable(self.path))") { () throws(SystemError) in
                try Files.makeDirectories(directory)
            }
        }
    }

    private static func isEmptyDirectory(_ path: String) throws(EngineError) -> Bool {
        guard let facts = try? Files.status(path, followLink: true), facts.isDirectory else { return false }
        return try inWords("cannot read \(printable(path))") { () throws(SystemError) in try Files.list(path).isEmpty }
    }

    func has(_ name: String) -> Bool { Files.exists("\(directory)/\(name)") }

    func document(_ name: String, limit: Int64) throws(EngineError) -> [UInt8]? {
        do throws(SystemError) { return try Files.read("\(directory)/\(name)", limit: Int(clamping: limit)) } catch {
            if error.number == ENOENT { return nil }
            throw EngineError(.system, "cannot read \(printable(name)) in \(printable(path))", cause: error)
        }
    }

    func add(_ name: String, _ document: [UInt8]) throws(EngineError) {
        try prepare(name)
        try inWords("cannot write \(printable(name)) to \(printable(path))") { () throws(SystemError) in
            try Files.writeAtomically(document, to: "\(directory)/\(name)")
        }
    }

    func begin(_ name: String, size: Int64) throws(EngineError) -> any PlaceFile {
        try prepare(name)
        return try DirectoryFile("\(directory)/\(name)")
    }

    private func prepare(_ name: String) throws(EngineError) {
        if !has(name) { added.withLock { $0.append(name) } }
        guard name.contains("/") else { return }
        try inWords("cannot write to \(printable(path))") { () throws(SystemError) in
            try Files.makeDirectories(Files.directory(of: "\(directory)/\(name)"))
        }
    }

    func commit(_ finish: (any PlaceSink) throws(EngineError) -> Void) throws(EngineError) {
        let lock = try inWords("cannot lock \(printable(path))") { () throws(SystemError) in
            try FileLock.ofDirectory(directory)
        }
        defer { withExtendedLifetime(lock) {} }
        // What lists the files must not reach the disk before them.
        try inWords("cannot write to \(printable(path))") { () throws(SystemError) in
            let opened = try OwnedDescriptor.open(directory, O_RDONLY | O_DIRECTORY)
            guard syncfs(opened.rawValue) == 0 else { throw SystemError.last("syncfs", directory) }
        }
        try finish(self)
        try inWords("cannot write to \(printable(path))") { () throws(SystemError) in
            switch mode {
            case .extending: break
            case .fresh: try Files.rename(directory, to: path)
            case .replacing:
                try Files.exchange(directory, with: path)
                try Files.removeTree(directory)
            }
        }
        added.withLock { $0 = [] }
    }

    func abandon() {
        // What cannot be removed now is garbage beside the place, and nobody's image.
        guard mode == .extending else {
            try? Files.removeTree(directory)
            return
        }
        for name in added.withLock(\.self) { try? Files.remove("\(directory)/\(name)") }
    }
}

/// A file that gets its name when it is whole.
private final class DirectoryFile: PlaceFile {
    private let path: String
    private let part: String
    private let sink: OwnedDescriptor
    private var isFinished = false

    init(_ path: String) throws(EngineError) {
        self.path = path
        let part = "\(path).part-\(getpid())-\(UInt32.random(in: 0 ... .max))"
        self.part = part
        sink = try inWords("cannot write \(printable(path))") { () throws(SystemError) in
            try OwnedDescriptor.open(part, O_WRONLY | O_CREAT | O_EXCL, mode: 0o644)
        }
    }

    deinit { if !isFinished { try? Files.remove(part) } }

    func write(_ bytes: [UInt8]) throws(EngineError) {
        try inWords("cannot write \(printable(path))") { () throws(SystemError) in try sink.writeAll(bytes) }
    }

    func finish() throws(EngineError) {
        try inWords("cannot write \(printable(path))") { () throws(SystemError) in try Files.rename(part, to: path) }
        isFinished = true
    }
}
