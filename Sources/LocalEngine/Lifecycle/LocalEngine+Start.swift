import Logging
import Cgroups
import Engine
import Glibc
import Images
import LinuxSystem
import OCI
import Runtime

extension LocalEngine {
    /// Starts it; does nothing when it already runs. See `ContainerLifecycle`.
    public func start(_ reference: String) async throws {
        _ = try await launch(try records.find(reference), attachment: nil, size: nil)
    }

    /// Starts it with a session connected before its first byte of output. See `ContainerLifecycle`.
    public func startAttached(_ reference: String, size: TerminalSize?) async throws -> any Session {
        let record = try records.find(reference)
        let opened = try records.definition(record.id).spec.openStdin
        let attachment: Attachment = opened ? [.output, .owner, .input] : [.output, .owner]
        if let session = try await launch(record, attachment: attachment, size: size) { return session }
        // It ran already: what can be had is what comes from now on.
        return try await MonitorSession.connect(
            paths(record.id).socket, opened ? [.output, .input] : .output)
    }

    /// Starts under the lifecycle lock; `nil` when it runs already or no session was wanted.
    func launch(
        _ record: ContainerRecord, attachment: Attachment?, size: TerminalSize?
    ) async throws -> MonitorSession? {
        let paths = paths(record.id)
        guard let lock = try await LifecycleLock.wait(paths.directory) else {
            throw EngineError(.notFound, "container \(record.name) was removed meanwhile")
        }
        defer { withExtendedLifetime(lock) {} }
        switch status(record.id) {
        case .starting, .running, .restarting: return nil
        case .paused:
            throw EngineError(
                .conflict, "container \(record.name) is paused", hint: "spyhop unpause \(record.name) lets it go on")
        case .monitorKilled:
            try clearAfterKilledMonitor(record)
            try refuseSecondLife(record)
        case .absent: break
        // Its last monitor may still be putting things away, and the next one would find it in its place.
        case .exited, .failed:
            await monitorEnd(record.id)
            try refuseSecondLife(record)
        case nil:
            throw EngineError(
                .conflict, "container \(record.name) is half-made or half-removed",
                hint: "spyhop rm -f \(record.name) clears it")
        }
        do {
            let started = try await run(record, attachment: attachment, size: size)
            try? Files.remove(paths.killed)
            return started
        } catch {
            // Nobody could remove it later: it never had a monitor that would, and its caller has no session.
            if record.autoRemove { try? discard(record) }
            throw error
        }
    }

    /// What is removed at its end has only one life: its files were kept as if they would not outlive it.
    private func refuseSecondLife(_ record: ContainerRecord) throws {
        guard record.autoRemove else { return }
        try discard(record)
        throw EngineError(
            .notFound, "no such container: \(record.name)", hint: "it was made with --rm and has come to its end")
    }

    private func run(
        _ record: ContainerRecord, attachment: Attachment?, size: TerminalSize?
    ) async throws -> MonitorSession? {
        let definition = try records.definition(record.id)
        let network = try await takeNetworks(record, definition.spec.network)
        do {
            return try await run(record, definition, network, attachment: attachment, size: size)
        } catch {
            network?.release()
            throw error
        }
    }

    private func run(
        _ record: ContainerRecord, _ definition: ContainerDefinition, _ network: NetworkStart?, attachment: Attachment?,
        size: TerminalSize?
    ) async throws -> MonitorSession? {
        let spec = record.current(definition.spec)
        let runtime = try runtime()
        let paths = paths(record.id)
        try inWords("prepare \(configuration.root)") { () throws(SystemError) in
            if !Files.exists(configuration.runRoot) { try Files.makeDirectories(configuration.runRoot, mode: 0o711) }
            try Skeleton.prepare(configuration.root)
        }
        let process = try process(record, definition)
        let joined = try await joinedNetwork(record)
        if joined == nil { try writeNameFiles(record, definition, network) }
        var builder = SpecBuilder(
            request: spec, process: process, hostname: definition.hostname, rootPath: paths.merged,
            nameFilesDirectory: joined.map { self.paths($0.owner.id).directory } ?? paths.directory,
            host: .detect(runtime.hierarchies, privileged: spec.privileged))
        builder.devices = try RequestedDevices(spec.system)
        try SharedSource.check(spec.mounts)
        builder.volumes = try volumeMounts(spec.mounts)
        var bundle = bundle(record, definition, spec, size)
        bundle.deviceRules = builder.devices.rules
        bundle.health = healthProbe(definition, process)
        bundle.network = bundleNetwork(network, joined?.namespace.rawValue)
        // Docker's order: whoever is joined from the beginning is told of before the start.
        if attachment != nil { emit("attach", record) }
        for endpoint in network?.endpoints ?? [] { emit("connect", endpoint) }
        let fuse = try await mountByFuse(record, definition)
        if let fuse { bundle.root = .directory(fuse.place) }
        let started: Started
        do {
            started = try await runtime.start(try builder.spec(), bundle, attachment: attachment)
            if let fuse { try lookAfter(fuse, record.id) }
        } catch {
            fuse?.unmount()
            throw error
        }
        try inWords("write \(paths.cgroups)") { () throws(SystemError) in
            try CgroupFile.write(started.cgroup, to: paths.cgroups)
        }
        if !runtime.hierarchies.givesCgroups { tellOfMissingCgroups() }
        for warning in started.warnings {
            configuration.logger.warning("\(warning)", metadata: ["container": "\(record.name)"])
        }
        return started.session
    }

    private func bundle(
        _ record: ContainerRecord, _ definition: ContainerDefinition, _ spec: ContainerSpec, _ size: TerminalSize?
    ) -> Bundle {
        let paths = paths(record.id)
        let relative = "../containers/\(record.id.rawValue)"
        var bundle = Bundle(
            id: record.id, directory: paths.directory,
            root: .overlay(
                base: layersDirectory, layers: definition.layers + [Skeleton.layer], upper: relative + "/upper",
                work: relative + "/work", merged: paths.merged),
            socketPath: paths.socket, logPath: paths.log, eventsPath: eventFile.path,
            eventAttributes: record.eventAttributes)
        bundle.apply(spec)
        bundle.stopSignal = definition.stopSignal
        // Docker's -1 waits for ever; the plan counts milliseconds.
        bundle.stopTimeout = definition.stopTimeout < 0 ? Int(Int32.max / 1000) : definition.stopTimeout
        // As docker's client asks for: input ends with the client that gave it.
        bundle.stdinOnce = spec.openStdin && !spec.tty
        bundle.exitCommand = spec.autoRemove ? configuration.exitCommand + [record.id.rawValue] : []
        bundle.terminalSize = size
        bundle.cgroupParent = spec.system?.cgroupParent ?? configuration.cgroupParent
        return bundle
    }

    private func healthProbe(_ definition: ContainerDefinition, _ process: ResolvedProcess) -> HealthProbe? {
        guard let check = definition.healthCheck, let command = check.command else { return nil }
        var process = process
        process.arguments = command
        return HealthProbe(check: check, container: definition.spec, hostname: definition.hostname, process: process)
    }

    private func process(
        _ record: ContainerRecord, _ definition: ContainerDefinition
    ) throws -> ResolvedProcess {
        let accounts = try accounts(of: record, definition)
        let identity = try accounts.identity(definition.user, adding: definition.spec.groupAdd ?? [])
        return ResolvedProcess(
            arguments: record.command, environment: definition.environment,
            workingDirectory: definition.workingDirectory, uid: identity.uid, gid: identity.gid,
            additionalGroups: identity.additionalGroups, home: identity.home)
    }
}
