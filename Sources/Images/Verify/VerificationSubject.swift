import Engine
import Glibc
import LinuxSystem
import OCI

/// An image to be checked, known by what the index says of it alone: its documents may be damaged.
struct VerificationSubject: Sendable {
    var descriptor: Descriptor
    var name: String
    var isUnnamed: Bool
    /// Where it came from.
    var repositories: [ImageReference]
}

extension ImageStore {
    /// The images that the references name, in their order, or all; each manifest once.
    func subjects(_ references: [String]) throws(EngineError) -> [VerificationSubject] {
        let index = try readIndex()
        var chosen: [Descriptor] = []
        if references.isEmpty { chosen = index.manifests }
        for reference in references {
            // By the index alone, so that one with damaged documents is found.
            let name = try? ImageReference(reference)
            let named = index.manifests.first { $0.reference != nil && $0.reference == name }
            if let named {
                chosen.append(named)
            } else {
                chosen.append(try find(reference, in: index).image.descriptor)
            }
        }
        var subjects: [VerificationSubject] = []
        for descriptor in chosen where !subjects.contains(where: { $0.descriptor.digest == descriptor.digest }) {
            let names = index.manifests.filter { $0.digest == descriptor.digest }.compactMap(\.reference)
            let name = descriptor.reference ?? names.first
            subjects.append(
                VerificationSubject(
                    descriptor: descriptor, name: name?.familiar ?? descriptor.digest, isUnnamed: name == nil,
                    repositories: index.repoDigests(of: descriptor.digest).compactMap { try? ImageReference($0) }))
        }
        return subjects
    }

    /// The first of an image's documents that is missing or not what its digest says, from the index down.
    func firstDamagedDocument(of descriptor: Descriptor, depth: Int = 0) -> Descriptor? {
        guard depth < 4, let digest = Digest(descriptor.digest) else { return nil }
        guard let bytes = try? readDocument(digest, "document") else { return descriptor }
        if MediaType.isIndex(descriptor.mediaType) {
            guard let index = try? JSON.decode(ImageIndex.self, bytes, document: ""),
                let chosen = try? choose(from: index, named: "", isPresent: { _ in true })
            else { return nil }
            return firstDamagedDocument(of: chosen, depth: depth + 1)
        }
        guard MediaType.isManifest(descriptor.mediaType),
            let manifest = try? JSON.decode(ImageManifest.self, bytes, document: ""),
            let configuration = Digest(manifest.config.digest)
        else { return nil }
        return (try? readDocument(configuration, "configuration")) == nil ? manifest.config : nil
    }
}
