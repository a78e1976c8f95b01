import Engine
import OCI

/// Names and repository digests, as annotations of the layout's descriptors: one descriptor a name, or one without a
/// name for an image that has none. Every descriptor of a manifest carries all of its repository digests.
extension ImageIndex {
    /// Gives `manifest` a name, taking it from whichever image has it; that one stays, dangling if it was its last.
    mutating func setName(_ reference: ImageReference, of manifest: Descriptor) {
        let holders = manifests.filter { $0.reference == reference }
        if holders.contains(where: { $0.digest == manifest.digest }) { return }
        let digests = repoDigests(of: manifest.digest)
        manifests.removeAll { $0.reference == reference }
        for holder in holders where !manifests.contains(where: { $0.digest == holder.digest }) {
            manifests.append(holder.named(nil))
        }
        manifests.removeAll { $0.digest == manifest.digest && $0.reference == nil }
        manifests.append(manifest.named(reference).withRepoDigests(digests))
    }

    /// Keeps `manifest` without a name, unless it has some.
    mutating func keep(_ manifest: Descriptor) {
        if !manifests.contains(where: { $0.digest == manifest.digest }) { manifests.append(manifest.named(nil)) }
    }

    /// Where a manifest came from or went to: `docker.io/library/busybox@sha256:…`, in order.
    func repoDigests(of manifest: String) -> [String] {
        Set(manifests.filter { $0.digest == manifest }.flatMap(\.repoDigests)).sorted()
    }

    /// Notes where a manifest of the index came from or went to. The digest of an index leads to one of its images at
    /// a time: to the one that was fetched last.
    mutating func addRepoDigest(_ repoDigest: String, of manifest: String) {
        for position in manifests.indices {
            var digests = Set(manifests[position].repoDigests)
            if manifests[position].digest == manifest {
                digests.insert(repoDigest)
            } else if digests.remove(repoDigest) == nil {
                continue
            }
            manifests[position] = manifests[position].withRepoDigests(digests.sorted())
        }
    }

    /// Forgets repository digests of the manifests.
    mutating func removeRepoDigests(_ unwanted: some Collection<String>, of digests: Set<String>) {
        for position in manifests.indices where digests.contains(manifests[position].digest) {
            let left = manifests[position].repoDigests.filter { !unwanted.contains($0) }
            manifests[position] = manifests[position].withRepoDigests(left)
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

    /// See `ImageIndex.repoDigests(of:)`.
    var repoDigests: [String] {
        annotations?[Annotation.repoDigests]?.split(separator: " ").map(String.init) ?? []
    }

    func withRepoDigests(_ digests: [String]) -> Descriptor {
        var copy = self
        var annotations = self.annotations ?? [:]
        annotations[Annotation.repoDigests] = digests.isEmpty ? nil : digests.joined(separator: " ")
        copy.annotations = annotations.isEmpty ? nil : annotations
        return copy
    }

    /// Type, digest and size, without what only this store says of it.
    var bare: Descriptor { Descriptor(mediaType: mediaType, digest: digest, size: size) }
}
