import Engine
import FoundationEssentials
import OCI

/// One Dockerfile instruction of `docker import --change`, applied to an image's defaults.
struct ConfigurationChange {
    private let text: String
    private let instruction: String
    private let arguments: String

    /// - Throws: `.invalidArgument` when there is nothing after the instruction.
    init(_ text: String) throws(EngineError) {
        let trimmed = text.trimmed
        let name = trimmed.prefix { !$0.isWhitespace }
        self.text = trimmed
        instruction = name.uppercased()
        arguments = String(trimmed[name.endIndex...]).trimmed
        guard !arguments.isEmpty else { throw refused("it says nothing after the instruction") }
    }

    func apply(to defaults: inout ExecutionDefaults) throws(EngineError) {
        switch instruction {
        case "CMD": defaults.command = try commandLine()
        case "ENTRYPOINT":
            defaults.entrypoint = try commandLine()
        case "ENV": try setEnvironment(&defaults)
        case "LABEL":
            for (name, value) in try pairs() {
                defaults.labels = (defaults.labels ?? [:]).merging([name: value]) { $1 }
            }
        case "USER": defaults.user = arguments
        case "WORKDIR": setDirectory(&defaults)
        case "STOPSIGNAL": defaults.stopSignal = arguments
        case "EXPOSE": try expose(&defaults)
        case "HEALTHCHECK": defaults.healthcheck = try healthCheck()
        case "VOLUME":
            let paths = try jsonList() ?? arguments.split(whereSeparator: \.isWhitespace).map(String.init)
            var volumes = defaults.volumes ?? [:]
            for path in paths {
                guard !path.isEmpty else { throw refused("a volume's path is empty") }
                volumes[path] = ExecutionDefaults.EmptyObject()
            }
            defaults.volumes = volumes
        default:
            throw refused(
                "\(printable(instruction)) is not one of CMD, ENTRYPOINT, ENV, EXPOSE, HEALTHCHECK, LABEL, STOPSIGNAL, USER, VOLUME, WORKDIR"
            )
        }
    }

    /// The JSON form as it is; the shell form through a shell.
    private func commandLine() throws(EngineError) -> [String] {
        if let list = try jsonList() { return list }
        return ["/bin/sh", "-c", arguments]
    }

    /// `nil` when the text is not a JSON list: docker then takes it for the shell form.
    private func jsonList() throws(EngineError) -> [String]? {
        guard arguments.hasPrefix("[") else { return nil }
        return try? JSONDecoder().decode([String].self, from: Data(arguments.utf8))
    }

    private func setEnvironment(_ defaults: inout ExecutionDefaults) throws(EngineError) {
        var environment = defaults.environment ?? []
        for (name, value) in try pairs() {
            environment.removeAll { $0.hasPrefix("\(name)=") }
            environment.append("\(name)=\(value)")
        }
        defaults.environment = environment
    }

    private func setDirectory(_ defaults: inout ExecutionDefaults) {
        let current = defaults.workingDirectory ?? "/"
        let joined = arguments.hasPrefix("/") ? arguments : "\(current)/\(arguments)"
        defaults.workingDirectory = "/" + joined.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
    }

    /// `[--interval=30s …] CMD command` or `NONE`.
    private func healthCheck() throws(EngineError) -> HealthConfiguration {
        var check = HealthConfiguration()
        var rest = arguments[...]
        while rest.hasPrefix("--") {
            let flag = rest.prefix { !$0.isWhitespace }
            rest = rest.dropFirst(flag.count).drop { $0.isWhitespace }
            try setHealthFlag(String(flag), in: &check)
        }
        let kind = rest.prefix { !$0.isWhitespace }
        let line = String(rest.dropFirst(kind.count)).trimmed
        switch kind.uppercased() {
        case "NONE" where line.isEmpty: check.test = ["NONE"]
        case "CMD" where !line.isEmpty:
            let list = try ConfigurationChange("CMD \(line)").jsonList()
            check.test = list.map { ["CMD"] + $0 } ?? ["CMD-SHELL", line]
        default: throw refused("it wants CMD and a command, or NONE")
        }
        return check
    }

    private func setHealthFlag(_ flag: String, in check: inout HealthConfiguration) throws(EngineError) {
        let parts = flag.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let value = parts.count > 1 ? parts[1] : ""
        if parts[0] == "--retries", let retries = Int(value), retries >= 0 {
            check.retries = retries
            return
        }
        let fields: [String: WritableKeyPath<HealthConfiguration, Int64?>] = [
            "--interval": \.interval, "--timeout": \.timeout, "--start-period": \.startPeriod,
            "--start-interval": \.startInterval,
        ]
        guard let field = fields[parts[0]], let span = GoDuration.nanoseconds(value), span >= 0 else {
            throw refused("\(printable(flag)) is not understood")
        }
        check[keyPath: field] = span
    }

    private func expose(_ defaults: inout ExecutionDefaults) throws(EngineError) {
        var ports = defaults.exposedPorts ?? [:]
        for port in arguments.split(whereSeparator: \.isWhitespace) {
            let parts = port.split(separator: "/", omittingEmptySubsequences: false)
            let kind = parts.count > 1 ? parts[1].lowercased() : "tcp"
            guard (1...2).contains(parts.count), let number = parts.first.flatMap({ UInt16($0) }), number > 0,
                ["tcp", "udp", "sctp"].contains(kind)
            else { throw refused("\"\(printable(port))\" is not a port such as 80 or 53/udp") }
            ports["\(number)/\(kind)"] = ExecutionDefaults.EmptyObject()
        }
        defaults.exposedPorts = ports
    }

    /// `a=b "c"="d e"` in words, or docker's old `NAME the rest`.
    private func pairs() throws(EngineError) -> [(String, String)] {
        let words = try words()
        guard let first = words.first else { throw refused("it names nothing") }
        if !first.contains("=") {
            let name = arguments.prefix { !$0.isWhitespace }
            let value = String(arguments[name.endIndex...]).trimmed
            guard !value.isEmpty else { throw refused("\(printable(name)) has no value") }
            return [(String(name), value)]
        }
        var pairs: [(String, String)] = []
        for word in words {
            guard let equals = word.firstIndex(of: "="), equals != word.startIndex else {
                throw refused("\"\(printable(word))\" is not NAME=value")
            }
            pairs.append((String(word[..<equals]), String(word[word.index(after: equals)...])))
        }
        return pairs
    }

    /// Words with shell quotes and backslashes taken away.
    private func words() throws(EngineError) -> [String] {
        var words: [String] = []
        var word: String?
        var quote: Character?
        var isEscaped = false
        for character in arguments {
            if isEscaped {
                word = (word ?? "") + String(character)
                isEscaped = false
            } else if character == "\\", quote != "'" {
                isEscaped = true
            } else if let open = quote {
                if character == open { quote = nil } else { word = (word ?? "") + String(character) }
            } else if character == "\"" || character == "'" {
                quote = character
                word = word ?? ""
            } else if character.isWhitespace {
                if let done = word { words.append(done) }
                word = nil
            } else {
                word = (word ?? "") + String(character)
            }
        }
        guard quote == nil else { throw refused("a quote is not closed") }
        if let word { words.append(word) }
        return words
    }

    private func refused(_ reason: String) -> EngineError {
        EngineError(.invalidArgument, "invalid change \"\(printable(text))\": \(reason)")
    }
}

extension String {
    /// Without white space at both ends.
    fileprivate var trimmed: String {
        let start = drop { $0.isWhitespace }
        var end = start
        while end.last?.isWhitespace == true { end = end.dropLast() }
        return String(end)
    }
}
