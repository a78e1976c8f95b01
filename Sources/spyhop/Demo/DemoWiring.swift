import Engine

/// What connects the demo's containers: a network on which `chatty` reads what `web` serves, a volume, and a port.
struct DemoWiring {
    static let network = "spyhop-demo"
    static let volume = "spyhop-demo-pages"
    /// The first free one of these is published.
    static let hostPorts: ClosedRange<UInt16> = 8080...8099
    private static let labels = [Demo.label: "yes"]

    let context: CommandContext
    let engine: any ContainerEngine

    /// Makes the network; answers whether there is one.
    func prepare() async throws -> Bool {
        if let network = try? await engine.inspectNetwork(Self.network) {
            guard network.spec.labels[Demo.label] != nil else {
                throw EngineError(
                    .conflict, "there is already a network named \(Self.network) which is not the demo's",
                    hint: "remove it: spyhop network rm \(Self.network)")
            }
            return true
        }
        var spec = NetworkSpec(name: Self.network)
        spec.labels = Self.labels
        do {
            _ = try await engine.createNetwork(spec)
            return true
        } catch {
            try await doWithout(error)
            return false
        }
    }

    /// The request with the demo's network, and for `web` with its volume and its port.
    func connected(_ spec: ContainerSpec) -> ContainerSpec {
        var spec = spec
        var options = NetworkOptions()
        options.attachments = [NetworkAttachment(network: Self.network)]
        spec.networkMode = NetworkMode(rawValue: Self.network)
        if spec.name == "web" {
            options.ports = [PortMapping(hostPorts: Self.hostPorts, container: ExposedPort(8080))]
            var volume = VolumeSpec(name: Self.volume)
            volume.labels = Self.labels
            spec.mounts.append(
                MountSpec(
                    source: .volume(MountSpec.VolumeMount(name: Self.volume, spec: volume)), target: "/srv/www"))
        }
        spec.network = options
        return spec
    }

    /// Starts a container as `spec` has it; where its network cannot be made, as `plain` has it.
    /// - Returns: whether the network works.
    func start(_ spec: ContainerSpec, else plain: ContainerSpec) async throws -> Bool {
        let id = try await engine.create(spec)
        do {
            try await engine.start(id.rawValue)
            return true
        } catch {
            try? await engine.remove(id.rawValue, force: true)
            // What cannot start without a network either has another reason.
            try await engine.start(try await engine.create(plain).rawValue)
            try await doWithout(error)
            return false
        }
    }

    /// Removes network and volume; answers how many of them there were.
    func remove() async throws -> Int {
        var removed = 0
        if let network = try? await engine.inspectNetwork(Self.network), network.spec.labels[Demo.label] != nil {
            try await engine.removeNetwork(Self.network)
            try await context.print("removed network \(Self.network)\n")
            removed += 1
        }
        if let volume = try? await engine.inspectVolume(Self.volume), volume.labels[Demo.label] != nil {
            try await engine.removeVolume(Self.volume, force: false)
            try await context.print("removed volume \(Self.volume)\n")
            removed += 1
        }
        return removed
    }

    private func doWithout(_ reason: any Error) async throws {
        try await context.print("the demo runs without a network of its own: \(reason)\n")
    }
}
