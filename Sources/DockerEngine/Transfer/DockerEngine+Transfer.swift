import Engine
import FoundationEssentials

extension DockerEngine: ImageTransferring {
    /// See `ImageTransferring`.
    public func pull(_ request: PullRequest, progress: @escaping TransferProgress) async throws -> [PulledImage] {
        let (name, tag) = Self.split(request.reference)
        var query: DockerCall.Query = [("fromImage", request.reference.contains("@") ? request.reference : name)]
        // Without a tag the engine fetches all of them.
        if !request.allTags, !tag.isEmpty { query.append(("tag", tag)) }
        if let platform = request.platform { query.append(("platform", platform)) }
        let before = try? await inspectImage(request.reference).image.id
        progress(.began(reference: request.reference))
        let reading = try await transfer("/images/create", query, request.reference, "pull", isPush: false, progress)
        if request.allTags {
            let found = try await images().flatMap { image in
                image.tags.filter { Self.split($0).name == name }.map { ($0, image) }
            }
            return found.sorted { $0.0 < $1.0 }.map {
                PulledImage(reference: $0, fullReference: $0, id: $1.id, digest: $1.digest, isUpToDate: false)
            }
        }
        let image = try await inspectImage(request.reference).image
        let short = request.reference.contains("@") ? request.reference : "\(name):\(tag)"
        return [
            PulledImage(
                reference: short, fullReference: Self.full(short), id: image.id,
                digest: reading.digest.isEmpty ? image.digest : reading.digest,
                isUpToDate: reading.isUpToDate || before == image.id)
        ]
    }

    /// See `ImageTransferring`.
    public func push(_ request: PushRequest, progress: @escaping TransferProgress) async throws -> [PushedImage] {
        let (name, tag) = Self.split(request.reference)
        var references = ["\(name):\(tag)"]
        if request.allTags {
            references = try await images().flatMap(\.tags).filter { Self.split($0).name == name }.sorted()
            if references.isEmpty { throw EngineError(.notFound, "there is no image \(name) to push") }
        }
        var pushed: [PushedImage] = []
        for reference in references {
            progress(.began(reference: reference))
            let reading = try await transfer(
                "/images/\(DockerCall.parts(name))/push", [("tag", Self.split(reference).tag)], reference, "push",
                isPush: true, progress)
            pushed.append(PushedImage(reference: reference, digest: reading.digest, size: reading.size))
        }
        return pushed
    }

    /// Within one engine a copy is another name.
    public func copyImage(_ copy: ImageCopy, progress: @escaping TransferProgress) async throws -> String {
        guard case .store(let source) = copy.source, case .store(let destination) = copy.destination else {
            throw EngineError(
                .unsupported, "\(client.title) copies images to other names of its own alone",
                hint: "pull and push go to registries, save and load to archives")
        }
        try await tag(source, as: destination)
        return try await inspectImage(destination).image.digest
    }

    private func transfer(
        _ path: String, _ query: DockerCall.Query, _ reference: String, _ verb: String, isPush: Bool,
        _ progress: @escaping TransferProgress
    ) async throws -> TransferReading {
        var call = DockerCall("POST", path, query, purpose: "\(verb) \(reference)").patient
        if let credentials = try await configuration.credentials(Self.registry(reference)) {
            call.headers.append(("X-Registry-Auth", Self.header(credentials, Self.registry(reference))))
        } else if isPush {
            // The API wants the field there, whatever is in it.
            call.headers.append(("X-Registry-Auth", "e30="))
        }
        var reading = TransferReading(progress)
        var documents = DockerDocuments(try await client.stream(call), title: client.title)
        while let nodes = try await documents.next() {
            for node in nodes {
                do throws(EngineError) { try reading.take(node) } catch {
                    throw EngineError(error.code, "cannot \(verb) \(reference): \(error.message)")
                }
            }
        }
        return reading
    }

    /// The registry's host in a reference; Docker Hub's where none is.
    static func registry(_ reference: String) -> String {
        guard let slash = reference.firstIndex(of: "/") else { return "docker.io" }
        let first = reference[..<slash]
        return first.contains(".") || first.contains(":") || first == "localhost" ? String(first) : "docker.io"
    }

    /// A reference as docker's own command line prints it in full.
    static func full(_ reference: String) -> String {
        if registry(reference) != "docker.io" || reference.hasPrefix("docker.io/") { return reference }
        return reference.contains("/") ? "docker.io/\(reference)" : "docker.io/library/\(reference)"
    }

    private static func header(_ credentials: DockerCredentials, _ registry: String) -> String {
        var node: [String: JSONNode] = [
            "serveraddress": .string(registry == "docker.io" ? "https://index.docker.io/v1/" : registry)
        ]
        if let token = credentials.identityToken {
            node["identitytoken"] = .string(token)
        } else {
            node["username"] = .string(credentials.username)
            node["password"] = .string(credentials.password)
        }
        let text = Data(JSONNode.object(node).text.utf8).base64EncodedString()
        return text.replacing("+", with: "-").replacing("/", with: "_")
    }
}

extension DockerEngine: RegistryBrowsing {
    /// See `RegistryBrowsing`.
    public func search(_ search: RegistrySearch) async throws -> [FoundRepository] {
        let call = DockerCall(
            "GET", "/images/search", [("term", search.term), ("limit", "\(search.limit)")],
            purpose: "search for \(search.term)")
        return try await client.json(call).items.compactMap { item in
            guard let name = item["name"]?.words else { return nil }
            return FoundRepository(
                name: name, description: item["description"]?.string ?? "",
                stars: Int(clamping: item["star_count"]?.integer ?? 0),
                isOfficial: item["is_official"]?.isTrue ?? false,
                isAutomated: item["is_automated"]?.isTrue ?? false)
        }.filter { found in
            found.stars >= search.minimumStars ?? 0 && found.isOfficial == search.isOfficial ?? found.isOfficial
                && found.isAutomated == search.isAutomated ?? found.isAutomated
        }
    }

    private var isSpyhopsOwn: EngineError {
        EngineError(
            .unsupported, "\(client.title) does not look into registries for others",
            hint: "leave out --engine: Spyhop does it itself")
    }

    /// See `RegistryBrowsing`.
    public func remoteTags(_ repository: String) async throws -> [String] { throw isSpyhopsOwn }

    /// See `RegistryBrowsing`.
    public func inspectRemoteImage(_ reference: String, platform: String?) async throws -> RemoteImage {
        throw isSpyhopsOwn
    }

    /// See `RegistryBrowsing`.
    public func login(registry: String?, username: String, password: String) async throws -> String {
        throw isSpyhopsOwn
    }

    /// See `RegistryBrowsing`.
    public func logout(registry: String?) async throws -> Bool { throw isSpyhopsOwn }

    /// See `RegistryBrowsing`.
    public func loggedInUser(registry: String?) async throws -> String? {
        try await configuration.credentials(registry ?? "docker.io")?.username
    }
}
