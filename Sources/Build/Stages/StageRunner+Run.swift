import Dockerfile
import Engine
import Images
import LinuxSystem
import OCI

/// A RUN, all that decides its result known.
struct PlannedRun: Sendable {
    var arguments: [String]
    var environment: [String]
    var mounts: [PlannedMount]
    var network: BuildRequest.Network
    var isInsecure: Bool
    /// As history shows it.
    var text: String
}

extension StageRunner {
    /// RUN.
    mutating func carryOut(_ instruction: RunInstruction, _ step: Step) async throws {
        let planned = try await plan(instruction)
        let contents = try await contents(of: planned.mounts)
        let key = runKey(planned, contents)
        let secrets = Set(instruction.mounts.filter { $0.kind == .secret }.compactMap(\.environment))
        let name = shownName(step, masking: secrets)
        if let found = cached(key) { return take(found, planned.text, step, name: name) }
        try PlatformCheck.runs(state.platform)
        run.reporter.begin(step.id, name: name)
        let layer = try await run.commands.value(key) { [self] in try await execute(planned, step, name: name) }
        // Files that somebody has written to meanwhile were not mounted as the key says.
        let isSame = try await self.contents(of: planned.mounts) == contents
        take(made: layer, planned.text, step, keys: isSame ? [key] : [], name: name)
    }

    private func plan(_ instruction: RunInstruction) async throws -> PlannedRun {
        let (arguments, script) = instruction.words(shell: state.shell)
        guard !arguments.isEmpty else { throw EngineError(.invalidArgument, "RUN has nothing to run") }
        var mounts = try await plan(instruction.mounts)
        if let script { mounts.append(.script(path: script.path, content: script.content)) }
        let network = try network(instruction.network)
        let isInsecure = instruction.security == "insecure"
        if isInsecure { try demand("security.insecure") }
        return PlannedRun(
            arguments: arguments, environment: state.runEnvironment, mounts: mounts, network: network,
            isInsecure: isInsecure, text: "RUN \(state.argumentsText)\(arguments.joined(separator: " "))")
    }

    private func network(_ text: String?) throws(EngineError) -> BuildRequest.Network {
        guard let text else { return run.request.network }
        let name = try word(text)
        guard let network = BuildRequest.Network(rawValue: name) else {
            throw EngineError(.invalidArgument, "unsupported network mode \"\(printable(name))\"")
        }
        // What the person has chosen for every step needs no further leave.
        if network == .host, run.request.network != .host { try demand("network.host") }
        return network
    }

    private func demand(_ entitlement: String) throws(EngineError) {
        guard !run.request.entitlements.contains(entitlement) else { return }
        throw EngineError(
            .invalidArgument, "\(entitlement) is not allowed", hint: "allow it with --allow \(entitlement)")
    }

    private func runKey(_ planned: PlannedRun, _ contents: [Digest?]) -> Digest {
        let request = run.request
        var key = key("run", below: state.diffIDs)
        key.add(planned.arguments)
        key.add(planned.environment)
        key.add([state.workingDirectory, state.defaults.user ?? "", planned.network.rawValue, "\(planned.isInsecure)"])
        key.add(request.extraHosts)
        key.add(request.ulimits)
        key.add(request.sharedMemory.map(String.init))
        for (mount, content) in zip(planned.mounts, contents) { mount.add(to: &key, content: content) }
        return key.digest
    }

    private func execute(_ planned: PlannedRun, _ step: Step, name: String) async throws -> BuiltLayer {
        let prepared = try await run.prepare(planned.mounts, step: step.id, description: planned.text)
        let layers = try await run.here(state.layers, step: step.id)
        let (change, epoch, reporter, executor) = (run.change, run.epoch, run.reporter, run.executor)
        return try await run.gate.run {
            let draft = try change.makeDraft()
            let command = command(planned, prepared, layers, draft, name: name)
            let code = try await executor.run(command) { stream, bytes in
                reporter.tell(.output(step: step.id, stream, bytes))
            }
            withExtendedLifetime(prepared) {}
            try Task.checkCancellation()
            guard code == 0 else { throw failure(code, command, draft, prepared, step) }
            return try await runOnOwnThread { try change.commit(draft, epoch: epoch) }
        }
    }

    private func command(
        _ planned: PlannedRun, _ prepared: PreparedMounts, _ layers: [BuiltLayer], _ draft: LayerDraft, name: String
    ) -> StepCommand {
        let request = run.request
        var command = StepCommand(
            name: String(name.drop { $0 == "[" }.prefix { $0 != "]" }),
            layers: layers.reversed().map(\.directory), layersDirectory: run.store.layersDirectory, upper: draft.upper,
            work: draft.work, arguments: planned.arguments)
        let given = Set(prepared.environment.map { $0.prefix { $0 != "=" } })
        command.environment =
            planned.environment.filter { entry in !given.contains(entry.prefix { $0 != "=" }) } + prepared.environment
        command.environment += proxies(beside: command.environment)
        command.workingDirectory = state.workingDirectory
        command.user = state.defaults.user ?? ""
        command.network = planned.network
        command.isInsecure = planned.isInsecure
        command.mounts = prepared.mounts
        command.extraHosts = request.extraHosts
        command.limits = request.limits
        command.sharedMemory = request.sharedMemory
        command.ulimits = request.ulimits
        return command
    }

    /// Proxies that were given as build arguments: every command has them, in both spellings, and no key and no history knows
    /// of them.
    private func proxies(beside environment: [String]) -> [String] {
        var found: [String] = []
        for (name, value) in run.request.arguments.sorted(by: { $0.key < $1.key })
        where PredefinedArguments.proxies.contains(name) {
            for spelling in [name.uppercased(), name.lowercased()] {
                let isTaken = (environment + found).contains { $0.hasPrefix("\(spelling)=") }
                if !isTaken { found.append("\(spelling)=\(value)") }
            }
        }
        return found
    }

    private func failure(
        _ code: Int32, _ command: StepCommand, _ draft: LayerDraft, _ prepared: PreparedMounts, _ step: Step
    ) -> StepFailure {
        let shown = command.arguments.joined(separator: " ")
        let sentence = "process \(GoText.quoted(shown)) did not complete successfully: exit code: \(code)"
        run.reporter.failed(step.id, reason: sentence)
        let failed = FailedRun(
            step: run.reporter.step(step.id), exitCode: code, surroundings: command, executor: run.executor,
            draft: draft, held: prepared.held)
        let error = run.located(EngineError(.system, sentence), at: step.range)
        return StepFailure(error: error, failed: failed)
    }
}
