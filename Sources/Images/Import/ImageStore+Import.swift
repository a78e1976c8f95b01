import Engine
import Glibc
import LinuxSystem
import OCI

extension ImageStore {
    /// Makes an image of one layer from a directory or a tar archive.
    public func importRoot(_ request: ImageImport) throws(EngineError) -> ImageID {
        var defaults = ExecutionDefaults()
        // What can be refused by reading alone is refused before a gigabyte is copied.
        for change in request.changes { try ConfigurationChange(change).apply(to: &defaults) }
        let name: ImageReference?
        if let text = request.reference { name = try ImageReference(text) } else { name = nil }
        guard name?.digest == nil else {
            throw EngineError(
                .invalidArgument, "invalid image name \"\(name?.familiar ?? "")\": a name to give cannot hold a digest")
        }
        return try changing { (staging) throws(EngineError) in
            let layer = try stageRoot(request.source, in: staging)
            _ = try ensureLayer(layer.diffID, blob: layer.path, blobDigest: layer.blobDigest, in: staging)
            try publish(layer.path, as: layer.blobDigest)
            let now = Timestamp(nanoseconds: Clock.realtime()).rfc3339
            let configuration = ImageConfiguration(
                created: now, architecture: platform.architecture, os: platform.os, variant: platform.variant,
                config: defaults, rootfs: .init(diffIDs: [layer.diffID.description]),
                history: [.init(created: now, createdBy: "spyhop import", comment: request.message)])
            let bytes = try JSON.encode(configuration)
            let digest = try writeDocument(bytes, through: staging.newPath())
            let manifest = ImageManifest(
                config: Descriptor(
                    mediaType: MediaType.configuration, digest: digest.description, size: Int64(bytes.count)),
                layers: [
                    Descriptor(
                        mediaType: layer.compression.layerMediaType, digest: layer.blobDigest.description,
                        size: layer.size)
                ])
            let descriptor = try write(manifest, in: staging)
            try changeIndex { (index) throws(EngineError) in
                if let name { index.setName(name, of: descriptor) } else { index.keep(descriptor) }
            }
            return ImageID(rawValue: digest.description)
        }
    }

    private struct StagedLayer {
        var path: String
        var blobDigest: Digest
        var diffID: Digest
        var size: Int64
        var compression: Compression
    }

    private func stageRoot(
        _ source: ImageImport.Source, in staging: borrowing StagingArea
    ) throws(EngineError) -> StagedLayer {
        let path = staging.newPath()
        let sink = try FileSink(path)
        switch source {
        case .directory(let directory):
            try archive(directory, to: sink)
            let (digest, size) = sink.finish()
            return StagedLayer(path: path, blobDigest: digest, diffID: digest, size: size, compression: .none)
        case .archive(let descriptor):
            let stream = DescriptorSource(descriptor, subject: "the root file system")
            while true {
                let bytes = try stream.next()
                if bytes.isEmpty { break }
                guard sink.count + Int64(bytes.count) <= limits.layerBytes else {
                    throw EngineError(
                        .invalidArgument, "the root file system is larger than \(limits.layerBytes) bytes")
                }
                try sink.write(bytes)
            }
            let (digest, size) = sink.finish()
            let subject = "the root file system"
            let decompressed = try DecompressedSource(FileSource(path, subject: subject), subject: subject)
            let compression = decompressed.compression
            guard case .none = compression else {
                // The identifier is that of the plain archive, which nobody has told.
                let hashing = HashingSource(decompressed, limit: limits.layerBytes, subject: subject)
                return StagedLayer(
                    path: path, blobDigest: digest, diffID: try hashing.finish(), size: size, compression: compression)
            }
            return StagedLayer(path: path, blobDigest: digest, diffID: digest, size: size, compression: compression)
        }
    }

    private func archive(_ directory: String, to sink: FileSink) throws(EngineError) {
        let root = try inWords("cannot import \(printable(directory))") { () throws(SystemError) in
            try OwnedDescriptor.open(directory, O_RDONLY | O_DIRECTORY)
        }
        let writer = try TarWriter { (bytes) throws(EngineError) in try sink.write(bytes) }
        try withPortableNames { () throws(EngineError) in
            // The first entry is the root itself, so that its owner and permissions come along.
            let walker = TreeWalker(writer, strangersAreRoot: !UserNamespace.isInitial)
            try walker.add([0x2E], in: root.rawValue, as: [0x2E])
            try writer.finish()
        }
    }
}
