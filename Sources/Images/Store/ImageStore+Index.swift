import Engine
import Glibc
import LinuxSystem
import OCI

/// The layout's `index.json`: one descriptor a name, or one without a name for a dangling image.
extension ImageStore {
    /// The index as it is; empty when the store is new.
    func readIndex() throws(EngineError) -> ImageIndex {
        let bytes: [UInt8]
        do throws(SystemError) {
            bytes = try Files.read(indexPath, limit: 64 << 20)
        } catch {
            if error.number == ENOENT { return ImageIndex(manifests: []) }
            throw EngineError(.system, "cannot read the images in \(root)", cause: error)
        }
        return try JSON.decode(ImageIndex.self, bytes, document: indexPath)
    }

    func writeIndex(_ index: ImageIndex) throws(EngineError) {
        let bytes = try JSON.encode(index)
        try inWords("cannot write \(indexPath)") { () throws(SystemError) in
            try Files.writeAtomically(bytes, to: indexPath, durable: true)
        }
    }

    /// Reads, changes and replaces the index while no other process does.
    func changeIndex<Value>(
        _ change: (inout ImageIndex) throws(EngineError) -> Value
    ) throws(EngineError) -> Value {
        let lock = try lockIndex()
        defer { withExtendedLifetime(lock) {} }
        var index = try readIndex()
        let before = index
        let value = try change(&index)
        if index != before { try writeIndex(index) }
        return value
    }

    /// Gives `manifest` a name, taking it from whichever image has it; that one stays, dangling if it was its last.
    func setName(_ reference: ImageReference, of manifest: Descriptor, in index: inout ImageIndex) {
        let holders = index.manifests.filter { $0.reference == reference }
        if holders.contains(where: { $0.digest == manifest.digest }) { return }
        index.manifests.removeAll { $0.reference == reference }
        for holder in holders where !index.manifests.contains(where: { $0.digest == holder.digest }) {
            index.manifests.append(holder.named(nil))
        }
        index.manifests.removeAll { $0.digest == manifest.digest && $0.reference == nil }
        index.manifests.append(manifest.named(reference))
    }

    /// Keeps `manifest` without a name, unless it has some.
    func keep(_ manifest: Descriptor, in index: inout ImageIndex) {
        if !index.manifests.contains(where: { $0.digest == manifest.digest }) {
            index.manifests.append(manifest.named(nil))
        }
    }
}

extension Descriptor {
    /// The name an index gives this manifest, if it is one that can be normalised.
    var reference: ImageReference? {
        for key in [Annotation.containerdImageName, Annotation.referenceName] {
            if let text = annotations?[key], let reference = try? ImageReference(text) { return reference }
        }
        return nil
    }

    /// The same manifest under another name. `ref.name` is the short form: `skopeo … oci:ROOT:busybox:latest`.
    func named(_ reference: ImageReference?) -> Descriptor {
        var copy = self
        var annotations = self.annotations ?? [:]
        annotations[Annotation.referenceName] = reference?.familiar
        annotations[Annotation.containerdImageName] = reference?.full
        copy.annotations = annotations.isEmpty ? nil : annotations
        return copy
    }
}
