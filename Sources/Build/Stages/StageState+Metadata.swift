import Dockerfile
import Engine
import OCI

/// What instructions that change no files need to know beside the stage.
struct InstructionSurroundings: Sendable {
    /// Reads words.
    var expansion: WordExpansion
    /// `--build-arg`.
    var buildArguments: [String: String]
    /// ARGs before FROM, and those that every build has, such as TARGETPLATFORM.
    var globalArguments: [String: String]
    /// SOURCE_DATE_EPOCH.
    var epoch: Timestamp?
}

extension StageState {
    /// Carries out an instruction that changes no files. `false`: it does change files, and nothing was done.
    mutating func apply(
        _ kind: Instruction.Kind, at place: String, _ surroundings: InstructionSurroundings
    ) throws(WordError) -> Bool {
        // Within one instruction no variable changes: `ENV a=1 b=$a` has the old `a`.
        let before = self
        let word = { (text: String) throws(WordError) in try surroundings.expansion.word(text, before.variable) }
        let text: String?
        switch kind {
        case .add, .copy, .run, .workdir: return false
        case .arg(let declarations): text = try declare(declarations, surroundings)
        case .env(let pairs): text = try setEnvironment(pairs, word)
        case .label(let pairs): text = try setLabels(pairs, word)
        case .cmd(let command): text = setCommand(command)
        case .entrypoint(let command): text = setEntrypoint(command)
        case .expose(let ports): text = try expose(ports, surroundings.expansion)
        case .healthcheck(let check): text = setHealthcheck(check)
        case .maintainer(let name):
            configuration.author = name
            text = "MAINTAINER \(name)"
        case .onbuild(let trigger, _):
            defaults.onBuild = (defaults.onBuild ?? []) + [trigger]
            text = nil
        case .shell(let shell):
            defaults.shell = shell
            text = "SHELL \(GoText.plain(shell))"
        case .stopsignal(let signal): text = try setStopSignal(word(signal))
        case .user(let user): text = try setUser(word(user))
        case .volume(let paths): text = try addVolumes(paths, word)
        }
        if let text { note(text, at: place, epoch: surroundings.epoch) }
        return true
    }

    private mutating func declare(
        _ declarations: [ArgumentDeclaration], _ surroundings: InstructionSurroundings
    ) throws(WordError) -> String {
        var shown: [String] = []
        for declaration in declarations {
            var value = surroundings.buildArguments[declaration.name]
            if value == nil, let text = declaration.value {
                value = try surroundings.expansion.word(text, variable)
            }
            let found = value ?? surroundings.globalArguments[declaration.name]
            arguments.append(StageArgument(name: declaration.name, value: found))
            shown.append(declaration.name + (found.map { "=\($0)" } ?? ""))
        }
        return "ARG " + shown.joined(separator: " ")
    }

    private mutating func setEnvironment(
        _ pairs: [KeyValue], _ word: (String) throws(WordError) -> String
    ) throws(WordError) -> String {
        var environment = defaults.environment ?? []
        var shown = "ENV"
        for pair in pairs {
            let name = try word(pair.key)
            let entry = "\(name)=\(try word(pair.value))"
            shown += " \(entry)"
            if let index = environment.firstIndex(where: { $0.hasPrefix("\(name)=") }) {
                environment[index] = entry
            } else {
                environment.append(entry)
            }
        }
        defaults.environment = environment
        return shown
    }

    private mutating func setLabels(
        _ pairs: [KeyValue], _ word: (String) throws(WordError) -> String
    ) throws(WordError) -> String {
        var labels = defaults.labels ?? [:]
        var shown = "LABEL"
        for pair in pairs {
            let name = try word(pair.key)
            let value = try word(pair.value)
            labels[name] = value
            shown += " \(name)=\(value)"
        }
        defaults.labels = labels
        return shown
    }

    private mutating func setCommand(_ command: CommandLine) -> String {
        let words = words(of: command)
        defaults.command = words.isEmpty ? nil : words
        commandIsSet = true
        return "CMD \(GoText.quoted(words))"
    }

    private mutating func setEntrypoint(_ command: CommandLine) -> String {
        let words = words(of: command)
        defaults.entrypoint = words.isEmpty ? nil : words
        // A command of the base is made for the base's entrypoint.
        if !commandIsSet { defaults.command = nil }
        return "ENTRYPOINT \(GoText.quoted(words))"
    }

    private func words(of command: CommandLine) -> [String] {
        switch command {
        case .shell(let line): commandLine(line)
        case .exec(let words): words
        }
    }

    private mutating func expose(_ texts: [String], _ expansion: WordExpansion) throws(WordError) -> String {
        var ports: [String] = []
        for text in texts {
            for word in try expansion.words(text, variable) { ports += try PortSpecification.ports(word) }
        }
        var exposed = defaults.exposedPorts ?? [:]
        for port in ports { exposed[port] = ExecutionDefaults.EmptyObject() }
        defaults.exposedPorts = exposed
        return "EXPOSE \(GoText.plain(ports))"
    }

    private mutating func setHealthcheck(_ instruction: HealthcheckInstruction) -> String {
        var check = HealthConfiguration()
        check.test =
            switch instruction.command {
            case nil: ["NONE"]
            case .shell(let line): ["CMD-SHELL", line]
            case .exec(let words): ["CMD"] + words
            }
        func span(_ value: Int64?) -> Int64? { value == 0 ? nil : value }
        check.interval = span(instruction.interval)
        check.timeout = span(instruction.timeout)
        check.startPeriod = span(instruction.startPeriod)
        check.startInterval = span(instruction.startInterval)
        check.retries = instruction.retries == 0 ? nil : instruction.retries
        defaults.healthcheck = check
        func text(_ span: Int64?) -> String { GoDuration.text(span ?? 0) }
        return "HEALTHCHECK {Test:\(GoText.plain(check.test ?? [])) Interval:\(text(check.interval)) "
            + "Timeout:\(text(check.timeout)) StartPeriod:\(text(check.startPeriod)) "
            + "StartInterval:\(text(check.startInterval)) Retries:\(check.retries ?? 0)}"
    }

    private mutating func setStopSignal(_ signal: String) throws(WordError) -> String {
        guard StopSignal.number(signal) != nil else { throw WordError("invalid signal: \(signal)") }
        defaults.stopSignal = signal
        return "STOPSIGNAL \(signal)"
    }

    private mutating func setUser(_ user: String) throws(WordError) -> String {
        guard !user.isEmpty else { throw WordError("USER requires a user, and what is named comes to nothing") }
        defaults.user = user
        return "USER \(user)"
    }

    private mutating func addVolumes(
        _ paths: [String], _ word: (String) throws(WordError) -> String
    ) throws(WordError) -> String {
        var volumes = defaults.volumes ?? [:]
        var shown: [String] = []
        for text in paths {
            let path = try word(text)
            guard !path.isEmpty else { throw WordError("VOLUME specified can not be an empty string") }
            volumes[path] = ExecutionDefaults.EmptyObject()
            shown.append(path)
        }
        defaults.volumes = volumes
        return "VOLUME \(GoText.plain(shown))"
    }
}
