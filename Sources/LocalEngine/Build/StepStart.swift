import Build
import Cgroups
import Engine
import Glibc
import LinuxSystem
import Logging
import Runtime

/// What a step's command becomes as a container: everything that its start needs, looked up and prepared in its directory.
struct StepStart: ~Copyable {
    private let command: StepCommand
    private let engine: LocalEngine
    private let id: ContainerID
    private let paths: ContainerPaths
    private let terminal: TerminalSize?
    private let identity: AccountTable.Identity
    private let mounts: StepMounts
    private let ulimits: [SystemOptions.Ulimit]
    private let layers: [String]
    /// The joined file system as the command will find it. Let go only when the container runs: the last to let go of a
    /// detached mount waits for all processors.
    private let view: OwnedDescriptor

    /// As BuildKit names it.
    private static let hostname = "buildkitsandbox"

    init(_ command: StepCommand, engine: LocalEngine, id: ContainerID, terminal: TerminalSize?) throws {
        let paths = engine.paths(id)
        let ulimits = try command.ulimits.map { (text) throws(EngineError) in
            guard let limit = SystemOptions.Ulimit(step: text) else {
                throw EngineError(.invalidArgument, "'\(printable(text))' is no limit, as nofile=1024:2048 is one")
            }
            return limit
        }
        let below = command.layers.map { "\(command.layersDirectory)/\($0)" }
        let skeleton = engine.configuration.root + "/skeleton"
        let view = try inWords("look into the files of the step \(command.name)") { () throws(SystemError) in
            try DetachedMount.overlay(lower: [command.upper] + below + [skeleton])
        }
        let identity = try engine.accounts(ofRunning: view).identity(command.user, adding: [])
        let mounts = try StepMounts(command, paths, identity)
        let hasStubs = try inWords("prepare the mounts of the step \(command.name)") { () throws(SystemError) in
            // What was written there before as throwaway must not hinder a second mount.
            for name in ["work", "index"] { try Files.removeTree("\(command.work)/\(name)") }
            return try StubLayer.make(paths.directory + "/stubs", for: mounts.places, in: view)
        }
        self.command = command
        self.engine = engine
        self.id = id
        self.paths = paths
        self.terminal = terminal
        self.identity = identity
        self.mounts = mounts
        self.ulimits = ulimits
        layers = (hasStubs ? ["../containers/\(id.rawValue)/stubs"] : []) + command.layers + [Skeleton.layer]
        self.view = view
    }

    /// Who passes a step's requests on to ssh agents.
    var agents: [AgentForwarder] { mounts.agents }

    func run() async throws -> MonitorSession {
        let record = record
        let definition = definition
        let network = try await engine.takeNetworks(record, definition.spec.network)
        do {
            try engine.writeNameFiles(record, definition, network)
            try inWords("write the step's host name") { () throws(SystemError) in
                try NameFile.write("\(Self.hostname)\n", to: paths.hostname)
            }
            return try await run(record, definition.spec, network)
        } catch {
            network?.release()
            throw error
        }
    }

    private func run(
        _ record: ContainerRecord, _ spec: ContainerSpec, _ network: NetworkStart?
    ) async throws -> MonitorSession {
        let runtime = try engine.runtime()
        var process = ResolvedProcess(
            arguments: command.arguments, environment: command.environment,
            workingDirectory: command.workingDirectory, uid: identity.uid, gid: identity.gid,
            additionalGroups: identity.additionalGroups, home: identity.home)
        process.namesHost = false
        var builder = SpecBuilder(
            request: spec, process: process, hostname: Self.hostname, rootPath: paths.merged,
            nameFilesDirectory: paths.directory, host: .detect(runtime.hierarchies, privileged: spec.privileged))
        builder.volumes = mounts.prepared
        var attachment: Attachment = [.output, .owner, .leash]
        if spec.openStdin { attachment.insert(.input) }
        var bundle = bundle(spec)
        bundle.network = engine.bundleNetwork(network, nil)
        let started = try await runtime.start(try builder.spec(), bundle, attachment: attachment)
        try? CgroupFile.write(started.cgroup, to: paths.cgroups)
        if !runtime.hierarchies.givesCgroups { engine.tellOfMissingCgroups() }
        for warning in started.warnings {
            engine.configuration.logger.warning("\(warning)", metadata: ["step": "\(command.name)"])
        }
        guard let session = started.session else {
            throw EngineError(.system, "the step \(command.name) has started without a connection to it")
        }
        return session
    }

    private func bundle(_ spec: ContainerSpec) -> Bundle {
        // No socket, no log and no events: nobody else is to meet it.
        var bundle = Bundle(
            id: id, directory: paths.directory,
            root: .overlay(
                base: command.layersDirectory, layers: layers, upper: command.upper, work: command.work,
                merged: paths.merged),
            socketPath: "", logPath: "", eventsPath: "", eventAttributes: [:])
        bundle.apply(spec)
        bundle.stdinOnce = spec.openStdin && !spec.tty
        bundle.terminalSize = terminal
        bundle.cgroupParent = engine.configuration.cgroupParent
        bundle.trees = mounts.trees
        bundle.usesUpper = true
        return bundle
    }

    private var mode: NetworkMode {
        switch command.network {
        case .default: .bridge
        case .none: .none
        case .host: .host
        }
    }

    private var record: ContainerRecord {
        // A lease's name is a word.
        ContainerRecord(
            id: id, name: "build-\(id.short)", image: "", imageID: ImageID(rawValue: ""), createdAt: .now,
            command: command.arguments, labels: [:], restartPolicy: .no, autoRemove: true, networkMode: mode,
            limits: command.limits, mounts: [], attachments: AttachmentText.usual(mode))
    }

    private var definition: ContainerDefinition {
        var spec = ContainerSpec(image: "", command: command.arguments)
        spec.tty = terminal != nil
        spec.openStdin = terminal != nil || !command.input.isEmpty
        spec.autoRemove = true
        spec.mounts = mounts.requested
        spec.limits = command.limits
        spec.privileged = command.isInsecure
        spec.networkMode = mode
        var system = SystemOptions()
        system.shmSize = command.sharedMemory
        system.ulimits = ulimits
        spec.system = system
        var network = NetworkOptions()
        network.extraHosts = command.extraHosts
        spec.network = network
        return ContainerDefinition(
            spec: spec, environment: command.environment, workingDirectory: command.workingDirectory,
            user: command.user, hostname: Self.hostname, stopSignal: SIGTERM, stopTimeout: 10, layers: command.layers,
            healthCheck: nil)
    }
}

extension SystemOptions.Ulimit {
    /// Reads `nofile=1024:2048`, whose second number may be missing; `nil` when it is none.
    init?(step text: String) {
        let parts = text.split(separator: "=", maxSplits: 1)
        guard parts.count == 2 else { return nil }
        let limits = parts[1].split(separator: ":").map { Int64($0) }
        guard let first = limits.first, let soft = first, limits.count <= 2 else { return nil }
        guard let hard = limits.count == 2 ? limits[1] : soft else { return nil }
        self.init(name: String(parts[0]), soft: soft, hard: hard)
    }
}
