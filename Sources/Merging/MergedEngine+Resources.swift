import Engine

extension MergedEngine: NetworkManaging {
    private func network(_ text: String) async throws -> (engine: any ContainerEngine, reference: String, name: String)
    {
        let (member, reference, _) = try await holder(of: text, "network") { try await $0.inspectNetwork($1) }
        return (member.engine, reference, member.name)
    }

    /// See `NetworkManaging`.
    public func networks() async throws -> [Network] {
        try await all { try await $0.networks() }.map { member, network in
            var network = network
            network.engine = member.name
            return network
        }.sorted { ($0.name, $0.engine ?? "") < ($1.name, $1.engine ?? "") }
    }

    /// See `NetworkManaging`.
    public func inspectNetwork(_ reference: String) async throws -> Network {
        let (engine, reference, name) = try await network(reference)
        var network = try await engine.inspectNetwork(reference)
        network.engine = name
        return network
    }

    /// See `NetworkManaging`.
    public func createNetwork(_ spec: NetworkSpec) async throws -> NetworkID {
        let (member, name) = try target(spec.name)
        var spec = spec
        spec.name = name
        return try await member.engine.createNetwork(spec)
    }

    /// See `NetworkManaging`.
    public func removeNetwork(_ reference: String) async throws {
        let (engine, reference, _) = try await network(reference)
        try await engine.removeNetwork(reference)
    }

    /// A container joins networks of its own engine.
    public func connect(_ container: String, _ attachment: NetworkAttachment) async throws {
        let (engine, reference, name) = try await self.container(container)
        var attachment = attachment
        attachment.network = try own(attachment.network, of: name, container)
        try await engine.connect(reference, attachment)
    }

    /// See `NetworkManaging`.
    public func disconnect(_ container: String, from network: String, force: Bool) async throws {
        let (engine, reference, name) = try await self.container(container)
        try await engine.disconnect(reference, from: try own(network, of: name, container), force: force)
    }

    private func own(_ text: String, of name: String, _ container: String) throws(EngineError) -> String {
        let reference = EngineReference(text)
        if let other = reference.engine, other != name {
            throw EngineError(
                .conflict, "container \(container) is of \(name), network \(reference.reference) of \(other)",
                hint: "containers join networks of their own engine")
        }
        return reference.reference
    }
}

extension MergedEngine: VolumeManaging {
    private func volume(_ text: String) async throws -> (engine: any ContainerEngine, reference: String, name: String) {
        let (member, reference, _) = try await holder(of: text, "volume") { try await $0.inspectVolume($1) }
        return (member.engine, reference, member.name)
    }

    /// See `VolumeManaging`.
    public func volumes(sizes: Bool) async throws -> [Volume] {
        try await all { try await $0.volumes(sizes: sizes) }.map { member, volume in
            var volume = volume
            volume.engine = member.name
            return volume
        }.sorted { ($0.name, $0.engine ?? "") < ($1.name, $1.engine ?? "") }
    }

    /// See `VolumeManaging`.
    public func inspectVolume(_ name: String) async throws -> Volume {
        let (engine, reference, holder) = try await volume(name)
        var volume = try await engine.inspectVolume(reference)
        volume.engine = holder
        return volume
    }

    /// See `VolumeManaging`.
    public func createVolume(_ spec: VolumeSpec) async throws -> Volume {
        let (member, name) = try target(spec.name ?? "")
        var spec = spec
        if spec.name != nil { spec.name = name }
        var volume = try await member.engine.createVolume(spec)
        volume.engine = member.name
        return volume
    }

    /// See `VolumeManaging`.
    public func removeVolume(_ name: String, force: Bool) async throws {
        let (engine, reference, _) = try await volume(name)
        try await engine.removeVolume(reference, force: force)
    }
}

extension MergedEngine: DiskUsageReporting {
    /// See `DiskUsageReporting`.
    public func diskUsage() async throws -> DiskUsage { try await diskUsage { _ in } }

    /// The sum of all; an engine that cannot tell is left out.
    public func diskUsage(
        progress: @escaping @Sendable (DiskUsageProgress) -> Void
    ) async throws -> DiskUsage {
        let parts = try await all { [try await $0.diskUsage(progress: progress)] }
        var sum = DiskUsage(images: [], containers: [], volumes: [], layers: 0, unusedLayers: 0)
        for (member, part) in parts {
            sum.images += part.images.map { usage in
                var usage = usage
                usage.image = marked(usage.image, member)
                return usage
            }
            sum.containers += part.containers.map { usage in
                var usage = usage
                usage.container = marked(usage.container, member)
                return usage
            }
            sum.volumes += part.volumes.map { volume in
                var volume = volume
                volume.engine = member.name
                return volume
            }
            sum.layers = sum.layers.addingReportingOverflow(part.layers).partialValue
            sum.unusedLayers = sum.unusedLayers.addingReportingOverflow(part.unusedLayers).partialValue
            sum.buildCache += part.buildCache
        }
        return sum
    }
}
