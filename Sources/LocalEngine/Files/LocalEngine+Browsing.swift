import Engine
import Glibc
import LinuxSystem

/// Looking through a container's files: see `FileBrowsing`.
extension LocalEngine {
    /// What is in a directory.
    public func listDirectory(
        _ path: ContainerPath, in reference: String, limit: Int
    ) async throws -> DirectoryContent {
        let (record, status) = try await settled(reference)
        return try await withRoot(record, status, writable: false) { root in
            try inFileWords("list \(path.text)", record) { () throws(SystemError) in
                let directory = try PlaceInContainer.directory(path, in: root)
                let names = try directory.rawNames().map(\.bytes).sorted { $0.lexicographicallyPrecedes($1) }
                var files: [BrowsedFile] = []
                for name in names.prefix(max(0, limit)) {
                    // What has gone since the list was read is not there.
                    guard let facts = try directory.status(ofEntry: name) else { continue }
                    files.append(BrowsedFile(name, facts, link: Self.link(name, facts, directory, path, root)))
                }
                return DirectoryContent(files: files, isCut: names.count > limit)
            }
        }
    }

    private static func link(
        _ name: [UInt8], _ facts: FileStatus, _ directory: borrowing OwnedDescriptor, _ path: ContainerPath,
        _ root: borrowing OwnedDescriptor
    ) -> BrowsedFile.Link? {
        guard facts.kind == .symbolicLink, let target = try? directory.linkTarget(ofEntry: name) else { return nil }
        var kind: BrowsedFile.Kind?
        if let place = path.appending(name), let end = (try? PlaceInContainer.handle(place, in: root)) ?? nil {
            kind = (try? end.status()).map { BrowsedFile.Kind($0.kind) }
        }
        return BrowsedFile.Link(target: target, kind: kind)
    }

    /// A stretch of a file.
    public func readFile(
        _ path: ContainerPath, in reference: String, from offset: Int64, count: Int
    ) async throws -> FileStretch {
        let (record, status) = try await settled(reference)
        return try await withRoot(record, status, writable: false) { root in
            try inFileWords("read \(path.text)", record) { () throws(SystemError) in
                let file = try PlaceInContainer.open(path, in: root)
                let version = FileVersion(try file.status())
                var bytes = [UInt8](repeating: 0, count: max(0, min(count, Self.longestStretch)))
                var done = 0
                while done < bytes.count {
                    let (from, end) = (done, bytes.count)
                    let got = try Self.read(file, into: &bytes, from, end, at: max(0, offset) + Int64(from))
                    if got == 0 { break }
                    done += got
                }
                bytes.removeLast(bytes.count - done)
                return FileStretch(bytes: bytes, offset: max(0, offset), version: version)
            }
        }
    }

    /// Nobody looks at more at once.
    private static let longestStretch = 8 << 20

    private static func read(
        _ file: borrowing OwnedDescriptor, into bytes: inout [UInt8], _ start: Int, _ end: Int, at offset: Int64
    ) throws(SystemError) -> Int {
        var result: Result<Int, SystemError> = .success(0)
        let fd = file.rawValue
        bytes.withUnsafeMutableBytes { buffer in
            let part = UnsafeMutableRawBufferPointer(rebasing: buffer[start..<end])
            let count = Glibc.pread(fd, part.baseAddress, part.count, off_t(offset))
            result = count < 0 ? .failure(SystemError.last("pread")) : .success(count)
        }
        return try result.get()
    }

    /// A whole file.
    public func readFile(
        _ path: ContainerPath, in reference: String, toDescriptor descriptor: Int32
    ) async throws -> FileVersion {
        let (record, status) = try await settled(reference)
        return try await watchingCancellation { isCancelled in
            try await self.withRoot(record, status, writable: false) { root in
                try inFileWords("read \(path.text)", record) { () throws(SystemError) in
                    let file = try PlaceInContainer.open(path, in: root)
                    let version = FileVersion(try file.status())
                    let target = try Self.own(descriptor)
                    _ = try target.writeAll(from: file, unless: isCancelled)
                    return version
                }
            }
        }
    }

    /// A second descriptor of the caller's, which stays his.
    static func own(_ descriptor: Int32) throws(SystemError) -> OwnedDescriptor {
        let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 3)
        guard copy >= 0 else { throw SystemError.last("dup") }
        return OwnedDescriptor(owning: copy)
    }
}

/// Turns what the kernel refused into the engine's error: what was tried, in which container.
func inFileWords<Value: ~Copyable>(
    _ what: @autoclosure () -> String, _ record: ContainerRecord, _ body: () throws(SystemError) -> Value
) throws(EngineError) -> Value {
    do throws(SystemError) { return try body() } catch {
        let action = "cannot \(printable(what())) in container \(record.name)"
        switch error.number {
        case ENOENT: throw EngineError(.notFound, "\(action): there is nothing of this name")
        case EEXIST: throw EngineError(.conflict, "\(action): there is something of this name already")
        case ENOTDIR: throw EngineError(.invalidArgument, "\(action): it is not a directory")
        case EISDIR: throw EngineError(.invalidArgument, "\(action): it is a directory")
        case EINVAL: throw EngineError(.invalidArgument, "\(action): it is not a file")
        case ECANCELED: throw EngineError(.cancelled, "\(action): it was cancelled")
        case EROFS: throw EngineError(.conflict, "\(action): it is read-only there")
        case EBUSY:
            throw EngineError(.conflict, "\(action): something is mounted there", hint: "it stays as it is")
        default: throw EngineError(.system, action, cause: error)
        }
    }
}
