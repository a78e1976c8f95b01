import Engine

/// What is known of a thing as a document in this program's own words, where nobody gives docker's.
enum PlainDocument {
    private typealias Member = Document.Member

    private static func text(_ value: String?) -> Document { value.map(Document.string) ?? .null }

    private static func number(_ value: (some BinaryInteger)?) -> Document {
        value.map { .number(String($0)) } ?? .null
    }

    private static func list(_ values: [String]) -> Document { .array(values.map(Document.string)) }

    private static func map(_ values: [String: String]) -> Document {
        .object(values.sorted { $0.key < $1.key }.map { Member(key: $0.key, value: .string($0.value)) })
    }

    private static func object(_ members: KeyValuePairs<String, Document>) -> Document {
        .object(members.map { Member(key: $0.key, value: $0.value) })
    }

    static func container(_ details: ContainerDetails) -> Document {
        let container = details.container
        return object([
            "Id": .string(container.id.rawValue),
            "Name": .string(container.name),
            "Created": .string(container.createdAt.rfc3339),
            "Command": list(container.command),
            "State": state(container, details.health),
            "Image": .string(container.image),
            "ImageID": .string(container.imageID.rawValue),
            "RestartPolicy": .string(container.restartPolicy.description),
            "RestartCount": number(container.restartCount),
            "AutoRemove": .bool(container.autoRemove),
            "Limits": limits(container.limits),
            "Process": process(details),
            "Security": security(details.spec),
            "NetworkMode": .string(container.networkMode.rawValue),
            "Networks": list(container.networks),
            "Mounts": .array(container.mounts.map(mount)),
            "Labels": map(container.labels),
            "LogPath": .string(details.logPath),
            "Files": object([
                "ReadOnlyRoot": .bool(details.spec.readOnlyRoot), "Upper": .string(details.upperDirectory),
                "Lower": list(details.lowerDirectories),
            ]),
            "Cgroups": map(details.cgroupPaths),
        ])
    }

    private static func state(_ container: Container, _ health: HealthReport?) -> Document {
        let exit = container.state.exit
        return object([
            "Status": .string(container.state.name),
            "Pid": number(container.state.pid),
            "StartedAt": text(container.state.startedAt?.rfc3339),
            "FinishedAt": text(exit?.finishedAt.rfc3339),
            "ExitCode": number(exit?.code),
            "OOMKilled": .bool(exit?.oomKilled ?? false),
            "Error": text(exit?.error),
            "Health": health.map { health in
                object([
                    "Status": .string(health.status.rawValue), "FailingStreak": number(health.failingStreak),
                ])
            } ?? .null,
        ])
    }

    private static func limits(_ limits: ResourceLimits) -> Document {
        object([
            "Memory": number(limits.memory), "MemorySwap": number(limits.memorySwap),
            "MemoryReservation": number(limits.memoryReservation), "NanoCpus": number(limits.nanoCPUs),
            "CpuShares": number(limits.cpuShares), "CpusetCpus": text(limits.cpusetCPUs),
            "CpusetMems": text(limits.cpusetMems), "PidsLimit": number(limits.pids),
            "BlkioWeight": number(limits.blkioWeight),
        ])
    }

    private static func process(_ details: ContainerDetails) -> Document {
        object([
            "User": .string(details.user), "WorkingDir": .string(details.workingDirectory),
            "Hostname": .string(details.hostname), "Tty": .bool(details.spec.tty),
            "OpenStdin": .bool(details.spec.openStdin), "Init": .bool(details.spec.useInit),
            "MonitorPid": number(details.monitorPID), "Env": list(details.environment),
        ])
    }

    private static func security(_ spec: ContainerSpec) -> Document {
        let seccomp: String
        switch spec.seccomp {
        case .standard: seccomp = "default"
        case .unconfined: seccomp = "unconfined"
        case .custom: seccomp = "own profile"
        }
        return object([
            "Privileged": .bool(spec.privileged), "NoNewPrivileges": .bool(spec.noNewPrivileges),
            "Seccomp": .string(seccomp), "CapAdd": list(spec.capAdd), "CapDrop": list(spec.capDrop),
        ])
    }

    private static func mount(_ mount: MountSpec) -> Document {
        let kind: String
        let source: String?
        switch mount.source {
        case .bind(let path, _): (kind, source) = ("bind", path)
        case .volume(let volume): (kind, source) = ("volume", volume.name)
        case .tmpfs: (kind, source) = ("tmpfs", nil)
        }
        return object([
            "Type": .string(kind), "Source": text(source), "Destination": .string(mount.target),
            "RW": .bool(!mount.readOnly),
        ])
    }

    static func image(_ details: ImageDetails) -> Document {
        let image = details.image
        return object([
            "Id": .string(image.id.rawValue), "RepoTags": list(image.tags), "RepoDigests": list(image.repoDigests),
            "Created": text(image.createdAt?.rfc3339), "Architecture": .string(image.architecture),
            "Os": .string(image.os), "Size": number(image.size), "Author": text(details.author),
            "Config": object([
                "User": .string(details.user), "WorkingDir": .string(details.workingDirectory),
                "Entrypoint": list(details.entrypoint), "Cmd": list(details.command),
                "Env": list(details.environment), "StopSignal": text(details.stopSignal),
            ]),
            "Layers": list(details.layers),
        ])
    }

    static func network(_ network: Network) -> Document {
        object([
            "Name": .string(network.name), "Id": .string(network.id.rawValue),
            "Created": .string(network.createdAt.rfc3339), "Driver": .string(network.spec.driver),
            "Internal": .bool(network.spec.isInternal), "Labels": map(network.spec.labels),
            "Options": map(network.spec.options),
            "Containers": .object(
                network.endpoints.map { endpoint in
                    Member(
                        key: endpoint.containerID.rawValue,
                        value: object([
                            "Name": .string(endpoint.containerName), "Interface": .string(endpoint.interface),
                        ]))
                }),
        ])
    }

    static func volume(_ volume: Volume) -> Document {
        object([
            "Name": .string(volume.name), "Driver": .string(volume.driver),
            "Mountpoint": .string(volume.mountpoint), "CreatedAt": .string(volume.createdAt.rfc3339),
            "Labels": map(volume.labels), "Options": map(volume.options), "Users": list(volume.users),
        ])
    }
}
