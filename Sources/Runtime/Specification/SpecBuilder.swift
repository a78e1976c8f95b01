import Cgroups
import Engine
import LinuxSystem
import OCI

/// Makes the runtime-spec configuration of a container from its request: docker's defaults, decided here and nowhere else.
/// A pure function of its inputs.
public struct SpecBuilder: Sendable {
    /// What the person asked for.
    public var request: ContainerSpec
    /// What will run, looked up.
    public var process: ResolvedProcess
    /// The container's host name.
    public var hostname: String
    /// The absolute path at which the root file system will be.
    public var rootPath: String
    /// The directory with the files `hosts`, `hostname` and `resolv.conf` that are bound into /etc; `nil` binds none.
    public var nameFilesDirectory: String?
    /// What the host has.
    public var host: HostFeatures
    /// Devices of the host that it is given.
    public var devices = RequestedDevices()
    /// How its volumes are mounted, by the targets of the request's mounts.
    public var volumes: [String: Mount] = [:]

    /// Gathers what is decided from.
    public init(
        request: ContainerSpec, process: ResolvedProcess, hostname: String, rootPath: String,
        nameFilesDirectory: String?, host: HostFeatures
    ) {
        self.request = request
        self.process = process
        self.hostname = hostname
        self.rootPath = rootPath
        self.nameFilesDirectory = nameFilesDirectory
        self.host = host
    }

    /// The configuration.
    /// - Throws: `.invalidArgument` for unknown capabilities, missing commands and mounts that are not absolute,
    ///   `.unsupported` for capabilities that this process lacks.
    public func spec() throws(EngineError) -> Spec {
        guard let command = process.arguments.first, !command.isEmpty else {
            throw EngineError(
                .invalidArgument, "no command specified", hint: "name one after the image, or an entrypoint")
        }
        try check(request.mounts)
        return Spec(
            process: try ociProcess(), root: Root(path: rootPath, readonly: request.readOnlyRoot ? true : nil),
            hostname: hostname, domainname: request.domainname,
            mounts: standardMounts() + nameFileMounts() + deviceMounts() + requestedMounts(),
            linux: Linux(
                sysctl: try sysctl(), resources: resources(), namespaces: namespaces(), devices: deviceNodes(),
                maskedPaths: request.privileged ? nil : Self.maskedPaths,
                readonlyPaths: request.privileged ? nil : Self.readonlyPaths))
    }

    private func ociProcess() throws(EngineError) -> OCI.Process {
        let directory = process.workingDirectory.isEmpty ? "/" : process.workingDirectory
        guard directory.hasPrefix("/") else {
            throw EngineError(.invalidArgument, "the working directory '\(directory)' is not an absolute path")
        }
        return OCI.Process(
            terminal: request.tty ? true : nil, cwd: directory,
            env: process.completeEnvironment(hostname: hostname, tty: request.tty), args: process.arguments,
            rlimits: Self.rlimits(request.system?.ulimits),
            capabilities: try Self.capabilities(
                of: CapabilityRequest(
                    add: request.capAdd, drop: request.capDrop, privileged: request.privileged),
                uid: process.uid, available: host.capabilities),
            noNewPrivileges: request.noNewPrivileges,
            user: User(
                uid: process.uid, gid: process.gid,
                additionalGids: process.additionalGroups.isEmpty ? nil : process.additionalGroups))
    }

    /// What this process raised for itself is not for containers.
    static var ownLimits: [POSIXRlimit]? {
        DescriptorLimit.original.map { [POSIXRlimit(type: "RLIMIT_NOFILE", hard: $0.hard, soft: $0.soft)] }
    }

    /// Root gets its set at once; another user has it only as the bound of what setuid programs can give, which is what
    /// execve does anyway (moby, oci/oci.go, SetCapabilities). Nothing is ambient or inheritable (CVE-2022-24769).
    static func capabilities(
        of request: CapabilityRequest, uid: UInt32, available: UInt64
    ) throws(EngineError) -> LinuxCapabilities {
        let names = try request.resolved(available: available).map(\.name)
        return uid == 0
            ? LinuxCapabilities(bounding: names, effective: names, permitted: names)
            : LinuxCapabilities(bounding: names)
    }

    private func namespaces() -> [LinuxNamespace] {
        var kinds: [LinuxNamespace.Kind] = [.mount, .uts, .pid, .ipc]
        if request.system?.hostCgroupNamespace != true { kinds.append(.cgroup) }
        if request.networkMode.isOwnNamespace { kinds.append(.network) }
        return kinds.map { LinuxNamespace(type: $0) }
    }

    private func resources() -> LinuxResources? {
        let limits = request.limits
        var resources = LinuxResources()
        if limits.memory != nil || limits.memorySwap != nil || limits.memoryReservation != nil {
            resources.memory = .init(
                limit: limits.memory, reservation: limits.memoryReservation, swap: limits.memorySwap)
        }
        if limits.nanoCPUs != nil || limits.cpuShares != nil || limits.cpusetCPUs != nil || limits.cpusetMems != nil {
            resources.cpu = .init(
                shares: limits.cpuShares.map { UInt64(clamping: $0) }, quota: limits.nanoCPUs.map { $0 / 10_000 },
                period: limits.nanoCPUs == nil ? nil : 100_000, cpus: limits.cpusetCPUs, mems: limits.cpusetMems)
        }
        if let pids = limits.pids { resources.pids = .init(limit: pids) }
        return resources == LinuxResources() ? nil : resources
    }
}
