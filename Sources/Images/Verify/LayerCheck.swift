import struct Crypto.SHA256
import Engine
import Glibc
import LinuxSystem
import OCI

/// What was found of a layer: its blob, and its unpacked tree.
struct LayerFindings: Sendable {
    /// What is wrong with the blob; `nil` when it is as it should be.
    var blob: String?
    /// What is wrong with the unpacked tree, or its record. It can be told only with a blob that is right.
    var tree: String?
}

/// Checks one layer by reading all of it.
struct LayerCheck: Sendable {
    let store: ImageStore
    let blob: Descriptor
    let digest: Digest
    let diffID: Digest

    /// Blocks for as long as reading takes.
    /// - Throws: `CancellationError`.
    func run(unless isCancelled: () -> Bool) throws -> LayerFindings {
        try withoutActuallyEscaping(isCancelled) { isCancelled in
            var findings = LayerFindings()
            findings.blob = try checkBlob(unless: isCancelled)
            if findings.blob == nil { findings.tree = try checkTree(unless: isCancelled) }
            return findings
        }
    }

    /// Holds the stored bytes to their digest.
    private func checkBlob(unless isCancelled: @escaping () -> Bool) throws -> String? {
        do throws(EngineError) {
            guard Files.exists(store.blobPath(digest)) else { return "it is missing" }
            let source = Interruptible(try FileSource(store.blobPath(digest), subject: "blob \(digest)"), isCancelled)
            var hash = SHA256()
            var count: Int64 = 0
            while true {
                let bytes = try source.next()
                if bytes.isEmpty { break }
                hash.update(bufferPointer: bytes)
                count += Int64(bytes.count)
            }
            guard count == blob.size else { return "it has \(count) bytes, not \(blob.size)" }
            return Digest(hash.finalize()) == digest ? nil : "it does not match its digest"
        } catch {
            guard !isCancelled() else { throw CancellationError() }
            return error.description
        }
    }

    /// Holds the unpacked tree to the archive.
    private func checkTree(unless isCancelled: @escaping () -> Bool) throws -> String? {
        do throws(EngineError) {
            // A layer that is not unpacked yet is unpacked when it is needed.
            guard let found = try store.findLayer(diffID) else { return nil }
            return try compare(found.name, unless: isCancelled)
        } catch {
            guard !isCancelled() else { throw CancellationError() }
            return error.description
        }
    }

    private func compare(_ name: String, unless isCancelled: @escaping () -> Bool) throws(EngineError) -> String? {
        let subject = "layer \(diffID)"
        let layer = try LayerDirectory(name, in: store.layersDirectory)
        let file = Interruptible(try FileSource(store.blobPath(digest), subject: subject), isCancelled)
        let decompressed = try DecompressedSource(file, subject: subject)
        let stream = HashingSource(
            decompressed, limit: store.limits.layerBytes, subject: subject,
            known: decompressed.compression == .none ? digest : nil)
        return try withPortableNames { () throws(EngineError) in
            let tree = try ExpectedTree(
                TarReader(stream, subject: subject), comparedWith: layer, limits: store.limits)
            guard try stream.finish() == diffID else { return "its archive is another layer's" }
            let comparison = try TreeComparison(tree, layer, directory: "\(store.layersDirectory)/\(name)")
            return comparison.count == 0 ? nil : comparison.sentence
        }
    }
}

/// Stops in the middle when somebody does not want to wait any more.
private final class Interruptible: ByteSource {
    private let source: any ByteSource
    private let isCancelled: () -> Bool

    init(_ source: any ByteSource, _ isCancelled: @escaping () -> Bool) {
        self.source = source
        self.isCancelled = isCancelled
    }

    func next() throws(EngineError) -> UnsafeRawBufferPointer {
        guard !isCancelled() else { throw EngineError(.cancelled, "cancelled") }
        return try source.next()
    }
}
