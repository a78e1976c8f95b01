import Engine
import OCI

/// Finds images by what people write.
extension ImageStore {
    /// An image and the descriptors of the index that lead to it.
    struct Found {
        var image: StoredImage
        /// All descriptors of the same image, with and without names.
        var descriptors: [Descriptor]
        /// The name it was found by; `nil` when it was found by identifier, or by a digest alone.
        var name: ImageReference?
        /// The repository digest it was found by: `docker.io/library/busybox@sha256:…`.
        var repoDigest: String?

        /// Where the image came from or went to, in order.
        var repoDigests: [String] { Set(descriptors.flatMap(\.repoDigests)).sorted() }
    }

    /// By name first, then by identifier, as docker does.
    func find(_ text: String, in index: ImageIndex) throws(EngineError) -> Found {
        if let reference = try? ImageReference(text), let found = try find(reference, in: index) { return found }
        var digits = text[...]
        if text.hasPrefix("sha256:") { digits = text.dropFirst("sha256:".count) }
        guard !digits.isEmpty, digits.utf8.count <= 64,
            digits.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
        else {
            // The name's own fault is worth more than "not found".
            let reference = try ImageReference(text)
            throw notFound(reference.familiar)
        }
        var matches: [ImageID: Found] = [:]
        for descriptor in index.manifests {
            guard let image = try? readImage(descriptor) else { continue }
            let isMatch = image.id.rawValue.hasPrefix("sha256:" + digits) || descriptor.digest == "sha256:" + digits
            guard isMatch else { continue }
            matches[image.id, default: Found(image: image, descriptors: [], name: nil)].descriptors.append(descriptor)
        }
        guard matches.count <= 1 else {
            throw EngineError(
                .conflict,
                "the identifier \(text) fits \(matches.count) images: "
                    + matches.keys.map(\.short).sorted().joined(separator: ", "),
                hint: "give more of its digits")
        }
        guard let found = matches.values.first else { throw notFound(text) }
        return found
    }

    private func find(_ reference: ImageReference, in index: ImageIndex) throws(EngineError) -> Found? {
        var repoDigest = reference.repoDigest
        var match = index.manifests.first { $0.repoDigests.contains { $0 == repoDigest } }
        if match == nil {
            repoDigest = nil
            match = index.manifests.first { descriptor in
                guard let name = descriptor.reference else { return false }
                guard let digest = reference.digest else { return name == reference }
                return descriptor.digest == digest && name.repository == reference.repository
            }
        }
        guard let match else { return nil }
        let image = try readImage(match)
        let others = index.manifests.filter { descriptor in
            descriptor.digest == match.digest
                || (try? readImage(descriptor))?.id == image.id
        }
        let name = repoDigest == nil ? match.reference : nil
        return Found(image: image, descriptors: others, name: name, repoDigest: repoDigest)
    }

    private func notFound(_ text: String) -> EngineError {
        EngineError(
            .notFound, "no such image: \(printable(text))",
            hint: "spyhop images lists what there is; pull, load and import bring more in")
    }
}

extension ImageReference {
    /// `docker.io/library/busybox@sha256:…` for a name with a digest; the tag beside a digest counts for nothing.
    var repoDigest: String? { digest.map { "\(domain)/\(path)@\($0)" } }
}
