import Harness
import Engine
import Images
import LinuxSystem
import OCI

/// An image as a registry would have it: documents and gzip-compressed layers, in memory.
struct RemoteFixture {
    var manifest: [UInt8]
    var configuration: [UInt8]
    var layers: [(blob: Descriptor, bytes: [UInt8], diffID: Digest)]

    var manifestDescriptor: Descriptor {
        Descriptor(
            mediaType: MediaType.manifest, digest: Digest(of: manifest).description, size: Int64(manifest.count))
    }

    var id: ImageID { ImageID(rawValue: Digest(of: configuration).description) }

    /// Layers with the files `name`: `content`, one each.
    init(
        _ scratch: Scratch, _ files: [(name: String, content: String)], label: String = "",
        architecture: String = Platform.host.architecture
    ) throws {
        var archives: [String] = []
        for (number, file) in files.enumerated() {
            var tar = TarBuilder()
            tar.add(file.name, content: file.content)
            archives.append("fixture-\(number).tar")
            try tar.write(to: "\(scratch.path)/fixture-\(number).tar")
        }
        try self.init(scratch, archives: archives, label: label, architecture: architecture)
    }

    /// Layers out of tar archives beneath the scratch directory, which go with it.
    init(
        _ scratch: Scratch, archives: [String], label: String = "", architecture: String = Platform.host.architecture
    ) throws {
        var layers: [(blob: Descriptor, bytes: [UInt8], diffID: Digest)] = []
        for archive in archives {
            let path = "\(scratch.path)/\(archive)"
            let diffID = Digest(of: try Files.read(path))
            try scratch.run("gzip", "-nf", path)
            let bytes = try Files.read("\(path).gz")
            try Files.remove("\(path).gz")
            let blob = Descriptor(
                mediaType: MediaType.layerGzip, digest: Digest(of: bytes).description, size: Int64(bytes.count))
            layers.append((blob, bytes, diffID))
        }
        let diffIDs = layers.map { "\"\($0.diffID)\"" }.joined(separator: ",")
        let configuration = Array(
            """
            {"architecture":"\(architecture)","os":"linux","config":{"Labels":{"l":"\(label)"}},
            "rootfs":{"type":"layers","diff_ids":[\(diffIDs)]}}
            """.utf8)
        try self.init(configuration: configuration, layers: layers)
    }

    /// A manifest for a configuration and layers.
    init(configuration: [UInt8], layers: [(blob: Descriptor, bytes: [UInt8], diffID: Digest)]) throws {
        self.configuration = configuration
        self.layers = layers
        let blobs = layers.map {
            "{\"mediaType\":\"\($0.blob.mediaType)\",\"digest\":\"\($0.blob.digest)\",\"size\":\($0.blob.size)}"
        }
        manifest = Array(
            """
            {"schemaVersion":2,"mediaType":"\(MediaType.manifest)","config":{"mediaType":"\(MediaType.configuration)",
            "digest":"\(Digest(of: configuration))","size":\(configuration.count)},"layers":[\(blobs.joined(separator: ","))]}
            """.utf8)
    }

    /// An index of images for architectures.
    static func index(_ images: [(image: RemoteFixture, architecture: String)]) throws -> [UInt8] {
        let entries = images.map { image, architecture in
            let manifest = image.manifestDescriptor
            return """
                {"mediaType":"\(manifest.mediaType)","digest":"\(manifest.digest)","size":\(manifest.size),
                "platform":{"architecture":"\(architecture)","os":"linux"}}
                """
        }
        return Array(
            "{\"schemaVersion\":2,\"mediaType\":\"\(MediaType.index)\",\"manifests\":[\(entries.joined(separator: ","))]}"
                .utf8)
    }

    /// Brings documents and the first `count` layers into a change.
    func bring(into change: StoreChange, layers count: Int = .max) async throws {
        _ = try change.addDocument(manifest)
        _ = try change.addDocument(configuration)
        for layer in layers.prefix(count) {
            let ingest = try await change.ingest(layer.blob, diffID: layer.diffID)
            guard case .wanting(let offset) = ingest.state else { continue }
            try await ingest.write(Array(layer.bytes.dropFirst(Int(offset))))
            try await ingest.finish()
        }
    }

    /// What a pull does.
    @discardableResult
    func pull(into store: ImageStore, as name: String, repoDigest: String? = nil) async throws -> PulledState {
        let change = try store.beginChange()
        defer { change.finish() }
        try await bring(into: change)
        return try change.publish(
            PublishedImage(manifest: manifestDescriptor, name: try ImageReference(name), repoDigest: repoDigest))
    }
}
