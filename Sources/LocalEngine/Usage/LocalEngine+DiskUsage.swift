import Engine
import Images
import LinuxSystem

extension LocalEngine {
    /// What images, containers and volumes take on the disk. See `DiskUsageReporting`.
    public func diskUsage() async throws -> DiskUsage {
        let containers = try await containers()
        let volumes = try await volumes(sizes: true)
        let store = store
        let uppers = containers.map { paths($0.id).upper }
        return try await runCancellable { isCancelled in
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
                    .init(container: container, written: try TreeSize.bytes(below: upper, unless: isCancelled))
                },
                volumes: volumes, layers: all.values.reduce(0, +),
                unusedLayers: all.filter { !needed.contains($0.key) }.values.reduce(0, +))
            usage.buildCache = try store.cacheRecords()
            return usage
        }
    }
}
