import Engine
import Glibc
import Images
import LinuxSystem

/// The volumes of a container that is being made: there, filled from the image, and held until the container has its row.
struct PreparedVolumes: ~Copyable {
    /// Rows that come into being with the container's.
    let fresh: [VolumeRecord]
    private let store: VolumeStore
    private let lock: FileLock

    /// Blocks the thread: what is copied may be large.
    /// - Parameter tell: is told of each volume that is made.
    init(
        _ complete: CompleteMounts, image: ResolvedImage, in store: VolumeStore, tell: (VolumeRecord) -> Void
    ) throws {
        let lock = try inWords("lock the volumes in \(store.root)") { () throws(SystemError) in
            try store.hold(.shared)
        }
        let fresh = try Self.prepare(complete, image, store, tell)
        self.store = store
        self.lock = lock
        self.fresh = fresh
    }

    private static func prepare(
        _ complete: CompleteMounts, _ image: ResolvedImage, _ store: VolumeStore, _ tell: (VolumeRecord) -> Void
    ) throws -> [VolumeRecord] {
        var source = ImageSource(image: image)
        var fresh: [VolumeRecord] = []
        do {
            for mount in complete.mounts {
                guard case .volume(let volume) = mount.source, let name = volume.name else { continue }
                let place: VolumePlace?
                if complete.anonymous.contains(name) {
                    let record = try freshRecord(volume, name)
                    fresh.append(record)
                    place = try aside(record, store)
                } else {
                    place = try ensure(volume, name, store, tell)
                }
                guard let place, !volume.noCopy, volume.subpath == nil else { continue }
                try source.fill(place, name, mount.target)
            }
        } catch {
            for record in fresh { store.discardAside(record.name) }
            throw error
        }
        return fresh
    }

    private static func aside(_ record: VolumeRecord, _ store: VolumeStore) throws(EngineError) -> VolumePlace? {
        let place = try inWords("make volume \(record.name)") { () throws(SystemError) in
            try store.prepareAside(record.name)
        }
        guard case .directory = try VolumeBacking(record.options) else { return try store.fillable(record) }
        return place
    }

    /// The container's row is there: its own volumes' files go where they belong.
    consuming func settle() {
        for record in fresh { try? store.prepare(record.name) }
    }

    /// The container did not come to be.
    consuming func discard() {
        for record in fresh { store.discardAside(record.name) }
    }

    private static func freshRecord(
        _ volume: MountSpec.VolumeMount, _ name: String
    ) throws(EngineError) -> VolumeRecord {
        var spec = volume.spec
        spec.name = nil
        var record = try VolumeRecord(spec)
        record.name = name
        return record
    }

    /// A named volume, made when it is missing; answers where it is filled, `nil` for what is never filled.
    private static func ensure(
        _ volume: MountSpec.VolumeMount, _ name: String, _ store: VolumeStore, _ tell: (VolumeRecord) -> Void
    ) throws -> VolumePlace? {
        var spec = volume.spec
        spec.name = name
        let (record, isNew) = try store.records.addVolume(try VolumeRecord(spec))
        if isNew { tell(record) }
        try inWords("make volume \(name)") { () throws(SystemError) in try store.prepare(name) }
        return try store.fillable(record)
    }
}

/// The image's file system, joined when the first volume asks for it.
private struct ImageSource {
    let image: ResolvedImage
    private var root: Root?

    private final class Root {
        let descriptor: OwnedDescriptor
        init(_ descriptor: consuming OwnedDescriptor) { self.descriptor = descriptor }
    }

    init(image: ResolvedImage) { self.image = image }

    mutating func fill(_ place: VolumePlace, _ name: String, _ target: String) throws(EngineError) {
        let root: Root
        if let known = self.root { root = known } else { root = try join() }
        self.root = root
        try inWords("copy what the image has at \(target) into volume \(name)") { () throws(SystemError) in
            try place.fill(from: root.descriptor, target)
        }
    }

    private func join() throws(EngineError) -> Root {
        let lower = image.layers.map { "\(image.layersDirectory)/\($0)" }
        return try inWords("look into image \(image.reference)") { () throws(SystemError) in
            Root(try DetachedMount.overlay(lower: lower))
        }
    }
}
