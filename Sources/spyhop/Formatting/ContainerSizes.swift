import Engine
import LinuxSystem

/// What a container occupies on the disk.
struct ContainerSizes: Sendable, Equatable {
    /// Bytes of the files that it has written or changed.
    var written: Int64
    /// The same and its image.
    var total: Int64

    /// As `ps` shows it: `12B (virtual 1.98MB)`.
    var text: String {
        "\(HumanSize.decimal(UInt64(max(0, written)))) (virtual \(HumanSize.decimal(UInt64(max(0, total)))))"
    }

    /// The sizes of containers by identifier; one that has gone meanwhile is left out.
    static func measure(
        _ containers: [Container], _ engine: any ContainerEngine
    ) async throws -> [ContainerID: ContainerSizes] {
        let images = Dictionary(try await engine.images().map { ($0.id, $0.size) }) { first, _ in first }
        var sizes: [ContainerID: ContainerSizes] = [:]
        for container in containers {
            guard let details = try? await engine.inspect(container.id.rawValue) else { continue }
            sizes[container.id] = try await measure(details, imageSize: images[container.imageID] ?? 0)
        }
        return sizes
    }

    /// The sizes of one container whose image has `imageSize` bytes.
    static func measure(_ details: ContainerDetails, imageSize: Int64) async throws -> ContainerSizes {
        let directory = details.upperDirectory
        let written = try await runCancellable { try TreeSize.bytes(below: directory, unless: $0) }
        return ContainerSizes(written: written, total: written + imageSize)
    }
}
