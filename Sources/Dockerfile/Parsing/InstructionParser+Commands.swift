import Engine

extension InstructionParser {
    // MARK: - COPY and ADD

    private static let copyFlags: [String: FlagValues.Form] = [
        "chown": .text, "chmod": .text, "link": .boolean, "exclude": .texts, "from": .text, "parents": .boolean,
    ]
    private static let addFlags: [String: FlagValues.Form] = [
        "chown": .text, "chmod": .text, "link": .boolean, "exclude": .texts, "checksum": .text,
        "keep-git-dir": .boolean, "unpack": .boolean,
    ]

    func fileCopy(_ name: String, _ command: CommandText) throws(ParseFailure) -> Instruction.Kind {
        let flags = try FlagValues(command.flags, known: name == "ADD" ? Self.addFlags : Self.copyFlags, of: name)
        let list = try ArgumentWords.list(command.arguments)
        let words = list ?? Self.joiningMarks(ArgumentWords.plain(command.arguments).map(\.text))
        guard let destination = words.last, words.count > 1 else {
            throw ParseFailure(
                "\(name) requires at least two arguments: what to copy, and where to",
                at: command.arguments.isEmpty ? nil : command.arguments.indices)
        }
        var sources: [FileCopy.Source] = []
        for word in words.dropLast() {
            // In JSON form nothing is a here-document.
            if list == nil, let mark = try? HereDocumentMark(word),
                let document = documents.first(where: { $0.name == mark.name })
            {
                sources.append(.hereDocument(document))
            } else {
                sources.append(.path(word))
            }
        }
        if list == nil, (try? HereDocumentMark(destination)) ?? nil != nil {
            throw ParseFailure("\(name) cannot have a here-document as its destination")
        }
        var copy = FileCopy(sources: sources, destination: destination)
        copy.from = flags.text("from").flatMap { $0.isEmpty ? nil : $0 }
        copy.owner = flags.text("chown").flatMap { $0.isEmpty ? nil : $0 }
        copy.mode = flags.text("chmod").flatMap { $0.isEmpty ? nil : $0 }
        copy.link = flags.boolean("link") ?? false
        copy.parents = flags.boolean("parents") ?? false
        copy.excludes = flags.texts("exclude").map(\.value)
        copy.checksum = flags.text("checksum").flatMap { $0.isEmpty ? nil : $0 }
        copy.keepGitDirectory = flags.boolean("keep-git-dir") ?? false
        copy.unpack = flags.boolean("unpack")
        return name == "ADD" ? .add(copy) : .copy(copy)
    }

    /// `<<` and the name of its document are one word, even with blanks between them.
    private static func joiningMarks(_ words: [String]) -> [String] {
        var joined: [String] = []
        for word in words {
            if let last = joined.last, last.hasSuffix("<<"), last.utf8.dropLast(2).allSatisfy(\.isDigit) {
                joined[joined.count - 1] = last + word
            } else {
                joined.append(word)
            }
        }
        return joined
    }

    // MARK: - RUN

    func run(_ command: CommandText) throws(ParseFailure) -> RunInstruction {
        let flags = try FlagValues(
            command.flags, known: ["mount": .texts, "network": .text, "security": .text, "device": .texts], of: "RUN")
        if let range = flags.range("device") {
            throw ParseFailure(
                "RUN --device is not supported", at: range,
                suggestion: "devices of the host are not given to builds; --security=insecure has all of them")
        }
        var instruction = RunInstruction(command: try commandLine(command.arguments), hereDocuments: documents)
        for (value, range) in flags.texts("mount") {
            do {
                instruction.mounts.append(try MountReader(expand: nil).read(value))
            } catch {
                throw ParseFailure(error.message, at: range, suggestion: error.suggestion)
            }
        }
        instruction.network = try choice("network", of: ["default", "none", "host"], flags)
        instruction.security = try choice("security", of: ["sandbox", "insecure"], flags)
        return instruction
    }

    private func choice(_ name: String, of choices: [String], _ flags: FlagValues) throws(ParseFailure) -> String? {
        guard let value = flags.text(name) else { return nil }
        guard choices.contains(value) else {
            throw ParseFailure(
                "--\(name) is one of \(choices.joined(separator: ", ")), not \(quoted(value))", at: flags.range(name),
                suggestion: Suggestion.sentence(value, choices))
        }
        return value
    }

    // MARK: - HEALTHCHECK

    func healthcheck(_ command: CommandText) throws(ParseFailure) -> HealthcheckInstruction {
        let flags = try FlagValues(
            command.flags,
            known: [
                "interval": .text, "timeout": .text, "start-period": .text, "start-interval": .text, "retries": .text,
            ], of: "HEALTHCHECK")
        let type = command.arguments.prefix { !$0.isBlank }
        let rest = command.arguments[type.endIndex...].trimmed
        switch type.text.uppercased() {
        case "": throw ParseFailure("HEALTHCHECK requires at least one argument: CMD and a command, or NONE")
        case "NONE":
            guard rest.isEmpty else { throw ParseFailure("HEALTHCHECK NONE takes no arguments", at: rest.indices) }
            return HealthcheckInstruction(command: nil)
        case "CMD": break
        default:
            throw ParseFailure(
                "HEALTHCHECK takes CMD or NONE, not \(quoted(type.text))", at: type.indices,
                suggestion: Suggestion.sentence(type.text, ["CMD", "NONE"]) ?? "HEALTHCHECK CMD \(shortened(type.text))"
            )
        }
        let line = try commandLine(rest)
        guard !rest.isEmpty, line != .exec([]) else {
            throw ParseFailure("a command is missing behind HEALTHCHECK CMD")
        }
        var check = HealthcheckInstruction(command: line)
        check.interval = try duration("interval", flags)
        check.timeout = try duration("timeout", flags)
        check.startPeriod = try duration("start-period", flags)
        check.startInterval = try duration("start-interval", flags)
        if let text = flags.text("retries"), !text.isEmpty {
            guard let retries = Int32(text), retries >= 0 else {
                throw ParseFailure("--retries takes a number from 0, not \(quoted(text))", at: flags.range("retries"))
            }
            check.retries = Int(retries)
        }
        return check
    }

    private func duration(_ name: String, _ flags: FlagValues) throws(ParseFailure) -> Int64? {
        guard let text = flags.text(name), !text.isEmpty else { return nil }
        guard let nanoseconds = GoDuration.nanoseconds(text) else {
            throw ParseFailure(
                "--\(name) takes a time such as 30s or 1m30s, not \(quoted(text))", at: flags.range(name))
        }
        guard nanoseconds == 0 || nanoseconds >= 1_000_000 else {
            throw ParseFailure("--\(name) cannot be less than 1ms", at: flags.range(name))
        }
        return nanoseconds
    }

    // MARK: - ONBUILD

    func onbuild(_ command: CommandText) throws(ParseFailure) -> Instruction.Kind {
        _ = try FlagValues(command.flags, known: [:], of: "ONBUILD")
        let trigger = CommandText(command.arguments)
        switch trigger.name.lowercased() {
        case "": throw ParseFailure("ONBUILD requires at least one argument")
        case "onbuild": throw ParseFailure("ONBUILD cannot have an ONBUILD as its trigger", at: trigger.nameRange)
        case "from", "maintainer":
            throw ParseFailure(
                "\(trigger.name.uppercased()) is not allowed as an ONBUILD trigger", at: trigger.nameRange)
        default: break
        }
        guard case .instruction(let kind) = try parse(trigger) else {
            throw ParseFailure("FROM is not allowed as an ONBUILD trigger", at: trigger.nameRange)
        }
        var text = trigger.whole.text
        for document in documents { text += "\n" + document.original + document.name }
        // Its place is put in by whoever knows the lines.
        let nowhere = SourcePosition(line: 1, column: 1)
        return .onbuild(
            text,
            Instruction(kind: kind, range: SourceRange(start: nowhere, end: nowhere), original: trigger.whole.text))
    }
}
