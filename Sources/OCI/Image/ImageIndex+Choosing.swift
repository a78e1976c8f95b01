import Engine

extension ImageIndex {
    /// The entry that runs on `platform`, the closest variant first.
    /// - Throws: `.notFound`, telling what is offered.
    public func entry(for platform: Platform, named name: String) throws(EngineError) -> Descriptor {
        // `docker buildx` adds attestations as manifests for the platform unknown/unknown.
        let candidates = manifests.filter {
            MediaType.isIndex($0.mediaType) || MediaType.isManifest($0.mediaType)
        }
        let fitting = candidates.filter { $0.platform.map(platform.runs) ?? false }
        if let exact = fitting.first(where: { $0.platform?.variant == platform.variant }) { return exact }
        if let close = fitting.first ?? candidates.first(where: { $0.platform == nil }) { return close }
        let offered = Set(candidates.compactMap(\.platform).filter { $0.os != "unknown" }.map(\.text))
        throw EngineError(
            .notFound, "\(name) has no image for \(platform.text)",
            hint: offered.isEmpty
                ? nil : "it offers \(printable(offered.sorted().joined(separator: ", "))): choose one with --platform")
    }
}
