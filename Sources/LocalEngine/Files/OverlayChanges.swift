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
        case other
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
        _ = try finder.walk(top, layers, path: "")
        return finder.changes.sorted { $0.path < $1.path }
    }

    private init(stubs: Set<String>) { self.stubs = stubs }

    /// Notes what differs below one directory; answers whether anything does.
    private mutating func walk(
        _ directory: Directory, _ layers: [Directory], path: String
    ) throws(SystemError) -> Bool {
        let before = changes.count
        let entries = try directory.descriptor.entries()
        for entry in entries {
            let place = path + "/" + entry.name
            let own = try directory.descriptor.open(
                at: entry.name, OwnedDescriptor.pathOnly | O_NOFOLLOW)
            let status = try own.status()
            let below = try look(entry.name, in: layers)
            if status.kind == .characterDevice, status.deviceNumber == 0 {
                changes.append(FileChange(kind: .deleted, path: place))
            } else if status.isDirectory {
                try enter(entry.name, place, status, below, in: directory, layers)
            } else if case .nothing = below {
                if !isStub(place, status) { changes.append(FileChange(kind: .added, path: place)) }
            } else {
                changes.append(FileChange(kind: .changed, path: place))
            }
        }
        if isOpaque(directory) { try noteHidden(entries, layers, path: path) }
        return changes.count > before
    }

    private mutating func enter(
        _ name: String, _ place: String, _ status: FileStatus, _ below: Below, in parent: Directory,
        _ layers: [Directory]
    ) throws(SystemError) {
        let child = Directory(try parent.descriptor.open(at: name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW))
        let hasChanges = try walk(child, try descend(name, layers), path: place)
        switch below {
        case .nothing:
            if hasChanges || !isStub(place, status) { changes.append(FileChange(kind: .added, path: place)) }
        case .other:
            changes.append(FileChange(kind: .changed, path: place))
        case .directory(let old):
            let holdsStub = stubs.contains { $0.hasPrefix(place + "/") }
            let isTouched =
                old.mode != status.mode || old.uid != status.uid || old.gid != status.gid
                || (old.modifiedAt != status.modifiedAt && !holdsStub)
            if hasChanges || isTouched { changes.append(FileChange(kind: .changed, path: place)) }
        }
    }

    /// What an opaque directory hides is deleted, unless it is there anew.
    private mutating func noteHidden(
        _ entries: [DirectoryEntry], _ layers: [Directory], path: String
    ) throws(SystemError) {
        var seen = Set(entries.map(\.name))
        for layer in layers {
            for entry in try layer.descriptor.entries() where seen.insert(entry.name).inserted {
                if case .nothing = try look(entry.name, in: layers) { continue }
                changes.append(FileChange(kind: .deleted, path: path + "/" + entry.name))
            }
        }
    }

    private func look(_ name: String, in layers: [Directory]) throws(SystemError) -> Below {
        for layer in layers {
            guard let file = try? layer.descriptor.open(at: name, OwnedDescriptor.pathOnly | O_NOFOLLOW) else {
                continue
            }
            let status = try file.status()
            if status.kind == .characterDevice, status.deviceNumber == 0 { return .nothing }
            return status.isDirectory ? .directory(status) : .other
        }
        return .nothing
    }

    /// The directories of this name that show through, top first.
    private func descend(_ name: String, _ layers: [Directory]) throws(SystemError) -> [Directory] {
        var found: [Directory] = []
        for layer in layers {
            let child: Directory
            do throws(SystemError) {
                child = Directory(try layer.descriptor.open(at: name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW))
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

    private func isStub(_ place: String, _ status: FileStatus) -> Bool {
        guard stubs.contains(place) || stubs.contains(where: { $0.hasPrefix(place + "/") && status.isDirectory })
        else { return false }
        return status.isDirectory || status.size == 0
    }
}
