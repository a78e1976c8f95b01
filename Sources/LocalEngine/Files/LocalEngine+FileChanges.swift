import Engine
import Glibc
import LinuxSystem

/// Changing a container's files one by one: see `FileBrowsing`.
extension LocalEngine {
    /// Puts other content into a file.
    public func replaceFile(
        _ path: ContainerPath, in reference: String, fromDescriptor descriptor: Int32, expecting version: FileVersion?
    ) async throws -> FileVersion {
        try await withWritableRoot(reference, for: path.text) { root, record in
            let replacement = FileReplacement(path: path, expected: version, source: descriptor)
            let outcome = try inFileWords("write \(path.text)", record) { () throws(SystemError) in
                try replacement.carryOut(in: root)
            }
            switch outcome {
            case .replaced(let version): return version
            case .changedMeanwhile:
                throw EngineError(
                    .conflict,
                    "\(printable(path.text)) in container \(record.name) was changed by somebody else meanwhile"
                )
            }
        }
    }

    /// Makes a file.
    public func createFile(
        _ path: ContainerPath, in reference: String, fromDescriptor descriptor: Int32, mode: UInt32
    ) async throws {
        try await watchingCancellation { isCancelled in
            try await self.withWritableRoot(reference, for: path.text) { root, record in
                try inFileWords("make \(path.text)", record) { () throws(SystemError) in
                    try Self.create(path, in: root, from: descriptor, mode: mode, unless: isCancelled)
                }
            }
        }
    }

    private static func create(
        _ path: ContainerPath, in root: borrowing OwnedDescriptor, from descriptor: Int32, mode: UInt32,
        unless isCancelled: () -> Bool
    ) throws(SystemError) {
        let place = try PlaceInContainer.find(path, in: root)
        if try place.status() != nil { throw SystemError(EEXIST, "open", path.text) }
        let owner = try place.directory.status()
        let temporary = FileReplacement.temporaryName()
        let file = try place.directory.createEntry(temporary, mode: 0o600)
        do throws(SystemError) {
            _ = try file.writeAll(from: try own(descriptor), unless: isCancelled)
            try file.setOwner(owner.uid, owner.gid, mode: mode_t(mode & 0o7777))
            try place.directory.renameEntry(temporary, to: place.name, in: place.directory)
        } catch {
            try? place.directory.removeEntry(temporary)
            throw error
        }
    }

    /// Makes a directory.
    public func makeDirectory(_ path: ContainerPath, in reference: String) async throws {
        try await withWritableRoot(reference, for: path.text) { root, record in
            try inFileWords("make the directory \(path.text)", record) { () throws(SystemError) in
                let place = try PlaceInContainer.find(path, in: root)
                let owner = try place.directory.status()
                let made = try place.directory.makeDirectory(entry: place.name, mode: 0o755)
                try made.setOwner(owner.uid, owner.gid, mode: 0o755)
            }
        }
    }

    /// Removes a file or a tree.
    public func removeFile(_ path: ContainerPath, in reference: String) async throws {
        try await withWritableRoot(reference, for: path.text) { root, record in
            try inFileWords("remove \(path.text)", record) { () throws(SystemError) in
                let place = try PlaceInContainer.find(path, in: root)
                guard let status = try place.status() else { throw SystemError(ENOENT, "unlink", path.text) }
                guard status.isDirectory else { return try place.directory.removeEntry(place.name) }
                let tree = try place.directory.openDirectory(entry: place.name)
                // What is mounted there belongs to somebody else: a volume, the host.
                try Self.checkMounts(below: tree, device: place.directory.status().device)
                try tree.removeContents()
                try place.directory.removeDirectory(entry: place.name)
            }
        }
    }

    /// Throws `EBUSY` when something is mounted on the directory or beneath it.
    private static func checkMounts(
        below directory: borrowing OwnedDescriptor, device: UInt64
    ) throws(SystemError) {
        guard try directory.status().device == device else { throw SystemError(EBUSY, "unlink") }
        for name in try directory.rawNames() where name.isDirectory != false {
            guard let status = try directory.status(ofEntry: name.bytes), status.isDirectory else { continue }
            try checkMounts(below: try directory.openDirectory(entry: name.bytes), device: device)
        }
    }

    /// Gives a file another name.
    public func renameFile(_ path: ContainerPath, to target: ContainerPath, in reference: String) async throws {
        try await withWritableRoot(reference, for: path.text) { root, record in
            let what = "rename \(path.text) to \(target.text)"
            try inFileWords(what, record) { () throws(SystemError) in
                let place = try PlaceInContainer.find(path, in: root)
                guard try place.status() != nil else { throw SystemError(ENOENT, "rename", path.text) }
                let goal = try PlaceInContainer.find(target, in: root)
                try place.directory.renameEntry(place.name, to: goal.name, in: goal.directory)
            }
        }
    }
}
