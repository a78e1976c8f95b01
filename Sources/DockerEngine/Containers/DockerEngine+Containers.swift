import Engine

extension DockerEngine: ContainerListing {
    /// A few at a time are asked for: more would only queue in the daemon.
    private static let atOnce = 4

    /// All containers in every state, newest first; as last known where they are watched.
    public func containers() async throws -> [Container] {
        if let known = try await watch.containers() { return known }
        return try await Self.load(client)
    }

    /// Lists and inspects all of them; one that goes meanwhile is left out.
    static func load(_ client: DockerClient) async throws -> [Container] {
        let list = try await client.json(
            DockerCall("GET", "/containers/json", [("all", "1")], purpose: "list containers"))
        let ids = list.items.compactMap { $0["Id"]?.words }
        var found: [Int: Container] = [:]
        try await withThrowingTaskGroup(of: (Int, Container?).self) { group in
            for (place, id) in ids.enumerated() {
                if place >= atOnce, let (place, container) = try await group.next() { found[place] = container }
                group.addTask { (place, try await one(id, client)) }
            }
            for try await (place, container) in group { found[place] = container }
        }
        return ids.indices.compactMap { found[$0] }.sorted { ($0.createdAt, $0.id) > ($1.createdAt, $1.id) }
    }

    /// One container; `nil` when it is gone.
    static func one(_ id: String, _ client: DockerClient) async throws -> Container? {
        do {
            return ContainerReading(try await client.json(inspection(id))).container
        } catch let error as EngineError where error.code == .notFound {
            return nil
        }
    }

    private static func inspection(_ reference: String) -> DockerCall {
        DockerCall("GET", "/containers/\(DockerCall.part(reference))/json", purpose: "look at container \(reference)")
    }

    private func node(_ reference: String) async throws -> (JSONNode, Container) {
        guard !reference.isEmpty else { throw EngineError(.invalidArgument, "a container's name is empty") }
        let node = try await client.json(Self.inspection(reference))
        guard let container = ContainerReading(node).container else {
            throw EngineError(.corrupted, "what \(client.title) tells of container \(reference) is no container")
        }
        return (node, container)
    }

    /// See `ContainerListing`.
    public func container(_ reference: String) async throws -> Container {
        if let known = watch.known(reference) { return known }
        return try await node(reference).1
    }

    /// See `ContainerListing`.
    public func inspect(_ reference: String) async throws -> ContainerDetails {
        let (node, container) = try await node(reference)
        return DetailsReading(node, container).details
    }

    /// See `ContainerListing`.
    public func processes(of reference: String) async throws -> ProcessTable {
        let path = "/containers/\(DockerCall.part(reference))/top"
        // Podman runs the container's own ps for docker's call, and answers nothing where there is none. Its own call reads
        // /proc and knows the host's numbers by other titles.
        let isPodman = try await client.version.isPodman
        let query: DockerCall.Query =
            isPodman
            ? [("stream", "false"), ("ps_args", "huser,hpid,pcpu,etime,tty,time,args")] : [("ps_args", "-ef")]
        let answer = try await client.json(
            DockerCall(
                "GET", isPodman ? "/libpod" + path : path, query,
                purpose: "list processes of container \(reference)"))
        guard let titles = answer["Titles"]?.strings, !titles.isEmpty else {
            throw EngineError(
                .unsupported, "\(client.title) does not tell the processes of container \(reference)",
                hint: "spyhop --engine host top \(reference) looks from outside")
        }
        let ofHost = ["HUSER": "USER", "HPID": "PID"]
        return ProcessTable(
            titles: titles.map { ofHost[$0] ?? $0 }, rows: (answer["Processes"]?.items ?? []).map(\.strings))
    }

    /// See `ContainerListing`.
    public func changes(in reference: String) async throws -> [FileChange] {
        let answer = try await client.json(
            DockerCall(
                "GET", "/containers/\(DockerCall.part(reference))/changes",
                purpose: "list changes of container \(reference)"))
        return answer.items.compactMap { item in
            guard let path = item["Path"]?.words else { return nil }
            let kind: FileChange.Kind =
                switch item["Kind"]?.integer {
                case 1: .added
                case 2: .deleted
                default: .changed
                }
            return FileChange(kind: kind, path: path)
        }.sorted { $0.path < $1.path }
    }
}

extension DockerEngine: ContainerLifecycle {
    private func act(
        _ reference: String, _ verb: String, _ query: DockerCall.Query = [], doing: String? = nil,
        patience: Duration? = .seconds(60)
    ) async throws {
        guard !reference.isEmpty else { throw EngineError(.invalidArgument, "a container's name is empty") }
        var call = DockerCall(
            "POST", "/containers/\(DockerCall.part(reference))/\(verb)", query,
            purpose: "\(doing ?? verb) container \(reference)")
        call.patience = patience
        try await client.done(call)
    }

    /// See `ContainerLifecycle`.
    public func create(_ spec: ContainerSpec) async throws -> ContainerID {
        var query: DockerCall.Query = []
        if let name = spec.name { query.append(("name", name)) }
        var call = DockerCall("POST", "/containers/create", query, purpose: "create a container of \(spec.image)")
            .with(try ContainerWriting(spec: spec).document())
        call.patience = .seconds(120)
        let answer = try await client.json(call)
        guard let id = answer["Id"]?.words else {
            throw EngineError(.corrupted, "\(client.title) tells no identifier of the container that it made")
        }
        // A container is made on one network; the others are joined before it starts.
        for attachment in spec.network?.attachments.dropFirst() ?? [] { try await connect(id, attachment) }
        return ContainerID(rawValue: id)
    }

    /// See `ContainerLifecycle`.
    public func start(_ reference: String) async throws { try await act(reference, "start", patience: .seconds(300)) }

    private func stopping(_ timeout: Int?, _ signal: Int32?) async throws -> (DockerCall.Query, Duration?) {
        var query: DockerCall.Query = []
        if let timeout { query.append(("t", "\(timeout)")) }
        if let signal {
            let version = try await client.version
            guard version.isPodman || version.api >= DockerVersion.Number(major: 1, minor: 42) else {
                throw EngineError(
                    .unsupported, "\(client.title) stops with a container's own signal alone (API \(version.api))",
                    hint: "send the signal by kill, then stop")
            }
            query.append(("signal", "\(signal)"))
        }
        return (query, nil)
    }

    /// See `ContainerLifecycle`.
    public func stop(_ reference: String, timeout: Int?, signal: Int32?) async throws {
        let (query, patience) = try await stopping(timeout, signal)
        try await act(reference, "stop", query, patience: patience)
    }

    /// See `ContainerLifecycle`.
    public func restart(_ reference: String, timeout: Int?, signal: Int32?) async throws {
        let (query, patience) = try await stopping(timeout, signal)
        try await act(reference, "restart", query, patience: patience)
    }

    /// See `ContainerLifecycle`.
    public func kill(_ reference: String, signal: Int32) async throws {
        try await act(reference, "kill", [("signal", "\(signal)")])
    }

    /// See `ContainerLifecycle`.
    public func pause(_ reference: String) async throws { try await act(reference, "pause") }

    /// See `ContainerLifecycle`.
    public func unpause(_ reference: String) async throws { try await act(reference, "unpause") }

    /// See `ContainerLifecycle`.
    public func remove(_ reference: String, force: Bool, volumes: Bool) async throws {
        guard !reference.isEmpty else { throw EngineError(.invalidArgument, "a container's name is empty") }
        var call = DockerCall(
            "DELETE", "/containers/\(DockerCall.part(reference))",
            [("force", force ? "1" : "0"), ("v", volumes ? "1" : "0")], purpose: "remove container \(reference)")
        call.patience = .seconds(120)
        try await client.done(call)
    }

    /// See `ContainerLifecycle`.
    public func rename(_ reference: String, to name: String) async throws {
        try await act(reference, "rename", [("name", name)])
    }

    /// See `ContainerLifecycle`.
    public func update(
        _ reference: String, limits: ResourceLimits, restartPolicy: RestartPolicy?
    ) async throws -> [String] {
        var body = LimitWriting.limits(limits)
        if let restartPolicy { body["RestartPolicy"] = LimitWriting.policy(restartPolicy) }
        let version = try await client.version
        if version.isPodman, (Int(version.program.prefix { $0.isNumber }) ?? 5) < 5 {
            throw EngineError(
                .unsupported, "podman \(version.program) changes no limits through its API", hint: "podman 5 does")
        }
        let answer = try await client.json(
            DockerCall(
                "POST", "/containers/\(DockerCall.part(reference))/update", purpose: "update container \(reference)"
            ).with(.object(body)))
        return answer["Warnings"]?.strings ?? []
    }

    /// See `ContainerLifecycle`.
    public func wait(_ reference: String) async throws -> Int32 {
        let call = DockerCall(
            "POST", "/containers/\(DockerCall.part(reference))/wait", purpose: "wait for container \(reference)")
        let answer = try await client.json(call.patient)
        if let words = answer["Error"]?["Message"]?.words { throw EngineError(.system, words) }
        return Int32(clamping: answer["StatusCode"]?.integer ?? 0)
    }
}
