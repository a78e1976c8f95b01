import Engine

/// Makes an instruction of a line that has been taken apart.
struct InstructionParser {
    /// What a line is.
    enum Statement {
        case from(base: String, name: String?, platform: String?)
        case instruction(Instruction.Kind)
    }

    /// Every name, in lower case.
    static let names: Set<String> = [
        "add", "arg", "cmd", "copy", "entrypoint", "env", "expose", "from", "healthcheck", "label", "maintainer",
        "onbuild", "run", "shell", "stopsignal", "user", "volume", "workdir",
    ]

    let escape: UInt8
    /// The comments above, for ARG.
    let comments: [String]
    let documents: [HereDocument]

    func parse(_ command: CommandText) throws(ParseFailure) -> Statement {
        let name = command.name.lowercased()
        if name == "from" { return try from(command) }
        return .instruction(try kind(name, command))
    }

    private func kind(_ name: String, _ command: CommandText) throws(ParseFailure) -> Instruction.Kind {
        switch name {
        case "add", "copy": return try fileCopy(name.uppercased(), command)
        case "run": return .run(try run(command))
        case "healthcheck": return .healthcheck(try healthcheck(command))
        case "onbuild": return try onbuild(command)
        default: break
        }
        guard Self.names.contains(name) else {
            throw ParseFailure(
                "unknown instruction: \(shortened(command.name))", at: command.nameRange,
                suggestion: Suggestion.nearest(name, Self.names).map { "did you mean \($0.uppercased())?" })
        }
        _ = try FlagValues(command.flags, known: [:], of: name.uppercased())
        switch name {
        case "arg": return .arg(try declarations(command))
        case "cmd": return .cmd(try commandLine(command.arguments))
        case "entrypoint": return .entrypoint(try commandLine(command.arguments))
        case "env": return .env(try pairs(command))
        case "label": return .label(try pairs(command))
        case "expose":
            try requireArguments(command)
            return .expose(ArgumentWords.plain(command.arguments).map(\.text).sorted())
        case "shell":
            try requireArguments(command)
            guard let list = try ArgumentWords.list(command.arguments) else {
                throw ParseFailure(
                    "SHELL takes its arguments in JSON form alone", at: command.arguments.indices,
                    suggestion: #"SHELL ["/bin/sh", "-c"]"#)
            }
            guard !list.isEmpty else { throw ParseFailure("SHELL requires at least one argument") }
            return .shell(list)
        case "volume": return .volume(try volumes(command))
        default: break
        }
        guard !command.arguments.isEmpty else {
            throw ParseFailure("\(name.uppercased()) requires exactly one argument")
        }
        let text = command.arguments.text
        switch name {
        case "maintainer": return .maintainer(text)
        case "stopsignal": return .stopsignal(text)
        case "user": return .user(text)
        default: return .workdir(text)
        }
    }

    private func requireArguments(_ command: CommandText) throws(ParseFailure) {
        guard command.arguments.isEmpty else { return }
        throw ParseFailure("\(command.name.uppercased()) requires at least one argument")
    }

    // MARK: - FROM

    private func from(_ command: CommandText) throws(ParseFailure) -> Statement {
        let flags = try FlagValues(command.flags, known: ["platform": .text], of: "FROM")
        let words = ArgumentWords.plain(command.arguments)
        var name: String?
        if words.count == 3, words[1].text.lowercased() == "as" {
            let lowered = words[2].text.lowercased()
            guard Self.isStageName(lowered) else {
                throw ParseFailure(
                    "invalid name for a stage: \(quoted(words[2].text)); it begins with a letter and has letters,"
                        + " digits, -, _ and . in it", at: words[2].range)
            }
            name = lowered
        } else if words.count != 1 {
            throw ParseFailure("FROM requires either one or three arguments: FROM image [AS name]")
        }
        return .from(base: words[0].text, name: name, platform: flags.text("platform"))
    }

    private static func isStageName(_ text: String) -> Bool {
        guard let first = text.utf8.first, first.isLetter else { return false }
        return text.utf8.allSatisfy { $0.isLetter || $0.isDigit || "-_.".utf8.contains($0) }
    }

    // MARK: - Lists and pairs

    /// A JSON list, or a shell's command.
    func commandLine(_ arguments: ArraySlice<UInt8>) throws(ParseFailure) -> CommandLine {
        if let list = try ArgumentWords.list(arguments) { return .exec(list) }
        return .shell(arguments.text)
    }

    private func volumes(_ command: CommandText) throws(ParseFailure) -> [String] {
        let list = try ArgumentWords.list(command.arguments) ?? ArgumentWords.plain(command.arguments).map(\.text)
        guard !list.isEmpty else { throw ParseFailure("VOLUME requires at least one argument") }
        let volumes = list.map { Array($0.utf8).trimmed.text }
        guard !volumes.contains("") else { throw ParseFailure("a path of VOLUME cannot be empty") }
        return volumes
    }

    private func declarations(_ command: CommandText) throws(ParseFailure) -> [ArgumentDeclaration] {
        let words = ArgumentWords.quoted(command.arguments, escape: escape)
        guard !words.isEmpty else { throw ParseFailure("ARG requires at least one argument") }
        var declarations: [ArgumentDeclaration] = []
        for word in words {
            let pair = word.text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(pair.first ?? "")
            guard !name.isEmpty else { throw ParseFailure("a name of ARG cannot be empty", at: word.range) }
            declarations.append(
                ArgumentDeclaration(
                    name: name, value: pair.count == 2 ? String(pair[1]) : nil,
                    comment: Self.description(of: name, in: comments)))
        }
        return declarations
    }

    /// The comment that begins with a name, without the name.
    static func description(of name: String, in comments: [String]) -> String? {
        comments.first { $0.hasPrefix(name + " ") }.map { String($0.dropFirst(name.count + 1)) }
    }

    private func pairs(_ command: CommandText) throws(ParseFailure) -> [KeyValue] {
        let name = command.name.uppercased()
        let words = ArgumentWords.quoted(command.arguments, escape: escape)
        guard let first = words.first else { throw ParseFailure("\(name) requires at least one argument") }
        guard first.text.contains("=") else {
            // The old form: one name, a blank, and all the rest is its value.
            let key = command.arguments.prefix { !$0.isBlank }
            let value = command.arguments[key.endIndex...].drop { $0.isBlank }
            guard !value.isEmpty else {
                throw ParseFailure(
                    "\(name) must have two arguments", at: command.arguments.indices,
                    suggestion: "\(name) \(shortened(key.text))=value")
            }
            return [KeyValue(key: key.text, value: value.text, isLegacy: true)]
        }
        var pairs: [KeyValue] = []
        for word in words {
            let pair = word.text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard pair.count == 2 else {
                throw ParseFailure(
                    "\(quoted(word.text)) has no =; \(name) takes name=value, and values with blanks in quotes",
                    at: word.range)
            }
            guard !pair[0].isEmpty else { throw ParseFailure("a name of \(name) cannot be empty", at: word.range) }
            pairs.append(KeyValue(key: String(pair[0]), value: String(pair[1])))
        }
        return pairs
    }
}
