import Engine

extension MergedEngine: ImageManaging {
    /// The engine that has an image.
    func image(_ text: String) async throws -> (engine: any ContainerEngine, reference: String, name: String) {
        let (member, reference, _) = try await holder(of: text, "image") { try await $0.inspectImage($1) }
        return (member.engine, reference, member.name)
    }

    /// An image that says whose it is. The same one may be in several engines: its identifier says so as well.
    func marked(_ image: Image, _ member: Member) -> Image {
        var image = image
        image.engine = member.name
        if members.count > 1 { image.id = identifier(image.id, member) }
        return image
    }

    func identifier(_ id: ImageID, _ member: Member) -> ImageID {
        members.count > 1 && !id.rawValue.isEmpty
            ? ImageID(rawValue: EngineReference.text(id.rawValue, of: member.name)) : id
    }

    /// See `ImageManaging`.
    public func images() async throws -> [Image] {
        try await all { try await $0.images() }.map { member, image in marked(image, member) }.sorted {
            ($0.createdAt ?? Timestamp(seconds: 0), $0.id.rawValue) > (
                $1.createdAt ?? Timestamp(seconds: 0), $1.id.rawValue
            )
        }
    }

    /// See `ImageManaging`.
    public func inspectImage(_ reference: String) async throws -> ImageDetails {
        let (member, reference, found) = try await holder(of: reference, "image") { try await $0.inspectImage($1) }
        var details: ImageDetails
        if let found { details = found } else { details = try await member.engine.inspectImage(reference) }
        details.image = marked(details.image, member)
        return details
    }

    /// See `ImageManaging`.
    public func load(fromDescriptor descriptor: Int32) async throws -> [String] {
        try await target("").0.engine.load(fromDescriptor: descriptor)
    }

    /// See `ImageManaging`.
    public func load(fromDirectory path: String) async throws -> [String] {
        try await target("").0.engine.load(fromDirectory: path)
    }

    /// See `ImageManaging`.
    public func importRoot(_ source: ImageImport) async throws -> ImageID {
        let (member, reference) = try target(source.reference ?? "")
        var source = source
        if source.reference != nil { source.reference = reference }
        return try await member.engine.importRoot(source)
    }

    /// See `ImageManaging`.
    public func save(_ references: [String], toDescriptor descriptor: Int32) async throws {
        let (engine, names) = try await together(references)
        try await engine.save(names, toDescriptor: descriptor)
    }

    /// See `ImageManaging`.
    public func save(_ references: [String], as format: ImageFormat, to target: ImageSaveTarget) async throws {
        let (engine, names) = try await together(references)
        try await engine.save(names, as: format, to: target)
    }

    /// The one engine that has all of these images: an archive is written by one of them.
    private func together(_ references: [String]) async throws -> (any ContainerEngine, [String]) {
        var names: [String] = []
        var holder: (engine: any ContainerEngine, name: String)?
        for text in references {
            let (engine, reference, name) = try await image(text)
            if let holder, holder.name != name {
                throw EngineError(
                    .conflict, "the images are in several engines: \(holder.name) and \(name)",
                    hint: "save them one by one, or copy them into one engine first")
            }
            holder = (engine, name)
            names.append(reference)
        }
        guard let holder else { throw EngineError(.invalidArgument, "no image is named") }
        return (holder.engine, names)
    }

    /// See `ImageManaging`.
    public func tag(_ reference: String, as newReference: String) async throws {
        let (engine, reference, name) = try await image(reference)
        let new = EngineReference(newReference)
        if let other = new.engine, other != name {
            throw EngineError(
                .conflict, "\(reference) is in \(name), a name for it in \(other) has nothing to name",
                hint: "spyhop image copy brings it there")
        }
        try await engine.tag(reference, as: new.reference)
    }

    /// See `ImageManaging`.
    public func removeImage(_ reference: String, force: Bool) async throws -> [ImageRemoval] {
        let (engine, reference, _) = try await image(reference)
        return try await engine.removeImage(reference, force: force)
    }

    /// See `ImageManaging`.
    public func removeUnusedContent() async throws -> Int64 {
        try await all { [try await $0.removeUnusedContent()] }.map(\.1).reduce(0) {
            $0.addingReportingOverflow($1).partialValue
        }
    }
}

extension MergedEngine: ImageExploring {
    /// See `ImageExploring`.
    public func imageHistory(_ reference: String) async throws -> [ImageHistoryEntry] {
        let (engine, reference, _) = try await image(reference)
        return try await engine.imageHistory(reference)
    }

    /// See `ImageExploring`.
    public func imageLayers(_ reference: String) async throws -> ImageLayers {
        let (engine, reference, _) = try await image(reference)
        return try await engine.imageLayers(reference)
    }

    /// See `ImageExploring`.
    public func compareImages(_ first: String, _ second: String) async throws -> ImageDifference {
        let (engine, names) = try await together([first, second])
        guard names.count == 2 else { throw EngineError(.invalidArgument, "two images are compared") }
        return try await engine.compareImages(names[0], names[1])
    }

    /// See `ImageExploring`.
    public func imageTree() async throws -> [ImageTreeNode] { try await all { try await $0.imageTree() }.map(\.1) }

    /// See `ImageExploring`.
    public func readImageFile(_ reference: String, path: String, toDescriptor descriptor: Int32) async throws {
        let (engine, reference, _) = try await image(reference)
        try await engine.readImageFile(reference, path: path, toDescriptor: descriptor)
    }

    /// See `ImageExploring`.
    public func imageFiles(_ reference: String, in path: String) async throws -> [LayerFile] {
        let (engine, reference, _) = try await image(reference)
        return try await engine.imageFiles(reference, in: path)
    }

    /// See `ImageExploring`.
    public func verifyImages(
        _ references: [String], repair: Bool, progress: @escaping TransferProgress
    ) async throws -> [ImageVerification] {
        if references.isEmpty {
            return try await target("").0.engine.verifyImages([], repair: repair, progress: progress)
        }
        let (engine, names) = try await together(references)
        return try await engine.verifyImages(names, repair: repair, progress: progress)
    }
}

extension MergedEngine: ImageTransferring {
    /// See `ImageTransferring`.
    public func pull(_ request: PullRequest, progress: @escaping TransferProgress) async throws -> [PulledImage] {
        let (member, reference) = try target(request.reference)
        var request = request
        request.reference = reference
        return try await member.engine.pull(request, progress: progress)
    }

    /// See `ImageTransferring`.
    public func push(_ request: PushRequest, progress: @escaping TransferProgress) async throws -> [PushedImage] {
        var request = request
        let engine: any ContainerEngine
        if request.allTags {
            let (member, reference) = try target(request.reference)
            (engine, request.reference) = (member.engine, reference)
        } else {
            let (holder, reference, _) = try await image(request.reference)
            (engine, request.reference) = (holder, reference)
        }
        return try await engine.push(request, progress: progress)
    }

    /// See `ImageTransferring`.
    public func copyImage(_ copy: ImageCopy, progress: @escaping TransferProgress) async throws -> String {
        try await EngineCopy(engines: self).copy(copy, progress)
    }
}

extension MergedEngine: RegistryBrowsing {
    private var first: any ContainerEngine { get throws { try target("").0.engine } }

    /// See `RegistryBrowsing`.
    public func search(_ search: RegistrySearch) async throws -> [FoundRepository] { try await first.search(search) }

    /// See `RegistryBrowsing`.
    public func remoteTags(_ repository: String) async throws -> [String] { try await first.remoteTags(repository) }

    /// See `RegistryBrowsing`.
    public func inspectRemoteImage(_ reference: String, platform: String?) async throws -> RemoteImage {
        try await first.inspectRemoteImage(reference, platform: platform)
    }

    /// See `RegistryBrowsing`.
    public func login(registry: String?, username: String, password: String) async throws -> String {
        try await first.login(registry: registry, username: username, password: password)
    }

    /// See `RegistryBrowsing`.
    public func logout(registry: String?) async throws -> Bool { try await first.logout(registry: registry) }

    /// See `RegistryBrowsing`.
    public func loggedInUser(registry: String?) async throws -> String? {
        try await first.loggedInUser(registry: registry)
    }
}

extension MergedEngine: ImageBuilding {
    /// See `ImageBuilding`.
    public func build(
        _ request: BuildRequest, progress: @escaping BuildProgress, onFailure: BuildFailureHandler?
    ) async throws -> BuiltImage {
        let (member, _) = try target(request.tags.first ?? "")
        var request = request
        request.tags = request.tags.map { EngineReference($0).reference }
        return try await member.engine.build(request, progress: progress, onFailure: onFailure)
    }

    /// See `ImageBuilding`.
    public func checkBuild(_ request: BuildRequest) async throws -> [BuildWarning] {
        try await first.checkBuild(request)
    }

    /// See `ImageBuilding`.
    public func outlineBuild(_ request: BuildRequest) async throws -> BuildOutline {
        try await first.outlineBuild(request)
    }

    /// See `ImageBuilding`.
    public func buildCache() async throws -> [BuildCacheRecord] { try await all { try await $0.buildCache() }.map(\.1) }

    /// See `ImageBuilding`.
    public func pruneBuildCache(_ prune: BuildCachePrune) async throws -> [BuildCacheRecord] {
        try await all { try await $0.pruneBuildCache(prune) }.map(\.1)
    }
}
