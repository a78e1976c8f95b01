import Engine
import Glibc
import LinuxSystem

/// Finds what a container changed, from its overlay's writable directory (`docker diff`).
///
/// Directories are walked by descriptors without following links, so that names a container chose lead nowhere else.
struct OverlayChanges {
    /// An open directory that several lists may hold.
    private final class Directory {
        let descriptor: OwnedDescriptor
        init(_ descriptor: consuming OwnedDescriptor) { self.descriptor = descriptor }
    }

    /// What a name is in the layers below.
    private enum Below {
        case nothing
        case directory(FileStatus)
        case other(FileStatus)
    }

    /// Places that starting a container makes for its mounts: no work of the container's.
    private let stubs: Set<String>
    private var changes: [FileChange] = []

    /// - Parameters:
    ///   - upper: the writable directory.
    ///   - lower: the layers' directories, top first.
    ///   - mountTargets: where something is mounted in the container.
    static func find(
        upper: String, lower: [String], mountTargets: [String]
    ) throws(SystemError) -> [FileChange] {
        var finder = OverlayChanges(stubs: Set(mountTargets))
        let top = Directory(try .open(upper, O_RDONLY | O_DIRECTORY))
        var layers: [Directory] = []
        for path in lower { layers.append(Directory(try .open(path, O_RDONLY | O_DIRECTORY))) }
        _ = try finder.walk(top, layers, path: .root)
        return finder.changes.map { ($0, $0.location.bytes) }
            .sorted { $0.1.lexicographicallyPrecedes($1.1) }.map(\.0)
    }

    private init(stubs: Set<String>) { self.stubs = stubs }

    /// Notes what differs below one directory; answers whether anything does.
    private mutating func walk(
        _ directory: Directory, _ layers: [Directory], path: ContainerPath
    ) throws(SystemError) -> Bool {
        let before = changes.count
        let names = try directory.descriptor.rawNames()
        for name in names {
            guard let place = path.appending(name.bytes) else { continue }
            let own: OwnedDescriptor
            do throws(SystemError) { own = try Self.open(name, in: directory) } catch {
                // A running container has taken it away meanwhile.
                if error.number == ENOENT { continue }
                throw error
            }
            let status = try own.status()
            let below = try look(name, in: layers)
            if status.kind == .characterDevice, status.deviceNumber == 0 {
                note(.deleted, place, below)
            } else if status.isDirectory {
                try enter(name, place, status, below, in: directory, layers)
            } else if case .nothing = below {
                if !isStub(place, status) { note(.added, place, status) }
            } else {
                note(.changed, place, status)
            }
        }
        if isOpaque(directory) { try noteHidden(names, layers, path: path) }
        return changes.count > before
    }

    private mutating func note(_ kind: FileChange.Kind, _ place: ContainerPath, _ status: FileStatus) {
        changes.append(
            FileChange(
                kind: kind, location: place, size: status.isDirectory ? nil : status.size,
                isDirectory: status.isDirectory))
    }

    /// What is gone is told as what it was.
    private mutating func note(_ kind: FileChange.Kind, _ place: ContainerPath, _ below: Below) {
        switch below {
        case .nothing: changes.append(FileChange(kind: kind, location: place))
        case .directory(let status), .other(let status): note(kind, place, status)
        }
    }

    private mutating func enter(
        _ name: RawName, _ place: ContainerPath, _ status: FileStatus, _ below: Below, in parent: Directory,
        _ layers: [Directory]
    ) throws(SystemError) {
        let child = Directory(try Self.open(name, in: parent, O_RDONLY | O_DIRECTORY))
        let hasChanges = try walk(child, try descend(name, layers), path: place)
        switch below {
        case .nothing:
            if hasChanges || !isStub(place, status) { note(.added, place, status) }
        case .other: note(.changed, place, status)
        case .directory(let old):
            let beneath = place.text + "/"
            let holdsStub = stubs.contains { $0.hasPrefix(beneath) }
            let isTouched =
                old.mode != status.mode || old.uid != status.uid || old.gid != status.gid
                || (old.modifiedAt != status.modifiedAt && !holdsStub)
            if hasChanges || isTouched { note(.changed, place, status) }
        }
    }

    /// What an opaque directory hides is deleted, unless it is there anew.
    private mutating func noteHidden(
        _ names: [RawName], _ layers: [Directory], path: ContainerPath
    ) throws(SystemError) {
        var seen = Set(names.map(\.bytes))
        for layer in layers {
            for name in try layer.descriptor.rawNames() where seen.insert(name.bytes).inserted {
                let below = try look(name, in: layers)
                if case .nothing = below { continue }
                if let place = path.appending(name.bytes) { note(.deleted, place, below) }
            }
        }
    }

    /// No link is followed; a name is no path.
    private static func open(
        _ name: RawName, in directory: Directory, _ flags: Int32 = OwnedDescriptor.pathOnly
    ) throws(SystemError) -> OwnedDescriptor {
        try directory.descriptor.open(at: name.characters, flags | O_NOFOLLOW, resolve: .beneath)
    }

    private func look(_ name: RawName, in layers: [Directory]) throws(SystemError) -> Below {
        for layer in layers {
            guard let file = try? Self.open(name, in: layer) else { continue }
            let status = try file.status()
            if status.kind == .characterDevice, status.deviceNumber == 0 { return .nothing }
            return status.isDirectory ? .directory(status) : .other(status)
        }
        return .nothing
    }

    /// The directories of this name that show through, top first.
    private func descend(_ name: RawName, _ layers: [Directory]) throws(SystemError) -> [Directory] {
        var found: [Directory] = []
        for layer in layers {
            let child: Directory
            do throws(SystemError) {
                child = Directory(try Self.open(name, in: layer, O_RDONLY | O_DIRECTORY))
            } catch {
                if error.number == ENOENT { continue }
                // A file or a whiteout hides all below it.
                if error.number == ENOTDIR || error.number == ELOOP { break }
                throw error
            }
            found.append(child)
            if isOpaque(child) { break }
        }
        return found
    }

    private func isOpaque(_ directory: Directory) -> Bool {
        ["trusted.overlay.opaque", "user.overlay.opaque", "user.fuseoverlayfs.opaque"].contains {
            directory.descriptor.attribute($0) == [0x79]
        }
    }

    private func isStub(_ location: ContainerPath, _ status: FileStatus) -> Bool {
        let place = location.text
        guard stubs.contains(place) || stubs.contains(where: { $0.hasPrefix(place + "/") && status.isDirectory })
        else { return false }
        return status.isDirectory || status.size == 0
    }
}
