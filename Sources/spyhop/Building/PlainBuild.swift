import Engine

/// The everyday forms of `build`, read without the parser: `build -t app --build-arg A=1 .`.
///
/// For a build of which every step is cached the parser, which looks sixty options up by reflection, would take longer
/// than the build. As with `PlainRun`, what is not understood to the last letter is the parser's, and a test compares both readings.
struct PlainBuild {
    private var request = BuildRequest(context: .empty)
    private var tags: [String] = []
    private var arguments: [String] = []
    private var file: String?
    private var network: String?
    private var progress: String?
    private var isQuiet = false
    private var context: String?

    /// What the program's arguments ask for; `nil` when the parser has to look at them.
    static func wish(_ arguments: [String], _ environment: ProcessEnvironment) -> BuildWish? {
        guard arguments.first == "build" else { return nil }
        var plain = PlainBuild()
        var rest = arguments.dropFirst()
        while let word = rest.popFirst() { guard plain.take(word, &rest) else { return nil } }
        return try? plain.finished(environment)
    }

    private mutating func take(_ word: String, _ rest: inout ArraySlice<String>) -> Bool {
        switch word {
        case "-t", "--tag": return Self.add(&tags, rest.popFirst())
        case "--build-arg": return Self.add(&arguments, rest.popFirst())
        case "-f", "--file": return Self.set(&file, rest.popFirst())
        case "--target": return Self.set(&request.target, rest.popFirst())
        case "--network": return Self.set(&network, rest.popFirst())
        case "--progress": return Self.set(&progress, rest.popFirst())
        case "-q", "--quiet": isQuiet = true
        case "--no-cache": request.noCache = true
        case "--pull": request.pull = true
        default: return !word.hasPrefix("-") && Self.set(&context, word)
        }
        return true
    }

    private static func add(_ list: inout [String], _ value: String?) -> Bool {
        if let value { list.append(value) }
        return value != nil
    }

    /// One that is given twice, or empty, is for the parser to judge.
    private static func set(_ option: inout String?, _ value: String?) -> Bool {
        guard option == nil, let value, !value.isEmpty else { return false }
        option = value
        return true
    }

    private func finished(_ environment: ProcessEnvironment) throws -> BuildWish? {
        guard let context else { return nil }
        var request = request
        request.tags = try tags.map(BuildRequestReader.name)
        try BuildRequestReader.add(arguments: arguments, environment, to: &request)
        if let network { try BuildStepOptions.apply(network: network, to: &request) }
        let style = try BuildProgressStyle.chosen(progress, isQuiet: isQuiet, environment)
        return BuildWish(
            request: request, context: context, file: file, call: try BuildCall(nil, check: false), style: style)
    }
}
