import Engine
import Glibc
import LinuxSystem
import Logging
import Runtime

extension LocalEngine {
    /// Runs a command in a container and connects to it. See `Executing`.
    public func exec(in reference: String, _ spec: ExecSpec) async throws -> any Session {
        let attachment: Attachment = spec.openStdin ? [.output, .owner, .input] : [.output, .owner]
        guard let session = try await execute(reference, spec, attachment: attachment) else {
            throw EngineError(.system, "the command has started without a connection to it")
        }
        return session
    }

    /// Runs a command in a container, connected to nothing. See `Executing`.
    public func execDetached(in reference: String, _ spec: ExecSpec) async throws {
        _ = try await execute(reference, spec, attachment: nil)
    }

    /// Joins the container's own first process. See `Executing`.
    public func attach(to reference: String, input: Bool) async throws -> any Session {
        let (record, _) = try await running(reference, evenPaused: false)
        let session = try await MonitorSession.connect(paths(record.id).socket, input ? [.output, .input] : .output)
        emit("attach", record)
        return session
    }

    private func execute(
        _ reference: String, _ spec: ExecSpec, attachment: Attachment?
    ) async throws -> MonitorSession? {
        guard let command = spec.command.first, !command.isEmpty else {
            throw EngineError(.invalidArgument, "no command to run in \(reference)")
        }
        let (record, life) = try await running(reference, evenPaused: false)
        let definition = try records.definition(record.id)
        let paths = paths(record.id)
        var request = ExecRequest(
            targetPID: life.pid, targetStartTicks: life.startTicks, id: record.id, directory: paths.directory,
            container: record.current(definition.spec), hostname: definition.hostname,
            process: try process(spec, definition, life), cgroup: try cgroup(record.id),
            eventsPath: eventFile.path, eventAttributes: record.eventAttributes)
        // As docker tells a further process from the others.
        let execution = ["execID": ContainerID.random().rawValue]
        request.eventAttributes.merge(execution) { _, own in own }
        request.apply(spec)
        emit("exec_create: " + spec.command.joined(separator: " "), record, execution)
        let started = try await runtime().exec(request, attachment: attachment)
        for warning in started.warnings {
            configuration.logger.warning("\(warning)", metadata: ["container": "\(record.name)"])
        }
        return started.session
    }

    private func process(
        _ spec: ExecSpec, _ definition: ContainerDefinition, _ life: MonitorStatus.Life
    ) throws -> ResolvedProcess {
        let root = try liveRoot(life)
        // With another user than the container's own, its HOME is not the container's.
        let identity = try accounts(ofRunning: root).identity(
            spec.user ?? definition.user, adding: definition.spec.groupAdd ?? [])
        let directory = spec.workingDirectory ?? definition.workingDirectory
        guard directory.hasPrefix("/") else {
            throw EngineError(.invalidArgument, "working directory \(directory) is not an absolute path")
        }
        return ResolvedProcess(
            arguments: spec.command, environment: definition.environment + spec.environment,
            workingDirectory: directory, uid: identity.uid, gid: identity.gid,
            additionalGroups: identity.additionalGroups, home: identity.home)
    }

    /// The root directory of a container's first process, as long as it is that process.
    func liveRoot(_ life: MonitorStatus.Life) throws(EngineError) -> OwnedDescriptor {
        let root = try inWords("look into the container") { () throws(SystemError) in
            try OwnedDescriptor.open("/proc/\(life.pid)/root", OwnedDescriptor.pathOnly | O_DIRECTORY)
        }
        guard Processes.startTicks(life.pid) == life.startTicks else {
            throw EngineError(.conflict, "the container has ended meanwhile")
        }
        return root
    }
}
