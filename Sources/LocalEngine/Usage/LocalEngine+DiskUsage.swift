import Engine
import Images
import LinuxSystem

extension LocalEngine {
    /// What images, containers and volumes take on the disk. See `DiskUsageReporting`.
    public func diskUsage() async throws -> DiskUsage { try await diskUsage { _ in } }

    /// The same, told how far it is.
    public func diskUsage(
        progress: @escaping @Sendable (DiskUsageProgress) -> Void
    ) async throws -> DiskUsage {
        let containers = try await containers()
        let known = try await volumes(sizes: false)
        let (store, volumeStore) = (store, volumeStore)
        let total = containers.count + known.count
        let uppers = containers.map { paths($0.id).upper }
        return try await runCancellable { isCancelled in
            var done = 0
            func tell(_ present: String) {
                progress(DiskUsageProgress(done: done, total: total, present: present))
                done += 1
            }
            let volumes = try known.map { volume in
                tell("volume \(volume.name)")
                var counted = volume
                counted.size = try volumeStore.records.volume(volume.name).flatMap {
                    try volumeStore.size($0, unless: isCancelled)
                }
                return counted
            }
            let images = try store.images()
            let layers = try store.layerSizes()
            let used = Dictionary(grouping: containers, by: \.imageID).mapValues(\.count)
            var holders: [String: Int] = [:]
            for digests in layers.values { for digest in digests.keys { holders[digest, default: 0] += 1 } }
            var all: [String: Int64] = [:]
            var needed: Set<String> = []
            for (id, sizes) in layers {
                all.merge(sizes) { first, _ in first }
                if used[id] != nil { needed.formUnion(sizes.keys) }
            }
            var usage = DiskUsage(
                images: images.map { image in
                    let own = layers[image.id] ?? [:]
                    let shared = own.filter { holders[$0.key] ?? 0 > 1 }.values.reduce(0, +)
                    return .init(image: image, shared: min(shared, image.size), containers: used[image.id] ?? 0)
                },
                containers: try zip(containers, uppers).map { container, upper in
                    tell("container \(container.name)")
                    return .init(container: container, written: try TreeSize.bytes(below: upper, unless: isCancelled))
                },
                volumes: volumes, layers: all.values.reduce(0, +),
                unusedLayers: all.filter { !needed.contains($0.key) }.values.reduce(0, +))
            tell("")
            usage.buildCache = try store.cacheRecords()
            return usage
        }
    }
}
