import Engine

extension DockerEngine: VolumeManaging {
    /// See `VolumeManaging`.
    public func volumes(sizes: Bool) async throws -> [Volume] {
        let answer = try await client.json(DockerCall("GET", "/volumes", purpose: "list volumes"))
        var volumes = (answer["Volumes"]?.items ?? []).compactMap(Self.volume)
        let users = try await users()
        let counted = sizes ? try await countedVolumes() : [:]
        for index in volumes.indices {
            volumes[index].users = users[volumes[index].name] ?? []
            volumes[index].size = counted[volumes[index].name]
        }
        return volumes.sorted { $0.name < $1.name }
    }

    /// See `VolumeManaging`.
    public func inspectVolume(_ name: String) async throws -> Volume {
        let call = DockerCall("GET", "/volumes/\(DockerCall.part(name))", purpose: "look at volume \(name)")
        guard var volume = Self.volume(try await client.json(call)) else {
            throw EngineError(.corrupted, "what \(client.title) tells of volume \(name) is no volume")
        }
        volume.users = try await users()[volume.name] ?? []
        return volume
    }

    /// See `VolumeManaging`.
    public func createVolume(_ spec: VolumeSpec) async throws -> Volume {
        var body: [String: JSONNode] = [
            "Driver": .string(spec.driver), "DriverOpts": .texts(spec.options), "Labels": .texts(spec.labels),
        ]
        if let name = spec.name { body["Name"] = .string(name) }
        let call = DockerCall("POST", "/volumes/create", purpose: "create volume \(spec.name ?? "")")
        guard let volume = Self.volume(try await client.json(call.with(.object(body)))) else {
            throw EngineError(.corrupted, "what \(client.title) tells of the volume that it made is no volume")
        }
        return volume
    }

    /// See `VolumeManaging`.
    public func removeVolume(_ name: String, force: Bool) async throws {
        let call = DockerCall(
            "DELETE", "/volumes/\(DockerCall.part(name))", [("force", force ? "1" : "0")],
            purpose: "remove volume \(name)")
        try await client.done(call)
    }

    static func volume(_ node: JSONNode) -> Volume? {
        guard let name = node["Name"]?.words else { return nil }
        let labels = node["Labels"]?.texts ?? [:]
        // Who made it without a name: docker marks it since 23, before that its name is 64 digits.
        let isAnonymous =
            labels["com.docker.volume.anonymous"] != nil || node["Anonymous"]?.isTrue ?? false
            || (name.utf8.count == 64
                && name.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
        return Volume(
            name: name, createdAt: node["CreatedAt"]?.moment ?? Timestamp(seconds: 0),
            driver: node["Driver"]?.string ?? "local", mountpoint: node["Mountpoint"]?.string ?? "",
            options: node["Options"]?.texts ?? [:], labels: labels, isAnonymous: isAnonymous,
            size: node["UsageData"]?["Size"]?.integer.flatMap { $0 < 0 ? nil : $0 })
    }

    /// Which containers mount which volume, running or not.
    private func users() async throws -> [String: [String]] {
        let list = try await client.json(
            DockerCall("GET", "/containers/json", [("all", "1")], purpose: "list containers"))
        var users: [String: [String]] = [:]
        for container in list.items {
            guard let id = container["Id"]?.words else { continue }
            for mount in container["Mounts"]?.items ?? [] where mount["Type"]?.string == "volume" {
                if let name = mount["Name"]?.words { users[name, default: []].append(id) }
            }
        }
        return users
    }

    private func countedVolumes() async throws -> [String: Int64] {
        let answer = try await client.json(
            DockerCall("GET", "/system/df", purpose: "count what volumes take on the disk").patient)
        return Dictionary(
            (answer["Volumes"]?.items ?? []).compactMap { node in
                node["Name"]?.words.flatMap { name in
                    node["UsageData"]?["Size"]?.integer.flatMap { $0 < 0 ? nil : (name, $0) }
                }
            }, uniquingKeysWith: { first, _ in first })
    }
}
