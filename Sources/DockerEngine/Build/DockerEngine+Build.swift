import Engine
import FoundationEssentials
import Glibc

extension DockerEngine: ImageBuilding {
    /// See `ImageBuilding`.
    public func build(
        _ request: BuildRequest, progress: @escaping BuildProgress, onFailure: BuildFailureHandler?
    ) async throws -> BuiltImage {
        try Self.refuse(request)
        guard let pack = configuration.packContext else {
            throw EngineError(.unsupported, "\(client.title) is given no context to build from")
        }
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else {
            throw EngineError(.system, "cannot open a pipe for the build: \(String(cString: strerror(errno)))")
        }
        let (reading, writing) = (ends[0], ends[1])
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        let packing = Task {
            defer { _ = close(writing) }
            if case .remote = request.context { return }
            try await pack(request, writing)
        }
        defer {
            packing.cancel()
            _ = close(reading)
        }
        return try await send(request, reading, packing, progress)
    }

    private func send(
        _ request: BuildRequest, _ context: Int32, _ packing: Task<Void, any Error>, _ progress: @escaping BuildProgress
    ) async throws -> BuiltImage {
        var call = DockerCall("POST", "/build", try Self.query(request), purpose: "build an image").patient
        call.headers = try await registryHeaders()
        if case .remote = request.context {
        } else {
            call.body = .stream(type: "application/x-tar") { try await Descriptors.read(context) }
        }
        var reading = BuildReading(now: { .now }, progress)
        var documents = DockerDocuments(try await client.stream(call), title: client.title)
        while let nodes = try await documents.next() {
            for node in nodes { try reading.take(node) }
        }
        reading.finish()
        // What was wrong with the context is told by whoever packed it.
        if reading.imageID == nil { try await packing.value }
        guard let id = reading.imageID else {
            throw EngineError(.system, "the build ended without an image", hint: "what the builder said is above")
        }
        let full = (try? await inspectImage(id).image.id) ?? ImageID(rawValue: ContainerReading.digest(id))
        return BuiltImage(id: full, digest: nil, names: request.tags)
    }

    /// Bases may come from any registry: the engine wants to know all names and passwords beforehand; only those of
    /// registries that are named in the request are known here.
    private func registryHeaders() async throws -> [(name: String, value: String)] {
        guard let hub = try await configuration.credentials("docker.io") else { return [] }
        let entry = JSONNode.object(["username": .string(hub.username), "password": .string(hub.password)])
        let text = JSONNode.object(["https://index.docker.io/v1/": entry]).text
        return [("X-Registry-Config", Data(text.utf8).base64EncodedString())]
    }

    /// What needs a session of BuildKit's, or is Spyhop's own.
    private static func refuse(_ request: BuildRequest) throws(EngineError) {
        let wishes: [(Bool, String)] = [
            (!request.secrets.isEmpty, "--secret"), (!request.sshAgents.isEmpty, "--ssh"),
            (!request.namedContexts.isEmpty, "--build-context"), (!request.cacheTo.isEmpty, "--cache-to"),
            (!request.noCacheFilter.isEmpty, "--no-cache-filter"), (!request.entitlements.isEmpty, "--allow"),
            (request.sourceDateEpoch != nil, "SOURCE_DATE_EPOCH"),
            (request.outputs.contains { if case .image(_, push: false) = $0 { false } else { true } }, "--output"),
        ]
        guard let wish = wishes.first(where: \.0)?.1 else { return }
        throw EngineError(
            .unsupported, "\(wish) needs a builder that asks back, which the engine's own does not",
            hint: "build with Spyhop (without --engine) and copy the image: spyhop image copy")
    }

    static func query(_ request: BuildRequest) throws(EngineError) -> DockerCall.Query {
        var query: DockerCall.Query = request.tags.map { ("t", $0) }
        switch (request.context, request.file) {
        case (.remote(let location), .path(let path)): query += [("remote", location), ("dockerfile", path)]
        case (.remote(let location), _): query.append(("remote", location))
        case (.archive, .path(let path)): query.append(("dockerfile", path))
        case (.archive, .text):
            throw EngineError(
                .unsupported, "a Dockerfile of one's own for a context that is an archive",
                hint: "put it into the archive")
        case (.archive, _): break
        case (.directory, _), (.empty, _): query.append(("dockerfile", dockerfile))
        }
        if let target = request.target { query.append(("target", target)) }
        if !request.arguments.isEmpty { query.append(("buildargs", JSONNode.texts(request.arguments).text)) }
        if !request.labels.isEmpty { query.append(("labels", JSONNode.texts(request.labels).text)) }
        if let platform = request.platform { query.append(("platform", platform)) }
        if request.noCache { query.append(("nocache", "1")) }
        if request.pull { query.append(("pull", "1")) }
        if request.squash { query.append(("squash", "1")) }
        if request.network != .default { query.append(("networkmode", request.network.rawValue)) }
        if !request.extraHosts.isEmpty { query.append(("extrahosts", request.extraHosts.joined(separator: ","))) }
        if let size = request.sharedMemory { query.append(("shmsize", "\(size)")) }
        if let memory = request.limits.memory { query.append(("memory", "\(memory)")) }
        if let swap = request.limits.memorySwap { query.append(("memswap", "\(swap)")) }
        if let shares = request.limits.cpuShares { query.append(("cpushares", "\(shares)")) }
        if let quota = request.limits.cpuQuota { query.append(("cpuquota", "\(quota)")) }
        if let period = request.limits.cpuPeriod { query.append(("cpuperiod", "\(period)")) }
        if let cpus = request.limits.cpusetCPUs { query.append(("cpusetcpus", cpus)) }
        let images = request.cacheFrom.compactMap { location -> String? in
            if case .registry(let reference, _) = location { reference } else { nil }
        }
        if !images.isEmpty { query.append(("cachefrom", JSONNode.strings(images).text)) }
        return query
    }

    /// The name that the Dockerfile has in every context that is sent.
    public static let dockerfile = ".spyhop-dockerfile"

    /// See `ImageBuilding`.
    public func checkBuild(_ request: BuildRequest) async throws -> [BuildWarning] {
        throw EngineError(.unsupported, "\(client.title) checks no Dockerfiles", hint: "leave out --engine")
    }

    /// See `ImageBuilding`.
    public func outlineBuild(_ request: BuildRequest) async throws -> BuildOutline {
        throw EngineError(.unsupported, "\(client.title) outlines no Dockerfiles", hint: "leave out --engine")
    }

    /// See `ImageBuilding`.
    public func buildCache() async throws -> [BuildCacheRecord] {
        let answer = try await client.json(
            DockerCall("GET", "/system/df", purpose: "list what builds have kept").patient)
        return (answer["BuildCache"]?.items ?? []).compactMap(BuildCacheReading.record)
            .sorted { $0.lastUsedAt > $1.lastUsedAt }
    }

    /// See `ImageBuilding`.
    public func pruneBuildCache(_ prune: BuildCachePrune) async throws -> [BuildCacheRecord] {
        guard try await !client.version.isPodman else {
            throw EngineError(
                .unsupported, "\(client.title) keeps what builds have made as images, not by itself",
                hint: "spyhop image prune removes those without a name")
        }
        let before = try await buildCache()
        var query: DockerCall.Query = [("all", prune.all ? "1" : "0")]
        if let keep = prune.keepBytes { query.append(("keep-storage", "\(keep)")) }
        var filters: [String: JSONNode] = [:]
        if let since = prune.unusedSince {
            filters["until"] = .strings([GoDuration.text(max(0, Timestamp.now.nanoseconds - since.nanoseconds))])
        }
        if !prune.ids.isEmpty { filters["id"] = .strings(prune.ids) }
        if !prune.kinds.isEmpty { filters["type"] = .strings(prune.kinds.map(\.rawValue).sorted()) }
        if !filters.isEmpty { query.append(("filters", JSONNode.object(filters).text)) }
        let answer = try await client.json(
            DockerCall("POST", "/build/prune", query, purpose: "remove what builds have kept").patient)
        let gone = Set(answer["CachesDeleted"]?.strings ?? [])
        return before.filter { gone.contains($0.id) }
    }
}
