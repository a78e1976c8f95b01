import Engine

/// Everything that `GET /containers/ID/json` tells.
struct DetailsReading {
    private let node: JSONNode
    private let container: Container
    private let host: JSONNode
    private let configuration: JSONNode

    init(_ node: JSONNode, _ container: Container) {
        self.node = node
        self.container = container
        host = node["HostConfig"] ?? .null
        configuration = node["Config"] ?? .null
    }

    var details: ContainerDetails {
        let graph = node["GraphDriver"]?["Data"]?.texts ?? [:]
        var details = ContainerDetails(
            container: container, spec: spec, workingDirectory: configuration["WorkingDir"]?.words ?? "/",
            environment: configuration["Env"]?.strings ?? [], user: configuration["User"]?.string ?? "",
            hostname: configuration["Hostname"]?.string ?? "", logPath: node["LogPath"]?.string ?? "",
            lowerDirectories: graph["LowerDir"]?.split(separator: ":").map(String.init) ?? [],
            upperDirectory: graph["UpperDir"] ?? "")
        details.healthCheck = spec.healthCheck
        details.health = health
        for mount in node["Mounts"]?.items ?? [] where mount["Type"]?.string == "volume" {
            guard let name = mount["Name"]?.words, let source = mount["Source"]?.words else { continue }
            details.volumeMountpoints[name] = source
        }
        return details
    }

    private var spec: ContainerSpec {
        var spec = ContainerSpec(image: container.image, command: configuration["Cmd"]?.strings ?? [])
        spec.name = container.name
        spec.entrypoint = configuration["Entrypoint"].map { $0.string.map { [$0] } ?? $0.strings }
        spec.environment = configuration["Env"]?.strings ?? []
        spec.workingDirectory = configuration["WorkingDir"]?.words
        spec.user = configuration["User"]?.words
        spec.hostname = configuration["Hostname"]?.words
        spec.domainname = configuration["Domainname"]?.words
        spec.labels = container.labels
        spec.tty = configuration["Tty"]?.isTrue ?? false
        spec.openStdin = configuration["OpenStdin"]?.isTrue ?? false
        spec.autoRemove = container.autoRemove
        spec.mounts = container.mounts
        spec.readOnlyRoot = host["ReadonlyRootfs"]?.isTrue ?? false
        spec.limits = container.limits
        spec.restartPolicy = container.restartPolicy
        spec.stopSignal = (configuration["StopSignal"]?.words).flatMap(StopSignal.number)
        spec.stopTimeout = configuration["StopTimeout"]?.integer.map { Int(clamping: $0) }
        spec.capAdd = host["CapAdd"]?.strings ?? []
        spec.capDrop = host["CapDrop"]?.strings ?? []
        spec.privileged = host["Privileged"]?.isTrue ?? false
        let security = host["SecurityOpt"]?.strings ?? []
        spec.noNewPrivileges = security.contains { $0.hasPrefix("no-new-privileges") && !$0.hasSuffix("false") }
        if security.contains("seccomp=unconfined") || security.contains("seccomp:unconfined") {
            spec.seccomp = .unconfined
        }
        spec.useInit = host["Init"]?.isTrue ?? false
        spec.networkMode = container.networkMode
        spec.healthCheck = Self.check(configuration["Healthcheck"])
        spec.groupAdd = host["GroupAdd"].map(\.strings).flatMap { $0.isEmpty ? nil : $0 }
        spec.system = system
        spec.volumesFrom = host["VolumesFrom"].map(\.strings).flatMap { $0.isEmpty ? nil : $0 }
        return spec
    }

    private var system: SystemOptions {
        var system = SystemOptions()
        system.devices = (host["Devices"]?.items ?? []).compactMap { device in
            guard let path = device["PathOnHost"]?.words else { return nil }
            return SystemOptions.Device(
                pathOnHost: path, pathInContainer: device["PathInContainer"]?.words ?? path,
                access: device["CgroupPermissions"]?.words ?? "rwm")
        }
        system.deviceRules = host["DeviceCgroupRules"]?.strings ?? []
        system.ulimits = (host["Ulimits"]?.items ?? []).compactMap { limit in
            guard let name = limit["Name"]?.words else { return nil }
            return SystemOptions.Ulimit(
                name: name, soft: limit["Soft"]?.integer ?? 0, hard: limit["Hard"]?.integer ?? 0)
        }
        system.sysctls = host["Sysctls"]?.texts ?? [:]
        system.shmSize = host["ShmSize"]?.integer
        system.cgroupParent = host["CgroupParent"]?.words
        system.hostCgroupNamespace = host["CgroupnsMode"]?.string == "host"
        return system
    }

    static func check(_ node: JSONNode?) -> HealthCheck? {
        guard let node, !(node["Test"]?.strings ?? []).isEmpty else { return nil }
        return HealthCheck(
            test: node["Test"]?.strings ?? [], interval: node["Interval"]?.integer ?? 0,
            timeout: node["Timeout"]?.integer ?? 0, startPeriod: node["StartPeriod"]?.integer ?? 0,
            startInterval: node["StartInterval"]?.integer ?? 0, retries: Int(clamping: node["Retries"]?.integer ?? 0))
    }

    private var health: HealthReport? {
        guard let health = node["State"]?["Health"] ?? node["State"]?["Healthcheck"],
            let status = (health["Status"]?.string).flatMap(ContainerHealth.init)
        else { return nil }
        let log = (health["Log"]?.items ?? []).compactMap { entry -> HealthReport.Result? in
            guard let start = entry["Start"]?.moment else { return nil }
            return HealthReport.Result(
                startedAt: start, finishedAt: entry["End"]?.moment ?? start,
                exitCode: Int32(clamping: entry["ExitCode"]?.integer ?? 0), output: entry["Output"]?.string ?? "")
        }
        return HealthReport(
            status: status, failingStreak: Int(clamping: health["FailingStreak"]?.integer ?? 0), log: log)
    }
}
