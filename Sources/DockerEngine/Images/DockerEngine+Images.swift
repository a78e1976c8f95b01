import Engine

extension DockerEngine: ImageManaging {
    private func image(_ method: String, _ reference: String, _ rest: String, _ purpose: String) throws -> DockerCall {
        guard !reference.isEmpty else { throw EngineError(.invalidArgument, "an image's name is empty") }
        return DockerCall(method, "/images/\(DockerCall.parts(reference))\(rest)", purpose: "\(purpose) \(reference)")
    }

    /// See `ImageManaging`.
    public func images() async throws -> [Image] {
        let answer = try await client.json(DockerCall("GET", "/images/json", purpose: "list images"))
        return answer.items.compactMap(ImageReading.listed).sorted {
            ($0.createdAt ?? Timestamp(seconds: 0), $0.id.rawValue) > (
                $1.createdAt ?? Timestamp(seconds: 0), $1.id.rawValue
            )
        }
    }

    /// See `ImageManaging`.
    public func inspectImage(_ reference: String) async throws -> ImageDetails {
        let node = try await client.json(try image("GET", reference, "/json", "look at image"))
        guard let details = ImageReading.details(node) else {
            throw EngineError(.corrupted, "what \(client.title) tells of image \(reference) is no image")
        }
        return details
    }

    /// See `ImageManaging`.
    public func load(fromDescriptor descriptor: Int32) async throws -> [String] {
        var call = DockerCall("POST", "/images/load", [("quiet", "1")], purpose: "load images")
        call.body = .stream(type: "application/x-tar") { try await Descriptors.read(descriptor) }
        let stream = try await client.stream(call.patient)
        var names: [String] = []
        var documents = DockerDocuments(stream, title: client.title)
        while let nodes = try await documents.next() {
            for node in nodes {
                if let words = node["error"]?.words {
                    throw EngineError(.invalidArgument, "cannot load images: \(words)")
                }
                names += Self.loaded(node["stream"]?.string ?? "")
            }
        }
        return names
    }

    /// `Loaded image: NAME`, `Loaded image ID: sha256:…`, from podman several with commas.
    static func loaded(_ text: String) -> [String] {
        text.split(whereSeparator: \.isNewline).flatMap { line -> [String] in
            for beginning in ["Loaded image ID: ", "Loaded image(s): ", "Loaded image: "]
            where line.hasPrefix(beginning) {
                return line.dropFirst(beginning.count).split(separator: ",").map {
                    $0.trimmingPrefix { $0 == " " }.description
                }
            }
            return []
        }
    }

    /// See `ImageManaging`.
    public func importRoot(_ source: ImageImport) async throws -> ImageID {
        guard case .archive(let descriptor) = source.source else {
            throw EngineError(
                .unsupported, "\(client.title) imports archives, not directories",
                hint: "tar -C DIRECTORY -c . | spyhop import -")
        }
        var query: DockerCall.Query = [("fromSrc", "-")]
        if let reference = source.reference {
            let (name, tag) = Self.split(reference)
            // Podman 4 does not look at the tag beside the name.
            query.append(("repo", tag.isEmpty ? name : "\(name):\(tag)"))
        }
        if let message = source.message { query.append(("message", message)) }
        query += source.changes.map { ("changes", $0) }
        var call = DockerCall("POST", "/images/create", query, purpose: "import an image")
        call.body = .stream(type: "application/x-tar") { try await Descriptors.read(descriptor) }
        var documents = DockerDocuments(try await client.stream(call.patient), title: client.title)
        var id: String?
        while let nodes = try await documents.next() {
            for node in nodes {
                if let words = node["error"]?.words { throw EngineError(.invalidArgument, "cannot import: \(words)") }
                if let status = node["status"]?.words { id = status }
            }
        }
        guard let id else { throw EngineError(.corrupted, "\(client.title) tells no identifier of the image") }
        return ImageID(rawValue: ContainerReading.digest(id))
    }

    /// See `ImageManaging`.
    public func save(_ references: [String], toDescriptor descriptor: Int32) async throws {
        let call = DockerCall(
            "GET", "/images/get", references.map { ("names", $0) },
            purpose: "save \(references.joined(separator: ", "))")
        try await Descriptors.copy(try await client.stream(call.patient), to: descriptor)
    }

    /// See `ImageManaging`.
    public func tag(_ reference: String, as newReference: String) async throws {
        let (name, tag) = Self.split(newReference)
        var call = try image("POST", reference, "/tag", "tag image")
        call.query = [("repo", name), ("tag", tag)]
        try await client.done(call)
    }

    /// See `ImageManaging`.
    public func removeImage(_ reference: String, force: Bool) async throws -> [ImageRemoval] {
        var call = try image("DELETE", reference, "", "remove image")
        call.query = [("force", force ? "1" : "0")]
        call.patience = .seconds(120)
        return try await client.json(call).items.compactMap { item in
            if let name = item["Untagged"]?.words { return .untagged(name) }
            return item["Deleted"]?.words.map { .deleted($0) }
        }
    }

    /// Name and tag of a reference; a port is no tag.
    static func split(_ reference: String) -> (name: String, tag: String) {
        let slash = reference.lastIndex(of: "/") ?? reference.startIndex
        guard let colon = reference[slash...].lastIndex(of: ":"), !reference.contains("@") else {
            return (reference, reference.contains("@") ? "" : "latest")
        }
        return (String(reference[..<colon]), String(reference[reference.index(after: colon)...]))
    }
}

extension DockerEngine: ImageExploring {
    private func cannotLook(_ what: String, _ reference: String) -> EngineError {
        EngineError(
            .unsupported, "\(client.title) does not \(what)",
            hint: "spyhop image copy \(name)::\(reference) \(reference) brings it to Spyhop, which does")
    }

    /// See `ImageExploring`.
    public func imageHistory(_ reference: String) async throws -> [ImageHistoryEntry] {
        try await client.json(try image("GET", reference, "/history", "read the history of image")).items
            .map(ImageReading.history)
    }

    /// See `ImageExploring`.
    public func imageLayers(_ reference: String) async throws -> ImageLayers {
        throw cannotLook("tell the files of layers", reference)
    }

    /// See `ImageExploring`.
    public func compareImages(_ first: String, _ second: String) async throws -> ImageDifference {
        throw cannotLook("compare images", first)
    }

    /// Images by layers that they share, as far as their lists of layers tell.
    public func imageTree() async throws -> [ImageTreeNode] {
        throw EngineError(.unsupported, "\(client.title) does not tell how large single layers are")
    }

    /// See `ImageExploring`.
    public func readImageFile(_ reference: String, path: String, toDescriptor descriptor: Int32) async throws {
        throw cannotLook("read files of images", reference)
    }

    /// See `ImageExploring`.
    public func verifyImages(
        _ references: [String], repair: Bool, progress: @escaping TransferProgress
    ) async throws -> [ImageVerification] {
        throw EngineError(.unsupported, "\(client.title) checks its images itself, when it pulls them")
    }
}
