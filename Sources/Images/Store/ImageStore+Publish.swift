import Engine
import Glibc
import LinuxSystem
import OCI

extension ImageStore {
    /// Lists an image whose content is all here. The caller keeps collectors away.
    func publish(_ image: PublishedImage) throws(EngineError) -> PulledState {
        let stored = try readImage(image.manifest)
        try checkPresence(of: stored)
        try synchronizeDirectories()
        var repoDigests = image.repoDigest.map { [$0] } ?? []
        if let digest = image.name?.repoDigest, !repoDigests.contains(digest) { repoDigests.append(digest) }
        let name = image.name.flatMap { $0.digest == nil ? $0 : nil }
        let manifest = image.manifest.bare
        return try changeIndex { (index) throws(EngineError) in
            let entries = index.manifests.filter { $0.digest == manifest.digest }
            let isHere =
                if let name { entries.contains { $0.reference == name } } else {
                    !entries.isEmpty && repoDigests.allSatisfy(index.repoDigests(of: manifest.digest).contains)
                }
            if let name { index.setName(name, of: manifest) } else { index.keep(manifest) }
            for digest in repoDigests { index.addRepoDigest(digest, of: manifest.digest) }
            return isHere ? .upToDate : .updated
        }
    }

    /// Notes that an image is in a registry under a digest, after it was put there.
    ///
    /// - Parameter repoDigest: `docker.io/library/busybox@sha256:…`.
    public func addRepoDigest(_ repoDigest: String, to reference: String) throws(EngineError) {
        guard let parsed = try ImageReference(repoDigest).repoDigest else {
            throw EngineError(.invalidArgument, "\(printable(repoDigest)) is not a repository with a digest")
        }
        try prepare()
        try changeIndex { (index) throws(EngineError) in
            let found = try find(reference, in: index)
            index.addRepoDigest(parsed, of: (found.descriptors.first ?? found.image.descriptor).digest)
        }
    }

    /// An image is listed only when nothing of it is missing.
    private func checkPresence(of image: StoredImage) throws(EngineError) {
        for (diffID, layer) in zip(image.diffIDs, image.manifest.layers) {
            let digest = try Digest.parse(layer.digest, in: "manifest \(image.manifestDescriptor.digest)")
            guard Files.exists(blobPath(digest)) else {
                throw EngineError(.corrupted, "cannot keep image \(image.id.short): its layer \(digest) is missing")
            }
            guard try findLayer(diffID) != nil else {
                throw EngineError(
                    .corrupted, "cannot keep image \(image.id.short): its layer \(diffID) is not unpacked")
            }
        }
    }

    /// The index must not reach the disk before the names of what it lists.
    private func synchronizeDirectories() throws(EngineError) {
        try inWords("cannot store an image in \(root)") { () throws(SystemError) in
            for directory in ["\(root)/blobs/sha256", layersDirectory] {
                try OwnedDescriptor.open(directory, O_RDONLY | O_DIRECTORY).synchronize()
            }
        }
    }
}

extension StoreChange {
    /// Whether an image is listed under all of these names, or with none at all: then there is nothing to publish.
    public func isListed(_ manifest: Digest, as names: [ImageReference]) throws(EngineError) -> Bool {
        let entries = try store.readIndex().manifests.filter { $0.digest == manifest.description }
        return !entries.isEmpty && names.allSatisfy { name in entries.contains { $0.reference == name } }
    }
}
