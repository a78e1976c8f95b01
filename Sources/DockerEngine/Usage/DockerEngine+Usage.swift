import Engine

extension DockerEngine: DiskUsageReporting {
    /// See `DiskUsageReporting`.
    public func diskUsage() async throws -> DiskUsage {
        let answer = try await client.json(
            DockerCall("GET", "/system/df", purpose: "count what is taken on the disk").patient)
        let containers = try await containers()
        let byID = Dictionary(containers.map { ($0.id.rawValue, $0) }) { first, _ in first }
        var perImage: [ImageID: Int] = [:]
        for container in containers { perImage[container.imageID, default: 0] += 1 }
        var shared: [ImageID: Int64] = [:]
        for node in answer["Images"]?.items ?? [] {
            guard let image = ImageReading.listed(node) else { continue }
            shared[image.id] = max(0, node["SharedSize"]?.integer ?? 0)
        }
        // Podman's counting knows no names.
        let images = try await images().map { image in
            DiskUsage.ImageUsage(
                image: image, shared: shared[image.id] ?? 0, containers: perImage[image.id] ?? 0)
        }
        let written = (answer["Containers"]?.items ?? []).compactMap { node -> DiskUsage.ContainerUsage? in
            guard let container = (node["Id"]?.words).flatMap({ byID[$0] }) else { return nil }
            return DiskUsage.ContainerUsage(container: container, written: node["SizeRw"]?.integer ?? 0)
        }
        var users: [String: [String]] = [:]
        for container in containers {
            for name in container.mounts.compactMap(\.volumeName) {
                users[name, default: []].append(container.id.rawValue)
            }
        }
        let volumes = (answer["Volumes"]?.items ?? []).compactMap(Self.volume).map { volume in
            var volume = volume
            volume.users = users[volume.name] ?? []
            return volume
        }
        var usage = DiskUsage(
            images: images, containers: written, volumes: volumes, layers: answer["LayersSize"]?.integer ?? 0,
            unusedLayers: 0)
        usage.buildCache = (answer["BuildCache"]?.items ?? []).compactMap(BuildCacheReading.record)
        return usage
    }
}
