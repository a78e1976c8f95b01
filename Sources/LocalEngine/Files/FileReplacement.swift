import Engine
import Glibc
import LinuxSystem

/// Puts other content into a file of a container in one step: who reads it meanwhile sees the old content or the new one.
struct FileReplacement: Sendable {
    enum Outcome: Sendable {
        case replaced(FileVersion)
        case changedMeanwhile
    }

    let path: ContainerPath
    /// The state that the file must still be in.
    let expected: FileVersion?
    /// Where the new content comes from; the caller's.
    let source: Int32

    /// A name that nobody has, and that is seen for what it is should a crash leave it behind.
    static func temporaryName() -> [UInt8] {
        Array(".spyhop-\(String(UInt64.random(in: 0 ... .max), radix: 36)).tmp".utf8)
    }

    func carryOut(in root: borrowing OwnedDescriptor) throws(SystemError) -> Outcome {
        let place = try PlaceInContainer.followed(path, in: root)
        guard let present = try place.status() else { throw SystemError(ENOENT, "open", path.text) }
        guard present.kind == .regular else {
            throw SystemError(present.isDirectory ? EISDIR : EINVAL, "open", path.text)
        }
        if let expected, FileVersion(present) != expected { return .changedMeanwhile }
        let temporary = Self.temporaryName()
        let new = try place.directory.createEntry(temporary, mode: 0o600)
        var isThere = true
        defer { if isThere { try? place.directory.removeEntry(temporary) } }
        let size = try new.writeAll(from: try LocalEngine.own(source))
        // A handle alone: it need not be readable, and its inode is the one that was looked at.
        let old = try place.directory.open(
            at: place.name.map { CChar(bitPattern: $0) } + [0], OwnedDescriptor.pathOnly | O_NOFOLLOW,
            resolve: .beneath)
        try TreeCopy.copyMetadata(of: old, to: new)
        try new.setModified(Clock.realtime())
        do throws(SystemError) { try place.directory.exchangeEntries(temporary, place.name) } catch {
            // A file that is mounted there alone, as /etc/hosts is, has no name to exchange.
            guard error.number == EBUSY || error.number == EXDEV else { throw error }
            return try writeInPlace(place, old, size: size)
        }
        // What was there at the very moment: nobody's work may be lost between the look and the exchange.
        if expected != nil, let replaced = try place.directory.status(ofEntry: temporary),
            replaced.size != present.size || replaced.modifiedAt != present.modifiedAt
        {
            try place.directory.exchangeEntries(temporary, place.name)
            return .changedMeanwhile
        }
        try place.directory.removeEntry(temporary)
        isThere = false
        return .replaced(FileVersion(try new.status()))
    }

    private func writeInPlace(
        _ place: borrowing PlaceInContainer, _ handle: borrowing OwnedDescriptor, size: Int64
    ) throws(SystemError) -> Outcome {
        let file = try OwnedDescriptor.open("/proc/self/fd/\(handle.rawValue)", O_WRONLY)
        let again = try LocalEngine.own(source)
        guard lseek(again.rawValue, 0, SEEK_SET) == 0 else { throw SystemError.last("lseek") }
        _ = try file.writeAll(from: again)
        try file.truncate(to: size)
        return .replaced(FileVersion(try file.status()))
    }
}
