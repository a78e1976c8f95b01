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
        // No layer may be collected between the look at the image and the record that names it.
        let record = try store.withImagesHeld {
            let image = try resolve(spec.image)
            let (record, definition) = try describe(id, spec, image)
            return try make(record, definition)
        }
        emit("create", record)
        return id
    }

    /// The image, with advice when there is none: there is no registry to ask yet.
    private func resolve(_ reference: String) throws(EngineError) -> ResolvedImage {
        do throws(EngineError) { return try store.resolve(reference) } catch {
            guard error.code == .notFound else { throw error }
            throw EngineError(
                .notFound, "no such image: \(reference)", hint: "bring it in with spyhop load or spyhop import")
        }
    }

    private func describe(
        _ id: ContainerID, _ spec: ContainerSpec, _ image: ResolvedImage
    ) throws(EngineError) -> (ContainerRecord, ContainerDefinition) {
        let merged = try MergedConfiguration(spec, image)
        let record = ContainerRecord(
            id: id, name: spec.name ?? NameGenerator.name(attempt: 0), image: spec.image, imageID: image.id,
            createdAt: .now, command: merged.command, labels: merged.labels, restartPolicy: spec.restartPolicy,
            autoRemove: spec.autoRemove, networkMode: spec.networkMode, limits: spec.limits, mounts: spec.mounts)
        let definition = ContainerDefinition(
            spec: spec, environment: merged.environment, workingDirectory: merged.workingDirectory,
            user: merged.user, hostname: hostname(id, spec), stopSignal: merged.stopSignal,
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
        _ record: ContainerRecord, _ definition: ContainerDefinition
    ) throws -> ContainerRecord {
        let paths = paths(record.id)
        let lock = try inWords("make \(paths.directory)") { () throws(SystemError) in
            try LifecycleLock.make(paths.directory)
        }
        defer { withExtendedLifetime(lock) {} }
        do {
            try inWords("make the container's files") { () throws(SystemError) in
                try ContainerFiles.write(
                    paths, hostname: definition.hostname, hostNetwork: record.networkMode == .host)
            }
            return try insert(record, definition)
        } catch {
            try? Files.removeTree(paths.directory)
            throw error
        }
    }

    /// A made-up name that happens to be taken is made up again; a wanted one is a conflict.
    private func insert(
        _ record: ContainerRecord, _ definition: ContainerDefinition
    ) throws -> ContainerRecord {
        var record = record
        for attempt in 1... {
            do {
                try records.insert(record, definition)
                break
            } catch let error as EngineError where error.code == .conflict {
                guard definition.spec.name == nil, attempt < 20 else { throw error }
                record.name = NameGenerator.name(attempt: attempt)
            }
        }
        return record
    }
}
