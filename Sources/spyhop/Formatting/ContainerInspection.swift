import Engine

/// A container as `inspect` shows it: docker's names and order, and after them what only this engine knows.
enum ContainerInspection {
    /// Docker's moment that never was.
    private static let never = "0001-01-01T00:00:00Z"

    /// The whole object; `sizes` adds what `--size` asks for.
    static func value(_ details: ContainerDetails, sizes: ContainerSizes? = nil) -> JSONValue {
        let whole = value(details)
        guard let sizes, case .object(let members) = whole else { return whole }
        return .object(
            members + [
                .init(key: "SizeRw", value: .integer(sizes.written)),
                .init(key: "SizeRootFs", value: .integer(sizes.total)),
            ])
    }

    private static func value(_ details: ContainerDetails) -> JSONValue {
        let container = details.container
        let directory = details.logPath.lastIndex(of: "/").map { String(details.logPath[..<$0]) } ?? ""
        return [
            "Id": .string(container.id.rawValue),
            "Created": .string(container.createdAt.rfc3339),
            "Path": .string(container.command.first ?? ""),
            "Args": .strings(container.command.dropFirst()),
            "State": state(container.state, details.health),
            "Image": .string(container.imageID.digest),
            "ResolvConfPath": .string(directory + "/resolv.conf"),
            "HostnamePath": .string(directory + "/hostname"),
            "HostsPath": .string(directory + "/hosts"),
            "LogPath": .string(details.logPath),
            "Name": .string("/" + container.name),
            "RestartCount": .integer(Int64(container.restartCount)),
            "Driver": "overlay",
            "Platform": "linux",
            "MountLabel": "",
            "ProcessLabel": "",
            "AppArmorProfile": "",
            "ExecIDs": nil,
            "HostConfig": hostConfiguration(details),
            "GraphDriver": [
                "Name": "overlay",
                "Data": .table([
                    .init(key: "LowerDir", value: .string(details.lowerDirectories.joined(separator: ":"))),
                    .init(key: "MergedDir", value: .string(directory + "/merged")),
                    .init(key: "UpperDir", value: .string(details.upperDirectory)),
                    .init(key: "WorkDir", value: .string(directory + "/work")),
                ]),
            ],
            "Mounts": MountInspection.mounts(details),
            "Config": configuration(details),
            "NetworkSettings": NetworkInspection.value(details),
            "Monitor": [
                "Pid": .integer(Int64(details.monitorPID ?? 0)),
                "CgroupPaths": .map(details.cgroupPaths),
            ],
        ]
    }

    private static func state(_ state: ContainerState, _ health: HealthReport?) -> JSONValue {
        let isPaused = if case .paused = state { true } else { false }
        let isRestarting = if case .restarting = state { true } else { false }
        return [
            "Status": .string(state.name),
            "Running": .bool(state.isAlive || isRestarting),
            "Paused": .bool(isPaused),
            "Restarting": .bool(isRestarting),
            "OOMKilled": .bool(state.exit?.oomKilled ?? false),
            "Dead": .bool(state == .dead),
            "Pid": .integer(Int64(state.pid ?? 0)),
            "ExitCode": .integer(Int64(state.exit?.code ?? 0)),
            "Error": .string(state.exit?.error ?? ""),
            "StartedAt": .string(state.startedAt?.rfc3339 ?? never),
            "FinishedAt": .string(state.exit?.finishedAt.rfc3339 ?? never),
            "Health": health.map(HealthInspection.value) ?? nil,
        ]
    }

    private static func configuration(_ details: ContainerDetails) -> JSONValue {
        let spec = details.spec
        return [
            "Hostname": .string(details.hostname),
            "Domainname": .string(spec.domainname ?? ""),
            "User": .string(details.user),
            "AttachStdin": false,
            "AttachStdout": false,
            "AttachStderr": false,
            "ExposedPorts": NetworkInspection.exposed(details),
            "Tty": .bool(spec.tty),
            "OpenStdin": .bool(spec.openStdin),
            "StdinOnce": false,
            "Env": .strings(details.environment),
            "Cmd": .strings(spec.command),
            "Image": .string(details.container.image),
            "Volumes": MountInspection.volumes(details),
            "WorkingDir": .string(details.workingDirectory),
            "Entrypoint": spec.entrypoint.map { .strings($0) } ?? nil,
            "OnBuild": nil,
            "Labels": .map(details.container.labels),
            "StopSignal": spec.stopSignal.map { .string(SignalName.name($0)) } ?? "",
            "StopTimeout": spec.stopTimeout.map { .integer(Int64($0)) } ?? nil,
            "Healthcheck": details.healthCheck.map(HealthInspection.value) ?? nil,
        ]
    }

    private static func hostConfiguration(_ details: ContainerDetails) -> JSONValue {
        let spec = details.spec
        var policyName = details.container.restartPolicy.description
        var retries: Int64 = 0
        if case .onFailure(let maximum) = details.container.restartPolicy {
            policyName = "on-failure"
            retries = Int64(maximum ?? 0)
        }
        let usual: JSONValue = [
            "Binds": MountInspection.binds(details),
            "ContainerIDFile": "",
            "LogConfig": [
                "Type": "cri",
                "Config": .map([
                    "max-size": String(spec.logRotation.maximumSize),
                    "max-file": String(spec.logRotation.maximumFiles),
                ]),
            ],
            "NetworkMode": .string(details.container.networkMode.rawValue),
            "PortBindings": NetworkInspection.bindings(spec.network),
            "RestartPolicy": ["Name": .string(policyName), "MaximumRetryCount": .integer(retries)],
            "AutoRemove": .bool(details.container.autoRemove),
            "VolumeDriver": "",
            "VolumesFrom": list(spec.volumesFrom ?? []),
            "CapAdd": list(spec.capAdd),
            "CapDrop": list(spec.capDrop),
            "CgroupnsMode": spec.system?.hostCgroupNamespace == true ? "host" : "private",
            "Dns": .strings((spec.network?.dns ?? []).map(\.description)),
            "DnsOptions": .strings(spec.network?.dnsOptions ?? []),
            "DnsSearch": .strings(spec.network?.dnsSearch ?? []),
            "ExtraHosts": list(spec.network?.extraHosts ?? []),
            "GroupAdd": list(spec.groupAdd ?? []),
            "IpcMode": "private",
            "Links": nil,
            "OomScoreAdj": 0,
            "PidMode": "",
            "Privileged": .bool(spec.privileged),
            "PublishAllPorts": .bool(spec.network?.publishesAll ?? false),
            "ReadonlyRootfs": .bool(spec.readOnlyRoot),
            "SecurityOpt": list(securityOptions(spec)),
            "UTSMode": "",
            "UsernsMode": "",
            "ShmSize": .integer(spec.system?.shmSize ?? 64 << 20),
            "Runtime": "spyhop",
            "Isolation": "",
        ]
        let last = JSONValue.Member(key: "Init", value: .bool(spec.useInit))
        return .object(
            (usual.members ?? []) + MountInspection.members(details)
                + LimitInspection.members(details.container.limits, spec.system) + [last])
    }

    /// Docker's list: `null` where nothing is in it.
    private static func list(_ values: [String]) -> JSONValue { values.isEmpty ? nil : .strings(values) }

    private static func securityOptions(_ spec: ContainerSpec) -> [String] {
        var options: [String] = []
        if spec.noNewPrivileges { options.append("no-new-privileges") }
        switch spec.seccomp {
        case .standard: break
        case .unconfined: options.append("seccomp=unconfined")
        case .custom(let json): options.append("seccomp=\(json)")
        }
        return options
    }
}
