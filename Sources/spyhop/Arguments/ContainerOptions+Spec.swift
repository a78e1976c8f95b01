import Engine

extension ContainerOptions {
    /// The request that the options and arguments make.
    /// - Throws: `EngineError` `.invalidArgument` or `.unsupported`; `.system` for a file that cannot be read.
    func spec(
        image: String, command: [String], cgroupParent: String? = nil, _ environment: ProcessEnvironment
    ) throws -> ContainerSpec {
        try refuseWhatIsNotThere()
        var spec = ContainerSpec(image: image, command: command)
        spec.name = name
        spec.entrypoint = entrypoint.map { $0.isEmpty ? [] : [$0] }
        spec.environment = try process.environment(environment)
        spec.workingDirectory = process.workdir
        spec.user = process.user
        spec.hostname = hostname
        spec.labels = try labels(environment)
        spec.tty = process.tty
        spec.openStdin = process.interactive
        spec.autoRemove = autoRemove
        spec.mounts = try mounts(environment)
        spec.volumesFrom = volumesFrom.isEmpty ? nil : volumesFrom
        spec.readOnlyRoot = readOnly
        spec.limits = try resources.limits()
        try blockIO.add(to: &spec.limits)
        spec.system = try system.options(cgroupParent: cgroupParent)
        spec.restartPolicy = try resources.restartPolicy() ?? .no
        spec.stopSignal = try stopSignal.map(SignalName.number)
        spec.stopTimeout = stopTimeout
        spec.capAdd = capAdd
        spec.capDrop = capDrop
        spec.privileged = process.privileged
        spec.healthCheck = try health.check()
        spec.groupAdd = groupAdd.isEmpty ? nil : groupAdd
        spec.useInit = useInit
        try network.words.apply(to: &spec)
        spec.logRotation = try LogOption.parse(logOpt)
        try applySecurity(to: &spec, environment)
        if autoRemove, spec.restartPolicy != .no {
            throw EngineError(
                .invalidArgument, "--rm and --restart \(spec.restartPolicy) contradict each other",
                hint: "leave one out")
        }
        return spec
    }

    /// How the image is come by.
    /// - Throws: `EngineError` `.invalidArgument`.
    func demand() throws -> ImageDemand {
        ImageDemand(policy: try PullPolicy(option: pull), platform: platform, isQuiet: quiet)
    }

    private func refuseWhatIsNotThere() throws {
        if let logDriver, !["json-file", "local", "cri", "default"].contains(logDriver) {
            throw EngineError(
                .unsupported, "--log-driver \(logDriver) is not there: logs are always kept in rotated files",
                hint: "leave it out; spyhop logs shows them, --log-opt max-size and max-file bound them")
        }
    }

    private func labels(_ environment: ProcessEnvironment) throws -> [String: String] {
        var entries: [String] = []
        for path in labelFile { entries += try KeyValueFile.entries(environment.readText(path), path: path) }
        return try LabelOption.resolve(entries + label)
    }

    private func mounts(_ environment: ProcessEnvironment) throws -> [MountSpec] {
        let directory = environment.workingDirectory
        let all =
            try volume.map { try VolumeOption.parse($0, directory: directory) }
            + mount.map { try MountOption.parse($0, directory: directory) } + tmpfs.map(TmpfsOption.parse)
        var targets: Set<String> = []
        for mount in all where !targets.insert(mount.target).inserted {
            throw EngineError(.invalidArgument, "two mounts have the target \(mount.target)")
        }
        return all
    }

    private func applySecurity(to spec: inout ContainerSpec, _ environment: ProcessEnvironment) throws {
        for option in try securityOpt.map(SecurityOption.init) {
            switch option {
            case .noNewPrivileges(let isSet): spec.noNewPrivileges = isSet
            case .seccompUnconfined: spec.seccomp = .unconfined
            case .seccompStandard: spec.seccomp = .standard
            case .seccompFile(let path): spec.seccomp = .custom(json: try environment.readText(path))
            }
        }
    }
}
