import Dockerfile

/// A Dockerfile as lines of text, to be held against what is expected.
struct DockerfileDump {
    private(set) var lines: [String] = []

    init(_ file: Dockerfile) {
        let directives = file.directives
        if let syntax = directives.syntax { lines.append("syntax \(syntax)") }
        if directives.escape != "\\" { lines.append("escape \(directives.escape)") }
        if !directives.skippedChecks.isEmpty { lines.append("skip \(directives.skippedChecks.sorted())") }
        if directives.warningsAreErrors { lines.append("warnings are errors") }
        for instruction in file.globalArguments { add(instruction, "") }
        for stage in file.stages {
            var line = "\(place(stage.range)) FROM \(stage.base.debugDescription)"
            if let name = stage.name { line += " as \(name)" }
            if let platform = stage.platform { line += " platform \(platform)" }
            if let comment = stage.comment { line += " # \(comment)" }
            lines.append(line)
            for instruction in stage.instructions { add(instruction, "  ") }
        }
        for range in file.emptyContinuations { lines.append("empty line in \(place(range))") }
    }

    private func place(_ range: SourceRange) -> String {
        "\(range.start.line):\(range.start.column)-\(range.end.line):\(range.end.column)"
    }

    private mutating func add(_ instruction: Instruction, _ indent: String) {
        lines.append("\(indent)\(place(instruction.range)) \(text(instruction.kind))")
        if let comment = instruction.comment { lines.append("\(indent)  # \(comment.debugDescription)") }
        lines.append("\(indent)  = \(instruction.original.debugDescription)")
    }

    private func text(_ kind: Instruction.Kind) -> String {
        switch kind {
        case .add(let copy): "ADD \(text(copy))"
        case .arg(let declarations):
            "ARG "
                + declarations.map { declaration in
                    declaration.name + (declaration.value.map { "=\($0)" } ?? "")
                        + (declaration.comment.map { " # \($0)" } ?? "")
                }.joined(separator: " | ")
        case .cmd(let command): "CMD \(text(command))"
        case .copy(let copy): "COPY \(text(copy))"
        case .entrypoint(let command): "ENTRYPOINT \(text(command))"
        case .env(let pairs): "ENV \(text(pairs))"
        case .expose(let ports): "EXPOSE \(ports)"
        case .healthcheck(let check): "HEALTHCHECK \(text(check))"
        case .label(let pairs): "LABEL \(text(pairs))"
        case .maintainer(let name): "MAINTAINER \(name)"
        case .onbuild(let trigger, let instruction):
            "ONBUILD \(trigger.debugDescription) -> \(text(instruction.kind))"
        case .run(let run): "RUN \(text(run))"
        case .shell(let words): "SHELL \(words)"
        case .stopsignal(let signal): "STOPSIGNAL \(signal)"
        case .user(let user): "USER \(user)"
        case .volume(let paths): "VOLUME \(paths)"
        case .workdir(let path): "WORKDIR \(path)"
        }
    }

    private func text(_ command: CommandLine) -> String {
        switch command {
        case .shell(let line): "shell \(line.debugDescription)"
        case .exec(let words): "exec \(words)"
        }
    }

    private func text(_ pairs: [KeyValue]) -> String {
        pairs.map { "\($0.key)=\($0.value)\($0.isLegacy ? " (legacy)" : "")" }.joined(separator: " | ")
    }

    private func text(_ document: HereDocument) -> String {
        "<<\(document.name) \(document.content.debugDescription)\(document.expands ? "" : " verbatim")"
            + (document.fileDescriptor == 0 ? "" : " fd \(document.fileDescriptor)")
    }

    private func text(_ run: RunInstruction) -> String {
        var text = self.text(run.command)
        if let network = run.network { text += " network \(network)" }
        if let security = run.security { text += " security \(security)" }
        for mount in run.mounts { text += " [\(self.text(mount))]" }
        for document in run.hereDocuments { text += " \(self.text(document))" }
        return text
    }

    private func text(_ mount: RunMount) -> String {
        var text = mount.kind.rawValue
        func add(_ name: String, _ value: (some CustomStringConvertible)?) {
            if let value { text += " \(name)=\(value)" }
        }
        add("id", mount.id)
        add("target", mount.target)
        add("from", mount.from)
        add("source", mount.source)
        add("readOnly", mount.readOnly)
        add("sharing", mount.sharing?.rawValue)
        if mount.required { text += " required" }
        add("mode", mount.mode.map { String($0, radix: 8) })
        add("uid", mount.uid)
        add("gid", mount.gid)
        add("size", mount.size)
        add("env", mount.environment)
        return text
    }

    private func text(_ copy: FileCopy) -> String {
        var text = copy.sources.map { source in
            switch source {
            case .path(let path): path.debugDescription
            case .hereDocument(let document): self.text(document)
            }
        }.joined(separator: ", ")
        text += " -> \(copy.destination.debugDescription)"
        if let from = copy.from { text += " from \(from)" }
        if let owner = copy.owner { text += " owner \(owner)" }
        if let mode = copy.mode { text += " mode \(mode)" }
        if copy.link { text += " link" }
        if copy.parents { text += " parents" }
        if !copy.excludes.isEmpty { text += " excludes \(copy.excludes)" }
        if let checksum = copy.checksum { text += " checksum \(checksum)" }
        if copy.keepGitDirectory { text += " keeps .git" }
        if let unpack = copy.unpack { text += " unpack \(unpack)" }
        return text
    }

    private func text(_ check: HealthcheckInstruction) -> String {
        guard let command = check.command else { return "none" }
        var text = self.text(command)
        for (name, value) in [
            ("interval", check.interval), ("timeout", check.timeout), ("start", check.startPeriod),
            ("startInterval", check.startInterval), ("retries", check.retries.map(Int64.init)),
        ] {
            if let value { text += " \(name) \(value)" }
        }
        return text
    }
}
