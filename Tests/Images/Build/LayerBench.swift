import Engine
import Glibc
@testable import Images
import LinuxSystem
import OCI

/// Layers made by scripts in a store that is gone with the test.
final class LayerBench {
    let scratch: Scratch
    let change: StoreChange
    var store: ImageStore { scratch.store }

    init() throws {
        scratch = try Scratch()
        change = try scratch.store.beginChange()
    }

    deinit { change.finish() }

    /// Makes a layer of what a shell script does in the joined root.
    func layer(_ script: String, on below: [BuiltLayer] = [], epoch: Int64? = nil) throws -> BuiltLayer {
        let draft = try change.makeDraft()
        do {
            let root = try draft.open(on: below)
            try scratch.run("sh", "-ec", "cd /proc/\(getpid())/fd/\(root.rawValue)/\n\(script)")
        }
        return try change.commit(draft, epoch: epoch)
    }

    /// Where a layer's archive is.
    func archive(_ layer: BuiltLayer) throws -> String {
        try store.blobPath(Digest.parse(layer.descriptor.digest, in: "the layer"))
    }

    /// What is wrong with layers, as `image verify` sees it.
    func faults(_ layers: [BuiltLayer]) throws -> [String] {
        try layers.flatMap { layer in
            let digest = try Digest.parse(layer.descriptor.digest, in: "the layer")
            let findings = try LayerCheck(store: store, blob: layer.descriptor, digest: digest, diffID: layer.diffID)
                .run { false }
            return [findings.blob, findings.tree].compactMap(\.self)
        }
    }

    /// What the joined layers hold, a line a file.
    func joined(_ layers: [BuiltLayer]) throws -> String {
        let draft = try change.makeDraft()
        let root = try draft.open(on: layers)
        return try scratch.run(
            "sh", "-ec",
            """
            cd /proc/\(getpid())/fd/\(root.rawValue)/
            # The kernel counts a joined directory's links otherwise.
            find . -mindepth 1 -printf '%y %m %U:%G %P %l' \\( -type d -o -printf ' %n' \\) -printf '\\n' | sort -k4
            cat $(find . -type f | sort) /dev/null
            """)
    }

    /// An image of layers, published under a name.
    func publish(_ layers: [BuiltLayer], as name: String) throws -> ImageID {
        let configuration = ImageConfiguration(
            architecture: Platform.host.architecture, os: "linux", config: ExecutionDefaults(),
            rootfs: .init(diffIDs: layers.map(\.diffID.description)))
        let bytes = try JSON.encode(configuration)
        let config = try change.addDocument(bytes)
        let manifest = ImageManifest(
            config: Descriptor(
                mediaType: MediaType.configuration, digest: config.description, size: Int64(bytes.count)),
            layers: layers.map(\.descriptor))
        let text = try JSON.encode(manifest)
        let digest = try change.addDocument(text)
        let descriptor = Descriptor(
            mediaType: MediaType.manifest, digest: digest.description, size: Int64(text.count))
        _ = try change.publish(PublishedImage(manifest: descriptor, name: ImageReference(name), repoDigest: nil))
        return ImageID(rawValue: config.description)
    }
}
