import Engine
import OCI

extension SpecBuilder {
    /// In a network namespace of its own every user may ping and listen on low ports (moby, since 20.10).
    static let openNetwork = ["net.ipv4.ip_unprivileged_port_start": "0", "net.ipv4.ping_group_range": "0 2147483647"]

    /// Parameters outside net.* that belong to a container's own namespaces (sysctl(2), ipc_namespaces(7)).
    private static let ownParameters: Set<String> = [
        "kernel.msgmax", "kernel.msgmnb", "kernel.msgmni", "kernel.sem", "kernel.shmall", "kernel.shmmax",
        "kernel.shmmni", "kernel.shm_rmid_forced",
    ]

    /// Docker's parameters and the person's.
    func sysctl() throws(EngineError) -> [String: String]? {
        var values = request.networkMode.isOwnNamespace ? Self.openNetwork : [:]
        for (name, value) in request.system?.sysctls ?? [:] {
            let isNetwork = name.hasPrefix("net.") && request.networkMode.isOwnNamespace
            guard isNetwork || Self.ownParameters.contains(name) || name.hasPrefix("fs.mqueue."),
                name.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f && $0 != 0x2f })
            else {
                throw EngineError(
                    .invalidArgument, "sysctl '\(name)' is the host's, not the container's own",
                    hint: "parameters of net. (without --network host), of fs.mqueue. and of System V IPC can be set")
            }
            values[name] = value
        }
        return values.isEmpty ? nil : values
    }

    /// What this process raised for itself is not for containers, and what the person asked for counts.
    static func rlimits(_ wanted: [SystemOptions.Ulimit]?) -> [POSIXRlimit]? {
        var limits = ownLimits ?? []
        for limit in wanted ?? [] {
            let type = "RLIMIT_\(limit.name.uppercased())"
            limits.removeAll { $0.type == type }
            limits.append(
                POSIXRlimit(
                    type: type, hard: limit.hard < 0 ? .max : UInt64(limit.hard),
                    soft: limit.soft < 0 ? .max : UInt64(limit.soft)))
        }
        return limits.isEmpty ? nil : limits
    }

    /// The usual devices and those asked for, of which a later one takes an earlier one's place.
    func deviceNodes() -> [LinuxDevice] {
        var nodes = Self.standardDevices
        if request.privileged {
            let own = Set(nodes.map(\.path))
            nodes += host.devices.filter { !own.contains($0.path) }
        }
        // A user namespace's root can make no device: a file of the host is shown instead, which has one path only.
        let wanted = devices.nodes.filter { host.footing.isRoot || devices.sources[$0.path] == nil }
        let taken = Set(wanted.map(\.path))
        return nodes.filter { !taken.contains($0.path) } + wanted
    }

    /// Devices that are shown elsewhere than they are on the host, where none can be made.
    func deviceMounts() -> [Mount] {
        guard !host.footing.isRoot else { return [] }
        return devices.sources.sorted { $0.key < $1.key }.map { target, source in
            Mount(destination: target, type: "bind", source: source, options: ["bind", "rprivate"])
        }
    }
}
