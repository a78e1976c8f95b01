import Engine
import LinuxSystem
import OCI

/// Volumes: see `VolumeManaging`, and `VolumeStore` for how they are kept.
extension LocalEngine {
    var volumeStore: VolumeStore { VolumeStore(root: configuration.root + "/volumes", records: records) }

    /// All volumes by name; with `sizes` their content is counted.
    public func volumes(sizes: Bool) async throws -> [Volume] {
        let store = volumeStore
        return try await runCancellable { isCancelled in
            try store.sweep()
            let users = try store.records.volumeUsers()
            return try store.records.volumes().map { record in
                record.volume(
                    mountpoint: store.data(record.name), users: users[record.name] ?? [],
                    size: sizes ? try store.size(record, unless: isCancelled) : nil)
            }
        }
    }

    /// One volume; `.notFound` when there is none of this name.
    public func inspectVolume(_ name: String) async throws -> Volume {
        let store = volumeStore
        guard let record = try records.volume(name) else {
            throw EngineError(.notFound, "no such volume: \(name)", hint: "spyhop volume ls lists them all")
        }
        return record.volume(mountpoint: store.data(name), users: try records.volumeUsers()[name] ?? [])
    }

    /// Makes a volume; does nothing when there is one of the same kind.
    public func createVolume(_ spec: VolumeSpec) async throws -> Volume {
        let store = volumeStore
        let wanted = try VolumeRecord(spec)
        let (record, isNew) = try await runOnOwnThread {
            let lock = try inWords("lock the volumes in \(store.root)") { () throws(SystemError) in
                try store.hold(.shared)
            }
            defer { withExtendedLifetime(lock) {} }
            let added = try store.records.addVolume(wanted)
            guard added.isNew || added.record.options == wanted.options || wanted.options.isEmpty else {
                throw EngineError(
                    .conflict, "there is a volume \(wanted.name) with other options",
                    hint: "remove it or choose another name")
            }
            try inWords("make volume \(wanted.name)") { () throws(SystemError) in try store.prepare(wanted.name) }
            return added
        }
        if isNew { emit("create", volume: record.name) }
        return record.volume(mountpoint: store.data(record.name), users: try records.volumeUsers()[record.name] ?? [])
    }

    /// Removes a volume; `.conflict` while a container mounts it. With `force` a missing one is no error.
    public func removeVolume(_ name: String, force: Bool) async throws {
        let store = volumeStore
        do {
            try await runOnOwnThread {
                try store.sweep()
                try store.remove(name)
            }
        } catch let error as EngineError where force && error.code == .notFound {
            return
        }
        emit("destroy", volume: name)
    }

    /// How a container's volumes are mounted, by target; volumes that a crash has left half are made whole.
    func volumeMounts(_ mounts: [MountSpec]) throws -> [String: Mount] {
        var found: [String: Mount] = [:]
        for mount in mounts {
            guard case .volume(let volume) = mount.source, let name = volume.name else { continue }
            guard let record = try records.volume(name) else {
                throw EngineError(.notFound, "no such volume: \(name)", hint: "spyhop volume create \(name) makes one")
            }
            found[mount.target] = try volumeStore.mount(record, volume, mount)
        }
        return found
    }

    func emit(_ action: String, volume name: String) {
        emit(
            Event(
                time: .now, type: .volume, action: action, actorID: name,
                attributes: ["driver": "local", "name": name]))
    }
}

extension ContainerRecord {
    /// The volumes that it mounts, each once.
    var volumeNames: [String] { Set(mounts.compactMap(\.volumeName)).sorted() }
}

extension VolumeStore {
    /// The bytes of a volume's content; `nil` where it is not the volume's own.
    func size(_ record: VolumeRecord, unless isCancelled: () -> Bool) throws -> Int64? {
        guard case .directory? = try? VolumeBacking(record.options) else { return nil }
        return try TreeSize.bytes(below: data(record.name), unless: isCancelled)
    }
}
