/// Goes through a stage's instructions, in order.
struct InstructionChecks {
    private(set) var scope: StageScope
    private let graph: BuildGraph
    private let expansion: WordExpansion
    /// Where an instruction stands of which a stage should have one.
    private var earlier: [String: Instruction] = [:]

    init(_ scope: StageScope, _ graph: BuildGraph, _ expansion: WordExpansion) {
        self.scope = scope
        self.graph = graph
        self.expansion = expansion
    }

    mutating func check(_ instruction: Instruction, _ report: inout CheckReport, ignored: (String) -> Bool) {
        // The variables are the reader's meanwhile: shared, every change would copy all of them.
        var reader = VariableReader(expansion, scope.variables)
        scope.variables = [:]
        defer { scope.variables = reader.variables }
        switch instruction.kind {
        case .arg(let declarations): declare(declarations, instruction, &reader, &report)
        case .env(let pairs): set(pairs, instruction, &reader, &report)
        case .label(let pairs):
            for pair in pairs {
                _ = reader.word(pair.key)
                _ = reader.word(pair.value)
            }
            checkLegacy("LABEL", pairs, instruction, &report)
        case .copy(let copy): check(copy, isAdd: false, instruction, &reader, &report, ignored: ignored)
        case .add(let copy): check(copy, isAdd: true, instruction, &reader, &report, ignored: ignored)
        case .run(let run):
            for mount in run.mounts { _ = try? mount.expanded { reader.word($0) } }
        case .workdir(let path): checkWorkdir(reader.word(path), instruction, &report)
        case .user(let text), .stopsignal(let text): _ = reader.word(text)
        case .volume(let paths): for path in paths { _ = reader.word(path) }
        case .expose(let ports): for port in ports { checkPort(reader.word(port), instruction, &report) }
        case .cmd(let command): checkCommand("CMD", command, instruction, &report)
        case .entrypoint(let command): checkCommand("ENTRYPOINT", command, instruction, &report)
        case .healthcheck: checkOnce("HEALTHCHECK", instruction, &report)
        case .shell: scope.hasShell = true
        case .maintainer, .onbuild: break
        }
        reportUnset(reader, instruction, &report)
    }

    private func reportUnset(_ reader: VariableReader, _ instruction: Instruction, _ report: inout CheckReport) {
        guard scope.isComplete else { return }
        for name in reader.unset where !scope.declared.contains(name) && !name.hasPrefix("BUILDKIT_SBOM_SCAN_") {
            let hint = Suggestion.nearest(name, reader.variables.keys).map { " (did you mean $\($0)?)" } ?? ""
            report.add(
                .undefinedVar, "the variable $\(shortened(name)) is not defined\(hint)", at: instruction.range,
                comments: instruction.commentLines)
        }
    }

    // MARK: - Variables

    private mutating func declare(
        _ declarations: [ArgumentDeclaration], _ instruction: Instruction, _ reader: inout VariableReader,
        _ report: inout CheckReport
    ) {
        for declaration in declarations {
            checkSecret("ARG", declaration.name, instruction, &report)
            scope.declared.insert(declaration.name)
            let given = graph.arguments[declaration.name]
            if let value = given ?? declaration.value.map({ reader.word($0) })
                ?? graph.globalArguments[declaration.name]
            {
                reader.set(declaration.name, value)
            }
        }
    }

    private mutating func set(
        _ pairs: [KeyValue], _ instruction: Instruction, _ reader: inout VariableReader, _ report: inout CheckReport
    ) {
        // All values are expanded before any of the names counts.
        let expanded = pairs.map { (reader.word($0.key), reader.word($0.value)) }
        for (name, value) in expanded {
            checkSecret("ENV", name, instruction, &report)
            reader.set(name, value)
        }
        checkLegacy("ENV", pairs, instruction, &report)
    }

    private func checkSecret(
        _ keyword: String, _ name: String, _ instruction: Instruction, _ report: inout CheckReport
    ) {
        let words = Set(name.lowercased().split(separator: "_", omittingEmptySubsequences: false).map(String.init))
        let suspicious: Set = [
            "apikey", "auth", "credential", "credentials", "key", "password", "pword", "passwd", "secret", "token",
        ]
        guard !words.isDisjoint(with: suspicious), words.isDisjoint(with: ["public", "file", "version"]) else {
            return
        }
        report.add(
            .secretsUsedInArgOrEnv,
            "\(keyword) \(quoted(name)) looks like a secret; give it with RUN --mount=type=secret instead",
            at: instruction.range, comments: instruction.commentLines)
    }

    private func checkLegacy(
        _ keyword: String, _ pairs: [KeyValue], _ instruction: Instruction, _ report: inout CheckReport
    ) {
        guard let pair = pairs.first(where: \.isLegacy) else { return }
        report.add(
            .legacyKeyValueFormat, "write \(keyword) \(shortened(pair.key))=value instead of a blank between them",
            at: instruction.range, comments: instruction.commentLines)
    }

    // MARK: - Files

    private func check(
        _ copy: FileCopy, isAdd: Bool, _ instruction: Instruction, _ reader: inout VariableReader,
        _ report: inout CheckReport, ignored: (String) -> Bool
    ) {
        for text in [copy.owner, copy.mode, copy.checksum, copy.destination] + copy.excludes {
            if let text { _ = reader.word(text) }
        }
        for source in copy.sources {
            switch source {
            case .hereDocument(let document):
                if document.expands { reader.hereDocument(document.content) }
            case .path(let text):
                let path = reader.word(text)
                let isRemote = isAdd && (path.contains("://") || path.hasPrefix("git@"))
                guard copy.from == nil, !isRemote, ignored(CleanPath.clean(path)) else { continue }
                report.add(
                    .copyIgnoredFile, "\(quoted(path)) is to be copied, and .dockerignore leaves it out",
                    at: instruction.range, comments: instruction.commentLines)
            }
        }
    }

    private mutating func checkWorkdir(_ path: String, _ instruction: Instruction, _ report: inout CheckReport) {
        if !scope.hasWorkdir, !path.hasPrefix("/") {
            report.add(
                .workdirRelativePath, "the relative WORKDIR \(quoted(path)) lies wherever the base image has its own",
                at: instruction.range, comments: instruction.commentLines)
        }
        scope.hasWorkdir = true
    }

    // MARK: - Settings

    private func checkPort(_ port: String, _ instruction: Instruction, _ report: inout CheckReport) {
        let pair = port.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        if pair.count == 2, pair[1] != pair[1].lowercased() {
            report.add(
                .exposeProtoCasing, "the protocol of \(quoted(port)) should be in lower case",
                at: instruction.range, comments: instruction.commentLines)
        }
        if (pair.first ?? "").contains(":") {
            report.add(
                .exposeInvalidFormat, "EXPOSE \(shortened(port)) names an address or port of the host",
                at: instruction.range, comments: instruction.commentLines)
        }
    }

    private mutating func checkCommand(
        _ keyword: String, _ command: CommandLine, _ instruction: Instruction, _ report: inout CheckReport
    ) {
        checkOnce(keyword, instruction, &report)
        guard case .shell = command, !scope.hasShell else { return }
        report.add(
            .jsonArgsRecommended, "\(keyword) should be in JSON form, so that signals reach the program",
            at: instruction.range, comments: instruction.commentLines)
    }

    private mutating func checkOnce(_ keyword: String, _ instruction: Instruction, _ report: inout CheckReport) {
        // The earlier one is at fault: it has no effect.
        if let earlier = earlier[keyword] {
            report.add(
                .multipleInstructionsDisallowed,
                "the stage has several \(keyword) instructions, of which only the last one counts", at: earlier.range,
                comments: earlier.commentLines)
        }
        earlier[keyword] = instruction
    }
}
