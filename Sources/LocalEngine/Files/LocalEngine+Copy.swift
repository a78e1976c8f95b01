import Engine
import Glibc
import Images
import LinuxSystem
import Runtime

extension LocalEngine {
    /// What stands at a path in the container. See `FileCopying`.
    public func stat(_ path: String, in reference: String, followLink: Bool) async throws -> FileFacts? {
        let (record, status) = try await settled(reference)
        return try await withRoot(record, status, writable: false) { root in
            try inWords("look at \(path) in container \(record.name)") { () throws(SystemError) in
                guard let handle = try PathInContainer(path).handle(in: root, followLink: followLink) else {
                    return nil
                }
                let status = try handle.status()
                return FileFacts(
                    isDirectory: status.isDirectory, isSymbolicLink: status.kind == .symbolicLink,
                    linkTarget: try PathInContainer.target(of: handle), size: status.size, mode: status.mode)
            }
        }
    }

    /// Writes a path and what is below it as a tar archive. See `FileCopying`.
    public func copyOut(
        _ path: String, from reference: String, followLink: Bool, toDescriptor descriptor: Int32
    ) async throws {
        let (record, status) = try await settled(reference)
        try await withRoot(record, status, writable: false) { root in
            let wanted = PathInContainer(path)
            let found = try inWords("look at \(path) in container \(record.name)") { () throws(SystemError) in
                let place = followLink ? try wanted.followed(in: root) : wanted
                return try place.handle(in: root, followLink: false) == nil ? nil : place
            }
            guard let found else { throw Self.nothingThere(path, record) }
            try TreeArchiver().archive(
                found.path, beneath: root.rawValue, as: wanted.name, toDescriptor: descriptor)
        }
    }

    /// Unpacks a tar archive into a directory of the container. See `FileCopying`.
    public func copyIn(
        fromDescriptor descriptor: Int32, to path: String, in reference: String, keepOwners: Bool
    ) async throws {
        try await withWritableRoot(reference, for: path) { root, record in
            let target: OwnedDescriptor
            do throws(SystemError) {
                target = try root.open(at: PathInContainer(path).path, O_RDONLY | O_DIRECTORY, resolve: .inRoot)
            } catch {
                if error.number == ENOENT { throw Self.nothingThere(path, record) }
                if error.number == ENOTDIR {
                    throw EngineError(.invalidArgument, "\(path) in container \(record.name) is not a directory")
                }
                throw EngineError(.system, "cannot open \(path) in container \(record.name)", cause: error)
            }
            try TreeExtractor(keepOwners: keepOwners).extract(fromDescriptor: descriptor, into: target.rawValue)
        }
    }

    static func nothingThere(_ path: String, _ record: ContainerRecord) -> EngineError {
        EngineError(.notFound, "no such file or directory in container \(record.name): \(path)")
    }

    /// Changes something at `path` of the container's file system.
    func withWritableRoot<Value: Sendable>(
        _ reference: String, for path: String,
        _ work: @escaping @Sendable (borrowing OwnedDescriptor, ContainerRecord) throws -> Value
    ) async throws -> Value {
        let (record, status) = try await settled(reference)
        if try records.definition(record.id).spec.readOnlyRoot, status?.hasMonitor != true,
            path.split(separator: "/").contains("..")
                || !record.mounts.contains(where: { !$0.readOnly && (path + "/").hasPrefix($0.target + "/") })
        {
            throw EngineError(.conflict, "the root of container \(record.name) is read-only")
        }
        guard let lock = try await LifecycleLock.wait(paths(record.id).directory) else {
            throw EngineError(.notFound, "container \(record.name) was removed meanwhile")
        }
        defer { withExtendedLifetime(lock) {} }
        // Asked again beneath the lock, and held to the end for a stopped one: two overlays must not write to one
        // directory, so it cannot be started meanwhile.
        return try await withRoot(record, self.status(record.id), writable: true) { try work($0, record) }
    }

    /// Works on the container's file system, on a thread of its own: a live one through its process, else mounted for as long
    /// as the work takes.
    func withRoot<Value: Sendable>(
        _ record: ContainerRecord, _ status: MonitorStatus?, writable: Bool,
        _ work: @escaping @Sendable (borrowing OwnedDescriptor) throws -> Value
    ) async throws -> Value {
        switch status {
        case .running(let life), .paused(let life):
            let live: Int32
            do throws(EngineError) { live = try liveRoot(life).take() } catch {
                // It has ended since: its files are then where those of a stopped one are, as soon as its monitor has said so.
                for _ in 0..<100 {
                    let present = self.status(record.id)
                    if present != status { return try await withRoot(record, present, writable: writable, work) }
                    try await Task.sleep(for: .milliseconds(10))
                }
                throw error
            }
            return try await runOnOwnThread { try work(OwnedDescriptor(owning: live)) }
        case .starting,
            .restarting where writable:
            throw EngineError(.conflict, "container \(record.name) is just starting", hint: "try again")
        default: break
        }
        let files = try stoppedFiles(record)
        return try await runOnOwnThread {
            let root = try inWords("mount the file system of container \(record.name)") { () throws(SystemError) in
                try files.open(writable: writable)
            }
            return try work(root)
        }
    }

    private func stoppedFiles(_ record: ContainerRecord) throws -> StoppedFiles {
        var binds: [StoppedFiles.Bind] = []
        for mount in record.mounts {
            switch mount.source {
            case .bind(let path, _):
                binds.append(.init(source: path, subpath: nil, target: mount.target, readOnly: mount.readOnly))
            case .volume(let volume):
                guard let name = volume.name, let known = try records.volume(name),
                    let source = try volumeStore.fillable(known)?.data
                else { continue }
                binds.append(
                    .init(source: source, subpath: volume.subpath, target: mount.target, readOnly: mount.readOnly))
            case .tmpfs: continue
            }
        }
        if !binds.isEmpty {
            try inWords("prepare \(configuration.root)") { () throws(SystemError) in
                try Skeleton.prepare(configuration.root)
            }
        }
        let paths = paths(record.id)
        return StoppedFiles(
            lower: lowerDirectories(try records.definition(record.id)), upper: paths.upper, work: paths.work,
            place: paths.merged,
            binds: binds.sorted { $0.target.split(separator: "/").count < $1.target.split(separator: "/").count })
    }
}
