import Engine

/// The body of `POST /containers/create` for a specification.
struct ContainerWriting {
    let spec: ContainerSpec

    /// - Throws: `.unsupported` for what the API has no word for.
    func document() throws(EngineError) -> JSONNode {
        var body: [String: JSONNode] = [
            "Image": .string(spec.image), "Env": .strings(spec.environment), "Labels": .texts(spec.labels),
            "Tty": .bool(spec.tty), "OpenStdin": .bool(spec.openStdin), "StdinOnce": .bool(spec.openStdin),
            "HostConfig": .object(try host()),
        ]
        if !spec.command.isEmpty { body["Cmd"] = .strings(spec.command) }
        // An empty word among the first takes the image's entry point away (`--entrypoint ""`).
        if let entrypoint = spec.entrypoint { body["Entrypoint"] = .strings(entrypoint.isEmpty ? [""] : entrypoint) }
        set(&body, "WorkingDir", spec.workingDirectory)
        set(&body, "User", spec.user)
        set(&body, "Hostname", spec.hostname)
        set(&body, "Domainname", spec.domainname)
        if let signal = spec.stopSignal { body["StopSignal"] = .string("\(signal)") }
        if let timeout = spec.stopTimeout { body["StopTimeout"] = .integer(timeout) }
        if let check = spec.healthCheck { body["Healthcheck"] = Self.health(check) }
        let exposed = (spec.network?.exposed ?? []) + (spec.network?.ports ?? []).map(\.container)
        if !exposed.isEmpty {
            body["ExposedPorts"] = .object(
                Dictionary(exposed.map { ($0.description, .object([:])) }) { first, _ in first })
        }
        if let networking = networking() { body["NetworkingConfig"] = networking }
        if let mac = spec.network?.attachments.first?.macAddress { body["MacAddress"] = .string(mac.description) }
        return .object(body)
    }

    private func set(_ body: inout [String: JSONNode], _ name: String, _ value: String?) {
        if let value { body[name] = .string(value) }
    }

    static func health(_ check: HealthCheck) -> JSONNode {
        var node: [String: JSONNode] = [
            "Interval": .integer(check.interval), "Timeout": .integer(check.timeout),
            "StartPeriod": .integer(check.startPeriod), "Retries": .integer(check.retries),
        ]
        if !check.test.isEmpty { node["Test"] = .strings(check.test) }
        if check.startInterval != 0 { node["StartInterval"] = .integer(check.startInterval) }
        return .object(node)
    }

    // MARK: - HostConfig

    private func host() throws(EngineError) -> [String: JSONNode] {
        var host = LimitWriting.limits(spec.limits)
        host["RestartPolicy"] = LimitWriting.policy(spec.restartPolicy)
        host["AutoRemove"] = .bool(spec.autoRemove)
        host["ReadonlyRootfs"] = .bool(spec.readOnlyRoot)
        host["Privileged"] = .bool(spec.privileged)
        host["NetworkMode"] = .string(spec.network?.attachments.first?.network ?? spec.networkMode.rawValue)
        if !spec.capAdd.isEmpty { host["CapAdd"] = .strings(spec.capAdd) }
        if !spec.capDrop.isEmpty { host["CapDrop"] = .strings(spec.capDrop) }
        var security = spec.noNewPrivileges ? ["no-new-privileges"] : []
        switch spec.seccomp {
        case .standard: break
        case .unconfined: security.append("seccomp=unconfined")
        case .custom(let json): security.append("seccomp=\(json)")
        }
        if !security.isEmpty { host["SecurityOpt"] = .strings(security) }
        if spec.useInit { host["Init"] = .bool(true) }
        if let groups = spec.groupAdd { host["GroupAdd"] = .strings(groups) }
        if let from = spec.volumesFrom { host["VolumesFrom"] = .strings(from) }
        if let system = spec.system { add(system, to: &host) }
        if let network = spec.network { add(network, to: &host) }
        try addMounts(to: &host)
        return host
    }

    private func add(_ system: SystemOptions, to host: inout [String: JSONNode]) {
        if !system.devices.isEmpty {
            host["Devices"] = .list(
                system.devices.map {
                    .object([
                        "PathOnHost": .string($0.pathOnHost), "PathInContainer": .string($0.pathInContainer),
                        "CgroupPermissions": .string($0.access),
                    ])
                })
        }
        if !system.deviceRules.isEmpty { host["DeviceCgroupRules"] = .strings(system.deviceRules) }
        if !system.ulimits.isEmpty {
            host["Ulimits"] = .list(
                system.ulimits.map {
                    .object(["Name": .string($0.name), "Soft": .integer($0.soft), "Hard": .integer($0.hard)])
                })
        }
        if !system.sysctls.isEmpty { host["Sysctls"] = .texts(system.sysctls) }
        if let size = system.shmSize { host["ShmSize"] = .integer(size) }
        if let parent = system.cgroupParent { host["CgroupParent"] = .string(parent) }
        if system.hostCgroupNamespace { host["CgroupnsMode"] = .string("host") }
    }

    private func add(_ network: NetworkOptions, to host: inout [String: JSONNode]) {
        var bindings: [String: [JSONNode]] = [:]
        for mapping in network.ports {
            let address = mapping.hostAddress.map { "\($0)" } ?? ""
            // A range is the engine's to choose from, as docker's own command line leaves it.
            let ports = mapping.hostPorts.map {
                $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)"
            }
            bindings[mapping.container.description, default: []].append(
                .object(["HostIp": .string(address), "HostPort": .string(ports ?? "")]))
        }
        if !bindings.isEmpty { host["PortBindings"] = .object(bindings.mapValues(JSONNode.list)) }
        host["PublishAllPorts"] = .bool(network.publishesAll)
        if !network.dns.isEmpty { host["Dns"] = .strings(network.dns.map { "\($0)" }) }
        if !network.dnsSearch.isEmpty { host["DnsSearch"] = .strings(network.dnsSearch) }
        if !network.dnsOptions.isEmpty { host["DnsOptions"] = .strings(network.dnsOptions) }
        if !network.extraHosts.isEmpty { host["ExtraHosts"] = .strings(network.extraHosts) }
    }

    private func addMounts(to host: inout [String: JSONNode]) throws(EngineError) {
        var binds: [String] = []
        var mounts: [JSONNode] = []
        for mount in spec.mounts {
            // What `-v` says is passed on as `-v` says it: only so does the engine make missing directories.
            if case .bind(let path, createMissing: true) = mount.source {
                binds.append("\(path):\(mount.target):" + bindWords(mount).joined(separator: ","))
            } else {
                mounts.append(try Self.mount(mount))
            }
        }
        if !binds.isEmpty { host["Binds"] = .strings(binds) }
        if !mounts.isEmpty { host["Mounts"] = .list(mounts) }
    }

    private func bindWords(_ mount: MountSpec) -> [String] {
        (mount.readOnly ? ["ro"] : ["rw"]) + (mount.propagation == .rprivate ? [] : [mount.propagation.rawValue])
    }

    private static func mount(_ mount: MountSpec) throws(EngineError) -> JSONNode {
        var node: [String: JSONNode] = ["Target": .string(mount.target), "ReadOnly": .bool(mount.readOnly)]
        switch mount.source {
        case .bind(let path, _):
            node["Type"] = .string("bind")
            node["Source"] = .string(path)
            node["BindOptions"] = .object(["Propagation": .string(mount.propagation.rawValue)])
        case .tmpfs(let size, let mode):
            node["Type"] = .string("tmpfs")
            var options: [String: JSONNode] = [:]
            if let size { options["SizeBytes"] = .integer(size) }
            if let mode { options["Mode"] = .integer(mode) }
            node["TmpfsOptions"] = .object(options)
        case .volume(let volume):
            if let subpath = volume.subpath {
                throw EngineError(
                    .unsupported, "cannot mount \(subpath) of a volume: this engine mounts whole volumes",
                    hint: "mount the volume and use the path within")
            }
            node["Type"] = .string("volume")
            if let name = volume.name { node["Source"] = .string(name) }
            node["VolumeOptions"] = .object([
                "NoCopy": .bool(volume.noCopy), "Labels": .texts(volume.spec.labels),
                "DriverConfig": .object([
                    "Name": .string(volume.spec.driver), "Options": .texts(volume.spec.options),
                ]),
            ])
        }
        return .object(node)
    }

    // MARK: - Networks

    private func networking() -> JSONNode? {
        guard let attachment = spec.network?.attachments.first else { return nil }
        return .object(["EndpointsConfig": .object([attachment.network: Self.endpoint(attachment)])])
    }

    /// An `EndpointSettings` for a wish.
    static func endpoint(_ attachment: NetworkAttachment) -> JSONNode {
        var addresses: [String: JSONNode] = [:]
        if let address = attachment.ipv4 { addresses["IPv4Address"] = .string("\(address)") }
        if let address = attachment.ipv6 { addresses["IPv6Address"] = .string("\(address)") }
        var node: [String: JSONNode] = [:]
        if !addresses.isEmpty { node["IPAMConfig"] = .object(addresses) }
        if !attachment.aliases.isEmpty { node["Aliases"] = .strings(attachment.aliases) }
        if let mac = attachment.macAddress { node["MacAddress"] = .string(mac.description) }
        return .object(node)
    }
}
