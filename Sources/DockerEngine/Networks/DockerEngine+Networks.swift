import Engine

extension DockerEngine: NetworkManaging {
    /// See `NetworkManaging`.
    public func networks() async throws -> [Network] {
        let answer = try await client.json(DockerCall("GET", "/networks", purpose: "list networks"))
        return answer.items.compactMap(NetworkReading.network).sorted {
            ($0.name, $0.id.rawValue) < ($1.name, $1.id.rawValue)
        }
    }

    /// See `NetworkManaging`.
    public func inspectNetwork(_ reference: String) async throws -> Network {
        let call = DockerCall(
            "GET", "/networks/\(DockerCall.part(reference))", purpose: "look at network \(reference)")
        guard let network = NetworkReading.network(try await client.json(call)) else {
            throw EngineError(.corrupted, "what \(client.title) tells of network \(reference) is no network")
        }
        return network
    }

    /// See `NetworkManaging`.
    public func createNetwork(_ spec: NetworkSpec) async throws -> NetworkID {
        let call = DockerCall("POST", "/networks/create", purpose: "create network \(spec.name)")
        let answer = try await client.json(call.with(NetworkReading.document(spec)))
        guard let id = answer["Id"]?.words else {
            throw EngineError(.corrupted, "\(client.title) tells no identifier of network \(spec.name)")
        }
        return NetworkID(rawValue: id)
    }

    /// See `NetworkManaging`.
    public func removeNetwork(_ reference: String) async throws {
        do {
            try await client.done(
                DockerCall("DELETE", "/networks/\(DockerCall.part(reference))", purpose: "remove network \(reference)"))
        } catch let error as EngineError where error.code == .denied && error.message.contains("active endpoints") {
            // Docker says "forbidden" where containers are on it.
            throw EngineError(.conflict, error.message, hint: "disconnect or remove its containers first")
        }
    }

    /// See `NetworkManaging`.
    public func connect(_ container: String, _ attachment: NetworkAttachment) async throws {
        let call = DockerCall(
            "POST", "/networks/\(DockerCall.part(attachment.network))/connect",
            purpose: "connect container \(container) to network \(attachment.network)")
        try await client.done(
            call.with(
                .object(["Container": .string(container), "EndpointConfig": ContainerWriting.endpoint(attachment)])))
    }

    /// See `NetworkManaging`.
    public func disconnect(_ container: String, from network: String, force: Bool) async throws {
        let call = DockerCall(
            "POST", "/networks/\(DockerCall.part(network))/disconnect",
            purpose: "disconnect container \(container) from network \(network)")
        try await client.done(call.with(.object(["Container": .string(container), "Force": .bool(force)])))
    }
}
