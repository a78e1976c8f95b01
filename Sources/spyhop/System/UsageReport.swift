import Engine

/// `system df -v`: a table for each kind of thing.
struct UsageReport {
    private let images: [ListRow]
    private let containers: [ListRow]
    private let volumes: [ListRow]
    private let cache: [ListRow]
    private let cacheSize: String

    init(_ usage: DiskUsage, now: Timestamp) {
        images = usage.images.flatMap { entry in
            ImageRow.rows(entry.image, now: now, truncate: true).map { row in
                ListRow(
                    value: Self.replaced(
                        row.value,
                        [
                            "SharedSize": Self.size(entry.shared), "UniqueSize": Self.size(entry.unique),
                            "Containers": .string(String(entry.containers)),
                        ]))
            }
        }
        containers = usage.containers.map { entry in
            let size = HumanSize.decimal(UInt64(max(0, entry.written)))
            return ContainerRow.row(entry.container, now: now, truncate: true, size: size)
        }
        volumes = usage.volumes.map { VolumeRow.row($0, withUsage: true) }
        cache = usage.buildCache.sorted { $0.lastUsedAt > $1.lastUsedAt }.map {
            CacheRow.row($0, now: now, marks: false)
        }
        cacheSize = HumanSize.decimal(UInt64(max(0, usage.buildCache.reduce(0) { $0 + $1.size })))
    }

    /// The tables with their titles, as docker prints them.
    func tables() throws -> String {
        let image = "{{.Repository}}\t{{.Tag}}\t{{.ID}}\t{{.CreatedSince}}\t{{.Size}}\t{{.SharedSize}}\t"
        let container = "{{.ID}}\t{{.Image}}\t{{.Command}}\t{{.LocalVolumes}}\t{{.Size}}\t{{.RunningFor}}\t"
        return "Images space usage:\n\n"
            + (try table(image + "{{.UniqueSize}}\t{{.Containers}}", images, ImageRow.headings))
            + "\nContainers space usage:\n\n"
            + (try table(container + "{{.Status}}\t{{.Names}}", containers, ContainerRow.headings))
            + "\nLocal Volumes space usage:\n\n"
            + (try table(VolumeRow.usageTable, volumes, VolumeRow.headings))
            + "\nBuild cache usage: \(cacheSize)\n\n"
            + (try table(CacheRow.usageTable, cache, CacheRow.usageHeadings))
    }

    /// What a template sees.
    var value: JSONValue {
        [
            "Images": .array(images.map(\.value)), "Containers": .array(containers.map(\.value)),
            "Volumes": .array(volumes.map(\.value)), "BuildCache": .array(cache.map(\.value)),
        ]
    }

    private func table(_ template: String, _ rows: [ListRow], _ headings: JSONValue) throws -> String {
        try ListFormat(nil, defaultTable: template).render(rows, headings: headings)
    }

    private static func size(_ bytes: Int64) -> JSONValue { .string(HumanSize.decimal(UInt64(max(0, bytes)))) }

    private static func replaced(_ value: JSONValue, _ fields: [String: JSONValue]) -> JSONValue {
        .object((value.members ?? []).map { .init(key: $0.key, value: fields[$0.key] ?? $0.value) })
    }
}
