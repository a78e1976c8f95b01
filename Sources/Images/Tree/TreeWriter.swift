import CArchive
import Engine
import Glibc
import LinuxSystem

/// Applies archive entries to a directory, none of which can reach outside it.
///
/// Every parent is resolved by openat2(2) with the directory as root, and the last name is never followed: a symbolic
/// link made by one entry cannot lead a later one out.
final class TreeWriter {
    /// What the entries mean.
    enum Purpose {
        /// An image layer: `.wh.` names are whiteouts, later entries replace earlier ones.
        case layer
        /// A layer on top of others in one directory, which becomes a layer that does what all of them do: whiteouts
        /// remove, and stay for what lies below.
        case stack
        /// Files copied into a container: names mean themselves, directories and files do not replace each other.
        case copy
        /// An archive that a build adds: names mean themselves, later entries replace earlier ones and what was there.
        case unpack
    }

    let root: Int32
    let purpose: Purpose
    let keepOwners: Bool
    var isLayer: Bool { purpose == .layer || purpose == .stack }
    /// Whom everything belongs to; `nil`: whoever the archive says.
    private let owner: (uid: uid_t, gid: gid_t)?
    let limits: ArchiveLimits
    private let rootHandle: SharedDescriptor?
    /// Directories that entries went into lately. Nothing but replacing one makes its path lead elsewhere.
    private var parents: [[UInt8]: SharedDescriptor] = [:]
    private static let parentLimit = 64
    private var count = 0
    /// Bytes of file content written so far.
    var writtenBytes: Int64 = 0
    /// Directories whose times are set last, because writing into them changes the times.
    private var directoryTimes: [(path: EntryPath, time: timespec)] = []

    init(
        root: Int32, purpose: Purpose, keepOwners: Bool, limits: ArchiveLimits, owner: (uid: uid_t, gid: gid_t)? = nil
    ) {
        self.owner = owner
        self.root = root
        self.purpose = purpose
        self.keepOwners = keepOwners
        self.limits = limits
        let copy = fcntl(root, F_DUPFD_CLOEXEC, 3)
        rootHandle = copy >= 0 ? SharedDescriptor(owning: copy) : nil
    }

    /// Applies all entries, then the directories' times.
    func apply(_ reader: TarReader) throws(EngineError) {
        while let entry = try reader.next() { try apply(entry, from: reader) }
        for (path, time) in directoryTimes.reversed() { setTime(of: path, time) }
    }

    private func apply(_ entry: OpaquePointer, from reader: TarReader) throws(EngineError) {
        count += 1
        guard count <= limits.layerEntries else {
            throw EngineError(
                .invalidArgument, "the archive is refused: it holds more than \(limits.layerEntries) entries")
        }
        guard let name = archive_entry_pathname(entry) else {
            throw EngineError(.corrupted, "the archive is refused: an entry has no name")
        }
        let path = try EntryPath(UnsafeBufferPointer(start: name, count: strlen(name)).map { UInt8(bitPattern: $0) })
        var metadata = EntryMetadata(entry)
        if let owner { (metadata.uid, metadata.gid) = owner }
        guard !path.isRoot else { return try applyRoot(metadata) }
        let place = Place(directory: try parent(of: path), name: path.name, path: path)
        if isLayer, try applyWhiteout(at: place) { return }
        if let target = archive_entry_hardlink(entry) {
            return try link(at: place, to: EntryPath(bytes(target)))
        }
        switch metadata.kind {
        case S_IFREG: try writeFile(at: place, metadata, size: archive_entry_size(entry), from: reader)
        case S_IFDIR: try makeDirectory(at: place, metadata)
        case S_IFLNK: try makeLink(at: place, metadata, target: archive_entry_symlink(entry).map(bytes) ?? [])
        case S_IFCHR, S_IFBLK, S_IFIFO: try makeNode(at: place, metadata)
        case S_IFSOCK: return
        default: throw place.refused("its type is unknown")
        }
    }

    private func applyRoot(_ metadata: EntryMetadata) throws(EngineError) {
        guard metadata.kind == S_IFDIR else {
            throw EngineError(.invalidArgument, "the archive is refused: its root is not a directory")
        }
        guard isLayer else { return }
        try metadata.apply(to: root, path: "/", keepOwners: keepOwners)
        remember(EntryPath.root, metadata)
    }

    func remember(_ path: EntryPath, _ metadata: EntryMetadata) { directoryTimes.append((path, metadata.modifiedAt)) }

    // MARK: - Parents

    /// Something beneath a resolved directory.
    struct Place {
        let directory: SharedDescriptor
        let name: [UInt8]
        let path: EntryPath

        /// The name for a system call.
        var cName: [CChar] { name.map { CChar(bitPattern: $0) } + [0] }

        func failed(_ call: String) -> EngineError {
            let reason = SystemError.last(call)
            return EngineError(.system, "cannot unpack \"\(path.text)\"", cause: reason)
        }

        func refused(_ reason: String) -> EngineError {
            EngineError(.invalidArgument, "the archive is refused: \"\(path.text)\": \(reason)")
        }
    }

    /// The directory of `path`, made when missing.
    func parent(of path: EntryPath) throws(EngineError) -> SharedDescriptor {
        let wanted = path.parent
        if wanted.isEmpty, let rootHandle { return rootHandle }
        if let known = parents[wanted] { return known }
        let directory = try makeDirectories(Array(path.components.dropLast()), of: path)
        // Archives go from directory to directory: what was used long ago is hardly used again.
        if parents.count >= Self.parentLimit { parents.removeAll(keepingCapacity: true) }
        parents[wanted] = directory
        return directory
    }

    /// What was resolved before may have been replaced.
    func forgetParents() { parents.removeAll(keepingCapacity: true) }

    /// Opens a directory by its names, with the tree as root, making what is missing.
    private func makeDirectories(_ components: [[UInt8]], of path: EntryPath) throws(EngineError) -> SharedDescriptor {
        if let found = try open(components, of: path) { return found }
        var directory = try open([], of: path)
        for depth in components.indices {
            let prefix = Array(components[...depth])
            if let found = try open(prefix, of: path) {
                directory = found
                continue
            }
            guard let above = directory else { break }
            let place = Place(directory: above, name: components[depth], path: path)
            guard mkdirat(above.rawValue, place.cName, 0o755) == 0 else { throw place.failed("mkdir") }
            directory = try open(prefix, of: path)
        }
        guard let directory else {
            throw EngineError(.conflict, "cannot unpack \"\(path.text)\": its directory vanished")
        }
        return directory
    }

    /// A directory by its names; `nil` when it is not there.
    func open(_ components: [[UInt8]], of path: EntryPath) throws(EngineError) -> SharedDescriptor? {
        let bytes = Array(components.joined(separator: [0x2F]))
        let text = bytes.isEmpty ? "." : String(decoding: bytes, as: UTF8.self)
        guard bytes.isEmpty || Array(text.utf8) == bytes else { return try walk(bytes, of: path) }
        let rootCopy = fcntl(root, F_DUPFD_CLOEXEC, 3)
        guard rootCopy >= 0 else { throw EngineError(.system, "cannot unpack", cause: SystemError.last("dup")) }
        let directory = OwnedDescriptor(owning: rootCopy)
        do throws(SystemError) {
            let found = try directory.open(
                at: text, O_RDONLY | O_DIRECTORY, resolve: [.inRoot, .noMagicLinks])
            return SharedDescriptor(owning: found.take())
        } catch {
            if error.number == ENOENT { return nil }
            throw EngineError(.system, "cannot unpack \"\(path.text)\"", cause: SystemError(error.number, error.call))
        }
    }

    /// Names that are not UTF-8 go step by step, through real directories only.
    private func walk(_ bytes: [UInt8], of path: EntryPath) throws(EngineError) -> SharedDescriptor? {
        guard var directory = try open([], of: path) else { return nil }
        for part in bytes.split(separator: 0x2F) {
            let place = Place(directory: directory, name: Array(part), path: path)
            let next = openat(
                directory.rawValue, place.cName, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
            guard next >= 0 else {
                if errno == ENOENT { return nil }
                throw place.failed("openat")
            }
            directory = SharedDescriptor(owning: next)
        }
        return directory
    }

    private func setTime(of path: EntryPath, _ time: timespec) {
        let directory: SharedDescriptor?
        if path.isRoot {
            directory = rootHandle
        } else {
            directory = (try? parent(of: path)).flatMap { above in
                let place = Place(directory: above, name: path.name, path: path)
                let fd = openat(above.rawValue, place.cName, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
                return fd >= 0 ? SharedDescriptor(owning: fd) : nil
            }
        }
        // A directory that a later entry replaced has no time to set.
        guard let directory else { return }
        let times = [time, time]
        _ = futimens(directory.rawValue, times)
    }
}

/// A C string as bytes.
func bytes(_ text: UnsafePointer<CChar>) -> [UInt8] {
    UnsafeBufferPointer(start: text, count: strlen(text)).map { UInt8(bitPattern: $0) }
}

extension EntryPath {
    /// The tree's own directory.
    static var root: EntryPath { EntryPath(components: []) }

    private init(components: [[UInt8]]) { self.components = components }
}
