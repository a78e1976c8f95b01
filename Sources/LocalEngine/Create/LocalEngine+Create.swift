import Engine
import Glibc
import Images
import LinuxSystem

extension LocalEngine {
    /// Makes a container without starting it; see `ContainerLifecycle`.
    ///
    /// The directory comes first and the record last: killed half-way, it leaves a directory without a record, which the
    /// next listing clears.
    public func create(_ spec: ContainerSpec) async throws -> ContainerID {
        try spec.check()
        let id = ContainerID.random()
        // What an image has is copied into volumes, which may take long; the rest is a matter of microseconds.
        let record =
            if let made = try make(id, spec, withVolumes: false) { made } else {
                try await runOnOwnThread { [self] in try make(id, spec, withVolumes: true) }
            }
        if let record { emit("create", record) }
        return id
    }

    /// - Returns: `nil` when it takes volumes and none are wanted to be made yet.
    private func make(_ id: ContainerID, _ spec: ContainerSpec, withVolumes: Bool) throws -> ContainerRecord? {
        // No layer may be collected between the look at the image and the record that names it.
        try store.withImagesHeld {
            let image = try resolve(spec.image)
            let complete = try CompleteMounts(spec, image: image) { reference in
                let record = try records.find(reference)
                return (record.name, record.mounts)
            }
            var spec = spec
            spec.mounts = complete.mounts
            let (record, definition) = try describe(id, spec, image)
            guard complete.hasVolumes else { return try make(record, definition, volumes: []) }
            guard withVolumes else { return nil }
            let volumes = try PreparedVolumes(complete, image: image, in: volumeStore) { volume in
                emit("create", volume: volume.name)
            }
            do {
                let made = try make(record, definition, volumes: volumes.fresh)
                volumes.settle()
                return made
            } catch {
                volumes.discard()
                throw error
            }
        }
    }

    /// The image, with advice when there is none: whether a registry is asked is for the caller to choose.
    private func resolve(_ reference: String) throws(EngineError) -> ResolvedImage {
        do throws(EngineError) { return try store.resolve(reference) } catch {
            guard error.code == .notFound else { throw error }
            throw EngineError(
                .notFound, "no such image: \(reference)",
                hint: "bring it in with spyhop pull, spyhop load or spyhop import")
        }
    }

    private func describe(
        _ id: ContainerID, _ spec: ContainerSpec, _ image: ResolvedImage
    ) throws -> (ContainerRecord, ContainerDefinition) {
        let joining = try joining(spec)
        let merged = try MergedConfiguration(spec, image)
        let record = ContainerRecord(
            id: id, name: spec.name ?? NameGenerator.name(attempt: 0), image: spec.image, imageID: image.id,
            createdAt: .now, command: merged.command, labels: merged.labels, restartPolicy: spec.restartPolicy,
            autoRemove: spec.autoRemove, networkMode: joining.mode, limits: spec.limits, mounts: spec.mounts,
            attachments: joining.attachments, exposed: exposed(spec, image))
        let definition = ContainerDefinition(
            spec: spec, environment: merged.environment, workingDirectory: merged.workingDirectory,
            user: merged.user, hostname: joining.hostname ?? hostname(id, spec), stopSignal: merged.stopSignal,
            stopTimeout: spec.stopTimeout ?? 10, layers: image.layers, healthCheck: merged.healthCheck)
        return (record, definition)
    }

    private func hostname(_ id: ContainerID, _ spec: ContainerSpec) -> String {
        if let hostname = spec.hostname { return hostname }
        guard spec.networkMode == .host else { return id.short }
        var name = [CChar](repeating: 0, count: 65)
        guard gethostname(&name, 64) == 0 else { return id.short }
        return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    private func make(
        _ record: ContainerRecord, _ definition: ContainerDefinition, volumes: [VolumeRecord]
    ) throws -> ContainerRecord {
        let paths = paths(record.id)
        let lock = try inWords("make \(paths.directory)") { () throws(SystemError) in
            try LifecycleLock.make(paths.directory)
        }
        defer { withExtendedLifetime(lock) {} }
        do {
            try inWords("make the container's files") { () throws(SystemError) in
                try ContainerFiles.write(paths, hostname: definition.hostname)
            }
            return try insert(record, definition, volumes)
        } catch {
            try? Files.removeTree(paths.directory)
            throw error
        }
    }

    /// A made-up name that happens to be taken is made up again; a wanted one is a conflict.
    private func insert(
        _ record: ContainerRecord, _ definition: ContainerDefinition, _ volumes: [VolumeRecord]
    ) throws -> ContainerRecord {
        var record = record
        for attempt in 1... {
            do {
                try records.insert(record, definition, volumes: volumes)
                break
            } catch let error as EngineError where error.code == .conflict {
                guard definition.spec.name == nil, attempt < 20 else { throw error }
                record.name = NameGenerator.name(attempt: attempt)
            }
        }
        return record
    }
}
