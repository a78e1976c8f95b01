import Engine

/// A container as a line of `ps`.
enum ContainerRow {
    /// Docker's default columns; `withSize` adds SIZE.
    static func defaultTable(withSize: Bool) -> String {
        "{{.ID}}\t{{.Image}}\t{{.Command}}\t{{.RunningFor}}\t{{.Status}}\t{{.Ports}}\t{{.Names}}"
            + (withSize ? "\t{{.Size}}" : "")
    }

    /// The headings by field.
    static let headings: JSONValue = [
        "ID": "CONTAINER ID", "Names": "NAMES", "Image": "IMAGE", "Command": "COMMAND", "CreatedAt": "CREATED AT",
        "RunningFor": "CREATED", "Ports": "PORTS", "State": "STATE", "Status": "STATUS", "Size": "SIZE",
        "Labels": "LABELS", "Mounts": "MOUNTS", "LocalVolumes": "LOCAL VOLUMES", "Networks": "NETWORKS",
    ]

    /// The fields of `container` at the moment `now`.
    static func row(_ container: Container, now: Timestamp, truncate: Bool, size: String = "0B") -> ListRow {
        let command = commandLine(container.command)
        let mounts = container.mounts.compactMap(MountInspection.name).map { name in
            truncate ? GoText.ellipsis(name, 15) : name
        }
        let value: JSONValue = [
            "Command": .string(GoText.quoted(truncate ? GoText.ellipsis(command, 20) : command)),
            "CreatedAt": .string(GoTime.text(container.createdAt)),
            "ID": .string(truncate ? container.id.short : container.id.rawValue),
            "Image": .string(GoText.harmless(imageName(container, truncate: truncate))),
            "Labels": .string(
                GoText.harmless(
                    container.labels.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
                        .joined(separator: ","))),
            "LocalVolumes": .string(String(container.mounts.count { $0.volumeName != nil })),
            "Mounts": .string(GoText.harmless(mounts.joined(separator: ","))),
            "Names": .string(container.name),
            "Networks": .string(networks(container)),
            "Ports": .string(ports(container)),
            "RunningFor": .string(HumanDuration.text(now.since(container.createdAt)) + " ago"),
            "Size": .string(size),
            "State": .string(container.state.name),
            "Status": .string(status(container.state, container.health, now: now)),
        ]
        return ListRow(value: value, labels: container.labels)
    }

    /// Names of its networks; `host` and `none` are networks to docker, too.
    private static func networks(_ container: Container) -> String {
        if !container.networks.isEmpty { return container.networks.sorted().joined(separator: ",") }
        return container.networkMode.networkReference == nil ? container.networkMode.rawValue : ""
    }

    /// Docker shows ports of what runs.
    private static func ports(_ container: Container) -> String {
        guard container.state.isAlive else { return "" }
        let isOwn = container.networkMode.isOwnNamespace
        return PortListing.text(container.ports, exposed: isOwn ? container.exposedPorts : [])
    }

    /// The command as docker shows it: arguments with a space in them between quotes.
    private static func commandLine(_ command: [String]) -> String {
        let arguments = command.dropFirst().map { $0.contains(" ") ? "'\($0)'" : $0 }
        return (command.prefix(1) + arguments).joined(separator: " ")
    }

    /// Docker's sentence for a state: `Up 3 minutes (healthy)`, `Exited (137) 2 hours ago`.
    static func status(_ state: ContainerState, _ health: ContainerHealth? = nil, now: Timestamp) -> String {
        switch state {
        case .created: "Created"
        case .dead: "Dead"
        case .running(_, let startedAt): "Up " + HumanDuration.text(now.since(startedAt)) + mark(health)
        case .paused(_, let startedAt): "Up " + HumanDuration.text(now.since(startedAt)) + " (Paused)"
        case .restarting(let exit):
            "Restarting (\(exit.code)) \(HumanDuration.text(now.since(exit.finishedAt))) ago"
        case .exited(let exit): "Exited (\(exit.code)) \(HumanDuration.text(now.since(exit.finishedAt))) ago"
        }
    }

    private static func mark(_ health: ContainerHealth?) -> String {
        switch health {
        case nil: ""
        case .starting: " (health: starting)"
        case let known?: " (\(known.rawValue))"
        }
    }

    private static func imageName(_ container: Container, truncate: Bool) -> String {
        guard truncate, container.image.hasPrefix("sha256:") else { return container.image }
        return ImageID(rawValue: container.image).short
    }
}
