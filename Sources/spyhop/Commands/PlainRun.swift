import Engine

/// The everyday forms of `run`, read without the parser: `run --rm -it -e A=1 -v /a:/b --name x image command …`.
///
/// Setting up the parser takes longer than the container's start, for it looks its options up by reflection. What is not
/// understood here to the last letter (another option, another spelling, a mistake) is the parser's, and so are help
/// and every refusal; a test compares what both make of the same words.
struct PlainRun {
    private var spec = ContainerSpec(image: "")
    private var isDetached = false
    private var variables: [String] = []
    private var volumes: [String] = []
    private var network = NetworkWords()

    /// The request that the program's arguments make; `nil` when the parser has to look at them.
    static func request(_ arguments: [String], _ environment: ProcessEnvironment) -> RunRequest? {
        guard arguments.first == "run" else { return nil }
        var plain = PlainRun()
        var rest = arguments.dropFirst()
        while let word = rest.first, word.hasPrefix("-") {
            rest.removeFirst()
            guard plain.take(word, &rest) else { return nil }
        }
        guard let image = rest.popFirst(), !image.isEmpty else { return nil }
        plain.spec.image = image
        plain.spec.command = Array(rest)
        return try? plain.finished(environment)
    }

    private mutating func take(_ word: String, _ rest: inout ArraySlice<String>) -> Bool {
        switch word {
        case "--rm": spec.autoRemove = true
        case "--detach": isDetached = true
        case "--interactive": spec.openStdin = true
        case "--tty": spec.tty = true
        case "-e", "--env": return Self.add(&variables, rest.popFirst())
        case "-v", "--volume": return Self.add(&volumes, rest.popFirst())
        case "-p", "--publish": return Self.add(&network.publish, rest.popFirst())
        case "--network": return network.network.isEmpty && Self.add(&network.network, rest.popFirst())
        case "--name": return Self.set(&spec.name, rest.popFirst())
        case "-w", "--workdir": return Self.set(&spec.workingDirectory, rest.popFirst())
        case "-u", "--user": return Self.set(&spec.user, rest.popFirst())
        default: return takeLetters(word)
        }
        return true
    }

    private mutating func takeLetters(_ word: String) -> Bool {
        guard word.count > 1 else { return false }
        for letter in word.dropFirst() {
            switch letter {
            case "d": isDetached = true
            case "i": spec.openStdin = true
            case "t": spec.tty = true
            default: return false
            }
        }
        return true
    }

    private static func add(_ list: inout [String], _ value: String?) -> Bool {
        if let value { list.append(value) }
        return value != nil
    }

    /// One that is given twice is for the parser to judge.
    private static func set(_ option: inout String?, _ value: String?) -> Bool {
        guard option == nil, let value else { return false }
        option = value
        return true
    }

    private func finished(_ environment: ProcessEnvironment) throws -> RunRequest? {
        var spec = spec
        spec.environment = try EnvironmentOption.resolve(variables, lookup: environment.lookup)
        spec.mounts = try volumes.map { try VolumeOption.parse($0, directory: environment.workingDirectory) }
        for (index, mount) in spec.mounts.enumerated() {
            if spec.mounts[..<index].contains(where: { $0.target == mount.target }) { return nil }
        }
        try network.apply(to: &spec)
        return network.warnings.isEmpty ? RunRequest(spec: spec, isDetached: isDetached) : nil
    }
}
