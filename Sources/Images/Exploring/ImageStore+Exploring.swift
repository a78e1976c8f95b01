import Engine
import OCI

/// Images looked into. Hold them against collectors meanwhile: `withImagesHeld`.
extension ImageStore {
    /// The steps that made an image, newest first.
    public func history(_ reference: String) throws(EngineError) -> [ImageHistoryEntry] {
        let index = try readIndex()
        let image = try find(reference, in: index).image
        let all = try allSteps(index)
        guard let steps = all.first(where: { $0.id == image.id }) else { return [] }
        return steps.entries(among: all)
    }

    /// The layers of an image with all their files. An image that is not unpacked yet is unpacked.
    /// - Parameter isCancelled: is asked in every directory.
    public func layers(
        _ reference: String, unless isCancelled: @escaping () -> Bool = { false }
    ) throws(EngineError) -> ImageLayers {
        let stored = try find(reference, in: try readIndex()).image
        let directories = try directories(stored)
        // Sizes are known once it is unpacked.
        let image = try inspect(stored.id.rawValue).image
        let merge = try LayerMerge(directories, bounds: ExploringBounds(isCancelled: isCancelled))
        let instructions = try steps(stored, tags: []).instructions
        let digests = stored.manifest.layers.map(\.digest)
        let layers = stored.diffIDs.enumerated().map { number, diffID in
            ImageLayer(
                diffID: diffID.description, digest: digests[number], size: merge.sizes[number],
                createdBy: instructions[number], files: merge.files[number])
        }
        return ImageLayers(image: image, layers: layers, waste: merge.waste)
    }

    /// The second image seen from the first. Images that are not unpacked yet are unpacked.
    /// - Parameter isCancelled: is asked in every directory.
    public func compare(
        _ first: String, _ second: String, unless isCancelled: @escaping () -> Bool = { false }
    ) throws(EngineError) -> ImageDifference {
        let index = try readIndex()
        let (old, new) = (try find(first, in: index).image, try find(second, in: index).image)
        let (oldLayers, newLayers) = (try directories(old), try directories(new))
        let files = try ImageFileComparison(
            oldLayers.map { ($0.name, $0) }, newLayers.map { ($0.name, $0) },
            bounds: ExploringBounds(isCancelled: isCancelled)
        ) { (first, second, path) throws(EngineError) in
            try ContentComparison.isSame(path, in: oldLayers[first], newLayers[second])
        }
        let shared = zip(old.diffIDs, new.diffIDs).prefix { $0 == $1 }.map(\.0.description)
        return ImageDifference(
            sharedLayers: shared, files: files.differences,
            settings: SettingComparison.differences(old.configuration, new.configuration))
    }

    /// All images by the layers that they stand on.
    public func hierarchy() throws(EngineError) -> [ImageTreeNode] {
        let images = Dictionary(try images().map { ($0.id, $0) }) { first, _ in first }
        let members = try allSteps(try readIndex()).compactMap { steps in
            images[steps.id].map { ImageHierarchy.Member(image: $0, layers: Array(zip(steps.layers, steps.sizes))) }
        }
        return ImageHierarchy.nodes(members)
    }

    /// Unpacked layers, lowest first.
    private func directories(_ image: StoredImage) throws(EngineError) -> [LayerDirectory] {
        let resolved = try resolve(image.id.rawValue)
        var directories: [LayerDirectory] = []
        for name in resolved.layers.reversed() {
            directories.append(try LayerDirectory(name, in: resolved.layersDirectory))
        }
        guard directories.count == image.diffIDs.count else {
            throw EngineError(.corrupted, "image \(image.id.short) has another number of layers than its directories")
        }
        return directories
    }

    /// Every image once. One whose documents are damaged is left out.
    private func allSteps(_ index: ImageIndex) throws(EngineError) -> [ImageSteps] {
        var all: [ImageID: ImageSteps] = [:]
        for descriptor in index.manifests {
            guard let stored = try? readImage(descriptor) else { continue }
            let name = descriptor.reference?.familiar
            if all[stored.id] == nil { all[stored.id] = try steps(stored, tags: []) }
            if let name { all[stored.id]?.tags.append(name) }
        }
        return all.values.map { steps in
            var steps = steps
            steps.tags.sort()
            return steps
        }
    }

    private func steps(_ stored: StoredImage, tags: [String]) throws(EngineError) -> ImageSteps {
        var sizes: [Int64] = []
        for (diffID, layer) in zip(stored.diffIDs, stored.manifest.layers) {
            // Not unpacked yet: what is stored is the best that is known.
            sizes.append(try findLayer(diffID)?.record.size ?? layer.size)
        }
        return ImageSteps(
            id: stored.id, tags: tags, layers: stored.diffIDs.map(\.description), sizes: sizes,
            history: stored.configuration.history ?? [])
    }
}
