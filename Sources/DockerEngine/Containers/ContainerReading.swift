import Engine

/// What `GET /containers/ID/json` tells, in our vocabulary.
struct ContainerReading {
    private let node: JSONNode
    private let host: JSONNode
    private let configuration: JSONNode

    init(_ node: JSONNode) {
        self.node = node
        host = node["HostConfig"] ?? .null
        configuration = node["Config"] ?? .null
    }

    /// The container; `nil` when the answer names none.
    var container: Container? {
        guard let id = node["Id"]?.words else { return nil }
        let name = node["Name"]?.string ?? ""
        var container = Container(
            id: ContainerID(rawValue: id), name: name.hasPrefix("/") ? String(name.dropFirst()) : name,
            image: configuration["Image"]?.string ?? node["ImageName"]?.string ?? "",
            imageID: ImageID(rawValue: Self.digest(node["Image"]?.string ?? "")), command: command,
            createdAt: node["Created"]?.moment ?? Timestamp(seconds: 0), state: state)
        container.labels = configuration["Labels"]?.texts ?? [:]
        container.restartCount = Int(clamping: node["RestartCount"]?.integer ?? 0)
        container.restartPolicy = restartPolicy
        container.limits = limits
        container.mounts = mounts
        container.networkMode = NetworkMode(rawValue: host["NetworkMode"]?.words ?? "bridge")
        container.autoRemove = host["AutoRemove"]?.isTrue ?? false
        container.health = (node["State"]?["Health"]?["Status"]?.string).flatMap(ContainerHealth.init)
        let networks = node["NetworkSettings"]?["Networks"]?.members ?? [:]
        container.networks = networks.keys.sorted()
        container.endpoints = networks.sorted { $0.key < $1.key }.map { endpoint($0.key, $0.value, container) }
        (container.ports, container.exposedPorts) = ports
        return container
    }

    /// Engines write identifiers with and without the digest's kind.
    static func digest(_ text: String) -> String { text.isEmpty || text.contains(":") ? text : "sha256:\(text)" }

    private var command: [String] {
        let words = (node["Path"]?.words).map { [$0] } ?? []
        return words + (node["Args"]?.strings ?? [])
    }

    // MARK: - State

    private var state: ContainerState {
        let state = node["State"] ?? .null
        let startedAt = state["StartedAt"]?.moment
        let pid = Int32(clamping: state["Pid"]?.integer ?? 0)
        let begun = startedAt ?? Timestamp(seconds: 0)
        switch state["Status"]?.string ?? "" {
        case "running", "stopping": return .running(pid: pid, startedAt: begun)
        case "paused": return .paused(pid: pid, startedAt: begun)
        case "restarting": return .restarting(last: exit(state))
        case "exited", "stopped", "removing": return .exited(exit(state))
        case "dead": return .dead
        case "created", "configured", "initialized": return .created
        default:
            if state["Running"]?.isTrue ?? false {
                let isPaused = state["Paused"]?.isTrue ?? false
                return isPaused ? .paused(pid: pid, startedAt: begun) : .running(pid: pid, startedAt: begun)
            }
            return startedAt == nil ? .created : .exited(exit(state))
        }
    }

    private func exit(_ state: JSONNode) -> ContainerState.Exit {
        let code = Int32(clamping: state["ExitCode"]?.integer ?? 0)
        return ContainerState.Exit(
            code: code, signal: (129...192).contains(code) ? code - 128 : nil,
            oomKilled: state["OOMKilled"]?.isTrue ?? false, startedAt: state["StartedAt"]?.moment,
            finishedAt: state["FinishedAt"]?.moment ?? state["StartedAt"]?.moment ?? Timestamp(seconds: 0),
            error: state["Error"]?.words)
    }

    private var restartPolicy: RestartPolicy {
        let policy = host["RestartPolicy"] ?? .null
        switch policy["Name"]?.string ?? "" {
        case "always": return .always
        case "unless-stopped": return .unlessStopped
        case "on-failure":
            let most = policy["MaximumRetryCount"]?.integer ?? 0
            return .onFailure(maximumRetries: most > 0 ? Int(clamping: most) : nil)
        default: return .no
        }
    }

    // MARK: - Limits and mounts

    private func limit(_ name: String) -> Int64? { host[name]?.integer.flatMap { $0 == 0 ? nil : $0 } }

    private func devices(_ name: String, _ value: String = "Rate") -> [DeviceLimit]? {
        let limits = host[name]?.items.compactMap { item in
            item["Path"]?.string.map { DeviceLimit(path: $0, value: item[value]?.counter ?? 0) }
        }
        return limits.flatMap { $0.isEmpty ? nil : $0 }
    }

    private var limits: ResourceLimits {
        var limits = ResourceLimits(
            memory: limit("Memory"), memorySwap: limit("MemorySwap"), memoryReservation: limit("MemoryReservation"),
            nanoCPUs: limit("NanoCpus"), cpuShares: limit("CpuShares"), cpusetCPUs: host["CpusetCpus"]?.words,
            cpusetMems: host["CpusetMems"]?.words, pids: limit("PidsLimit").flatMap { $0 > 0 ? $0 : nil })
        limits.memorySwappiness = host["MemorySwappiness"]?.integer.flatMap { $0 < 0 ? nil : $0 }
        limits.oomKillDisable = host["OomKillDisable"].flatMap { $0.isTrue ? true : nil }
        limits.cpuPeriod = limit("CpuPeriod")
        limits.cpuQuota = limit("CpuQuota").flatMap { $0 > 0 ? $0 : nil }
        limits.blkioWeight = limit("BlkioWeight")
        limits.blkioWeightDevices = devices("BlkioWeightDevice", "Weight")
        limits.deviceReadBps = devices("BlkioDeviceReadBps")
        limits.deviceWriteBps = devices("BlkioDeviceWriteBps")
        limits.deviceReadIOPS = devices("BlkioDeviceReadIOps")
        limits.deviceWriteIOPS = devices("BlkioDeviceWriteIOps")
        return limits
    }

    private var mounts: [MountSpec] {
        var mounts =
            node["Mounts"]?.items.compactMap { mount -> MountSpec? in
                guard let target = mount["Destination"]?.words ?? mount["Target"]?.words else { return nil }
                let source: MountSpec.Source
                switch mount["Type"]?.string ?? "bind" {
                case "volume":
                    var spec = VolumeSpec(name: mount["Name"]?.words)
                    spec.driver = mount["Driver"]?.words ?? "local"
                    source = .volume(MountSpec.VolumeMount(name: mount["Name"]?.words, spec: spec))
                case "tmpfs": source = .tmpfs(size: nil, mode: nil)
                default: source = .bind(path: mount["Source"]?.string ?? "", createMissing: false)
                }
                return MountSpec(
                    source: source, target: target, readOnly: !(mount["RW"]?.isTrue ?? true),
                    propagation: (mount["Propagation"]?.words).flatMap(MountSpec.Propagation.init) ?? .rprivate)
            } ?? []
        let known = Set(mounts.map(\.target))
        for target in (host["Tmpfs"]?.members ?? [:]).keys.sorted() where !known.contains(target) {
            mounts.append(MountSpec(source: .tmpfs(size: nil, mode: nil), target: target))
        }
        return mounts
    }

    // MARK: - Networks

    private func endpoint(_ name: String, _ node: JSONNode, _ container: Container) -> NetworkEndpoint {
        func prefix(_ address: String, _ length: String) -> IPPrefix? {
            guard let text = node[address]?.words, let address = IPAddress(text) else { return nil }
            let longest = address.isIPv4 ? 32 : 128
            let given = Int(clamping: node[length]?.integer ?? 0)
            return IPPrefix(address, length: (1...longest).contains(given) ? given : longest)
        }
        return NetworkEndpoint(
            networkID: NetworkID(rawValue: node["NetworkID"]?.string ?? ""), networkName: name,
            containerID: container.id, containerName: container.name, ipv4: prefix("IPAddress", "IPPrefixLen"),
            ipv6: prefix("GlobalIPv6Address", "GlobalIPv6PrefixLen"),
            gateway4: (node["Gateway"]?.words).flatMap { IPAddress($0) },
            gateway6: (node["IPv6Gateway"]?.words).flatMap { IPAddress($0) },
            macAddress: (node["MacAddress"]?.words).flatMap { MACAddress($0) } ?? MACAddress(bits: 0),
            aliases: node["Aliases"]?.strings ?? [], interface: "", hostInterface: "")
    }

    private var ports: (published: [PublishedPort], exposed: [ExposedPort]) {
        var published: [PublishedPort] = []
        var exposed = Set((configuration["ExposedPorts"]?.members ?? [:]).keys.compactMap { ExposedPort($0) })
        for (text, bindings) in node["NetworkSettings"]?["Ports"]?.members ?? [:] {
            guard let port = ExposedPort(text) else { continue }
            exposed.insert(port)
            for binding in bindings.items {
                guard let number = binding["HostPort"]?.integer.flatMap({ UInt16(exactly: $0) }), number > 0 else {
                    continue
                }
                let address = (binding["HostIp"]?.words).flatMap { IPAddress($0) } ?? IPAddress("0.0.0.0")
                guard let address else { continue }
                published.append(PublishedPort(hostAddress: address, hostPort: number, container: port))
            }
        }
        return (published.sorted(), exposed.sorted())
    }
}
