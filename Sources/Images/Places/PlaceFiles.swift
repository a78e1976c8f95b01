import Engine
import Glibc
import LinuxSystem

/// The files of a place that images are read from: a directory, or a tar archive.
protocol PlaceFiles: Sendable {
    /// The place as a person knows it.
    var subject: String { get }
    /// A file's bytes are many; `nil` when there is no regular file of that name.
    func size(of name: String) throws(EngineError) -> Int64?
    /// A piece of a file.
    func read(_ name: String, at offset: Int64, upTo count: Int) throws(EngineError) -> [UInt8]
}

extension PlaceFiles {
    /// A whole document; `nil` when there is none.
    func document(_ name: String, limit: Int64) throws(EngineError) -> [UInt8]? {
        guard let size = try size(of: name) else { return nil }
        guard size <= limit else {
            throw EngineError(
                .invalidArgument, "\(subject) is refused: \(printable(name)) has more than \(limit) bytes")
        }
        var bytes: [UInt8] = []
        while Int64(bytes.count) < size {
            let piece = try read(name, at: Int64(bytes.count), upTo: Int(size) - bytes.count)
            guard !piece.isEmpty else { throw missing("the end of \(printable(name))") }
            bytes += piece
        }
        return bytes
    }

    /// Hands over a file's bytes in pieces.
    func pass(
        _ name: String, from offset: Int64, into sink: @escaping @Sendable ([UInt8]) async throws -> Void
    ) async throws {
        guard let size = try size(of: name) else { throw missing(printable(name)) }
        var position = offset
        while position < size {
            try Task.checkCancellation()
            let piece = try read(name, at: position, upTo: 1 << 20)
            guard !piece.isEmpty else { throw missing("the end of \(printable(name))") }
            try await sink(piece)
            position += Int64(piece.count)
        }
    }

    func missing(_ what: String) -> EngineError {
        EngineError(.corrupted, "\(subject) is damaged: \(what) is missing")
    }
}

/// A directory's files.
struct DirectoryFiles: PlaceFiles {
    let subject: String
    private let directory: HeldDirectory

    init(_ path: String) throws(EngineError) {
        subject = printable(path)
        let opened: OwnedDescriptor
        do throws(SystemError) { opened = try .open(path, O_RDONLY | O_DIRECTORY) } catch {
            let isMissing = error.number == ENOENT || error.number == ENOTDIR
            throw EngineError(isMissing ? .notFound : .system, "cannot read \(printable(path))", cause: error)
        }
        directory = HeldDirectory(opened)
    }

    func size(of name: String) throws(EngineError) -> Int64? {
        do throws(SystemError) {
            let facts = try open(name).status()
            return facts.kind == .regular ? facts.size : nil
        } catch {
            if error.number == ENOENT || error.number == ENOTDIR { return nil }
            throw EngineError(.system, "cannot read \(printable(name)) in \(subject)", cause: error)
        }
    }

    func read(_ name: String, at offset: Int64, upTo count: Int) throws(EngineError) -> [UInt8] {
        try inWords("cannot read \(printable(name)) in \(subject)") { () throws(SystemError) in
            try open(name).readPiece(at: offset, upTo: count)
        }
    }

    /// Names come from documents, which come from anywhere.
    private func open(_ name: String) throws(SystemError) -> OwnedDescriptor {
        try directory.descriptor.open(at: name, O_RDONLY | O_NONBLOCK, resolve: [.beneath, .noMagicLinks])
    }

    private final class HeldDirectory: Sendable {
        let descriptor: OwnedDescriptor

        init(_ descriptor: consuming OwnedDescriptor) { self.descriptor = descriptor }
    }
}

extension OwnedDescriptor {
    /// Up to `count` bytes from `offset` on; empty at the end.
    borrowing func readPiece(at offset: Int64, upTo count: Int) throws(SystemError) -> [UInt8] {
        var failure: SystemError?
        let fd = rawValue
        let bytes = [UInt8](unsafeUninitializedCapacity: max(count, 0)) { buffer, filled in
            while true {
                let got = Glibc.pread(fd, buffer.baseAddress, buffer.count, off_t(offset))
                if got < 0, errno == EINTR { continue }
                if got < 0 { failure = SystemError.last("pread") }
                filled = max(got, 0)
                return
            }
        }
        if let failure { throw failure }
        return bytes
    }
}
