import Engine
import LinuxSystem
import OCI
import Testing

@testable import Images

/// Layers compressed for registries.
struct LayerCompressionTests {
    private func change(_ body: (StoreChange, Descriptor) throws -> Void) throws {
        let root = "/tmp/spyhop-compression-\(UInt32.random(in: 0 ... .max))"
        defer { try? Files.removeTree(root) }
        let change = try ImageStore(root: root) { [] }.beginChange()
        defer { change.finish() }
        let draft = try change.makeDraft()
        let text = (0..<50_000).map { "line \($0)\n" }.joined()
        try Files.writeAtomically(Array(text.utf8), to: draft.upper + "/file")
        try body(change, try change.commit(draft, epoch: 0).descriptor)
    }

    @Test func theSameLayerAlwaysBecomesTheSameBytes() throws {
        try change { change, layer in
            let first = try change.store.compress(layer, through: change.newPath()) { false }
            let second = try change.store.compress(layer, through: change.newPath()) { false }
            #expect(first.descriptor == second.descriptor)
            #expect(first.descriptor.mediaType == MediaType.layerGzip)
            #expect(first.descriptor.size == first.bytes.size)
            #expect(first.descriptor.size < layer.size / 3)
            let bytes = try first.bytes.read(at: 0, upTo: Int(first.bytes.size))
            #expect(Digest(of: bytes).description == first.descriptor.digest)
        }
    }

    @Test func withoutItsCoatItIsTheLayer() throws {
        try change { change, layer in
            let made = try change.store.compress(layer, through: change.newPath()) { false }
            let path = change.newPath()
            try Files.writeAtomically(try made.bytes.read(at: 0, upTo: Int(made.bytes.size)), to: path)
            let source = try GzipSource(try FileSource(path, subject: "layer"), subject: "layer")
            var bytes: [UInt8] = []
            while true {
                let piece = try source.next()
                if piece.isEmpty { break }
                bytes += piece
            }
            #expect(Digest(of: bytes).description == layer.digest)
        }
    }

    @Test func whatItCameToIsRemembered() throws {
        try change { change, layer in
            #expect(change.store.knownCompression(of: layer) == nil)
            let made = try change.store.compress(layer, through: change.newPath()) { false }
            #expect(change.store.knownCompression(of: layer) == made.descriptor)
            // The layer itself is found as before.
            #expect(try change.layer(try #require(Digest(layer.digest)), blob: layer)?.size ?? 0 > 0)
        }
    }

    @Test func itStopsWhenItIsTold() throws {
        try change { change, layer in
            let path = change.newPath()
            #expect(throws: EngineError.self) { _ = try change.store.compress(layer, through: path) { true } }
            #expect(!Files.exists(path))
            #expect(change.store.knownCompression(of: layer) == nil)
        }
    }
}
