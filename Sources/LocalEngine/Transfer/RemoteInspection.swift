import Engine
import Images
import OCI
import Registry

/// Looks at an image where it is: index, manifest, configuration, referrers; no layer.
struct RemoteInspection: Sendable {
    let client: RegistryClient
    let reference: ImageReference
    let platform: Platform

    func run() async throws -> RemoteImage {
        let top = try await client.manifest(reference)
        var answer = RemoteImage(
            reference: reference.familiar, digest: top.digest.description, mediaType: top.mediaType, platforms: [],
            referrers: [], details: nil, layers: [])
        var manifest = top
        for _ in 0..<4 where manifest.isIndex {
            let index = try manifest.index(reference.familiar)
            if answer.platforms.isEmpty { answer.platforms = index.manifests.map(entry) }
            let chosen = try index.entry(for: platform, named: reference.familiar)
            let digest = try Digest.parse(chosen.digest, in: "the index of \(reference.familiar)")
            manifest = try await client.manifest(reference.at(digest))
        }
        for digest in Set([top.digest, manifest.digest]) {
            answer.referrers += try await client.referrers(of: digest, in: reference).map(entry)
        }
        answer.referrers.sort { $0.digest < $1.digest }
        guard let image = try? manifest.image(reference.familiar) else { return answer }
        answer.layers = image.layers.map {
            RemoteImage.Layer(digest: $0.digest, size: $0.size, mediaType: $0.mediaType)
        }
        let bytes = try await client.blob(image.config, of: reference, limit: 8 << 20)
        let configuration = try RemoteManifest.decode(
            ImageConfiguration.self, bytes, "the configuration of \(reference.familiar)")
        answer.details = details(image, configuration, digest: manifest.digest, top: top.digest)
        return answer
    }

    private func entry(_ descriptor: Descriptor) -> RemoteImage.Entry {
        RemoteImage.Entry(
            digest: descriptor.digest, mediaType: descriptor.mediaType, size: descriptor.size,
            platform: descriptor.platform?.text, artifactType: descriptor.artifactType)
    }

    private func details(
        _ image: ImageManifest, _ configuration: ImageConfiguration, digest: Digest, top: Digest
    ) -> ImageDetails {
        let row = Image(
            id: ImageID(rawValue: image.config.digest), tags: reference.tag == nil ? [] : [reference.familiar],
            digest: digest.description, createdAt: configuration.created.flatMap { Timestamp(rfc3339: $0) },
            size: image.layers.reduce(0) { $0 + $1.size }, architecture: configuration.architecture,
            os: configuration.os, layerCount: image.layers.count, labels: configuration.config?.labels ?? [:],
            repoDigests: ["\(reference.repository)@\(top)"])
        return ImageDetails(row, configuration)
    }
}
