import Engine
import Glibc
import LinuxSystem

/// A name in a directory of a container, found by the kernel with the container's root as the root of everything. Whatever
/// links the container lays meanwhile, what is done to the name is done in the directory that was found.
struct PlaceInContainer: ~Copyable {
    /// As many links as the kernel follows itself.
    private static let mostLinks = 40

    /// The open directory.
    let directory: OwnedDescriptor
    /// A name in it, perhaps of nothing yet; never a path.
    let name: [UInt8]

    /// The place of a path; a link at its end stays what it is.
    /// - Throws: `EINVAL` for a path that ends with no name, as the root and `..` do.
    static func find(
        _ path: ContainerPath, in root: borrowing OwnedDescriptor
    ) throws(SystemError) -> PlaceInContainer {
        guard let name = path.name, ContainerPath.isName(name) else { throw SystemError(EINVAL, "open", path.text) }
        return PlaceInContainer(directory: try Self.directory(path.parent, in: root), name: name)
    }

    /// The place that a path leads to over all links, also where nothing is.
    static func followed(
        _ path: ContainerPath, in root: borrowing OwnedDescriptor
    ) throws(SystemError) -> PlaceInContainer {
        var present = path
        for _ in 0..<mostLinks {
            let place = try find(present, in: root)
            guard try place.status()?.kind == .symbolicLink else { return place }
            let target = try place.directory.linkTarget(ofEntry: place.name)
            // Not shortened by hand: `..` behind a link is the link's parent, which only the kernel knows.
            let words = ContainerPath(target)
            present = target.first == 0x2F ? words : words.behind(present.parent)
        }
        throw SystemError(ELOOP, "open", path.text)
    }

    /// What has the name; `nil` when nothing has.
    borrowing func status() throws(SystemError) -> FileStatus? { try directory.status(ofEntry: name) }

    /// An open directory of the container, links followed.
    static func directory(
        _ path: ContainerPath, in root: borrowing OwnedDescriptor
    ) throws(SystemError) -> OwnedDescriptor {
        try root.open(at: characters(path), O_RDONLY | O_DIRECTORY, resolve: .inRoot)
    }

    /// A handle on what a path leads to, links followed; `nil` when nothing is there.
    static func handle(
        _ path: ContainerPath, in root: borrowing OwnedDescriptor
    ) throws(SystemError) -> OwnedDescriptor? {
        do throws(SystemError) {
            return try root.open(at: characters(path), OwnedDescriptor.pathOnly, resolve: .inRoot)
        } catch {
            if [ENOENT, ENOTDIR, ELOOP].contains(error.number) { return nil }
            throw error
        }
    }

    /// A regular file, links followed, open for reading: opening anything else may do things, or wait.
    static func open(
        _ path: ContainerPath, in root: borrowing OwnedDescriptor
    ) throws(SystemError) -> OwnedDescriptor {
        let handle = try root.open(at: characters(path), OwnedDescriptor.pathOnly, resolve: .inRoot)
        let status = try handle.status()
        guard status.kind == .regular else {
            throw SystemError(status.isDirectory ? EISDIR : EINVAL, "open", path.text)
        }
        return try OwnedDescriptor.open("/proc/self/fd/\(handle.rawValue)", O_RDONLY | O_NONBLOCK)
    }

    private static func characters(_ path: ContainerPath) -> [CChar] { path.bytes.map { CChar(bitPattern: $0) } + [0] }
}

extension FileVersion {
    init(_ status: FileStatus) {
        self.init(
            size: status.size, modifiedAt: Timestamp(nanoseconds: status.modifiedAt),
            changedAt: Timestamp(nanoseconds: status.changedAt))
    }
}

extension BrowsedFile {
    /// What a directory's name is; a link's end is looked at as the container sees it.
    init(_ name: [UInt8], _ status: FileStatus, link: Link?) {
        self.init(
            name: name, kind: Kind(status.kind), mode: status.mode, uid: status.uid, gid: status.gid,
            size: [.characterDevice, .blockDevice].contains(status.kind) ? 0 : status.size,
            modifiedAt: Timestamp(nanoseconds: status.modifiedAt), link: link)
    }
}

extension BrowsedFile.Kind {
    init(_ kind: FileStatus.Kind) {
        switch kind {
        case .regular: self = .regular
        case .directory: self = .directory
        case .symbolicLink: self = .symbolicLink
        case .characterDevice: self = .characterDevice
        case .blockDevice: self = .blockDevice
        case .fifo: self = .fifo
        case .socket: self = .socket
        case .unknown: self = .unknown
        }
    }
}
