/// The stages that a target needs, and what they need of each other.
public struct BuildGraph: Sendable, Hashable {
    /// The needed stages, in the file's order.
    public private(set) var stages: [PlannedStage] = []
    /// Values of the ARGs before the first FROM, build arguments applied, and the predefined ones of the platform. An ARG
    /// of a stage that has no default of its own takes its value here.
    public private(set) var globalArguments: [String: String]
    /// The index, in the file, of the stage that is built.
    public let target: Int

    /// Every stage of the file.
    private(set) var all: [PlannedStage]
    /// `--build-arg`.
    let arguments: [String: String]
    private let dockerfile: Dockerfile
    private let names: StageNames

    /// Plans a build. `contexts` are the names of further contexts (`--build-context`): one with a stage's name stands in
    /// for the stage, one with an image's name for the image. Platforms are `os/architecture[/variant]`.
    ///
    /// Throws for an unknown target, a base without a name, a stage that needs a later one.
    public init(
        _ dockerfile: Dockerfile, target: String?, arguments: [String: String], buildPlatform: String,
        targetPlatform: String, contexts: Set<String>
    ) throws(DockerfileError) {
        self.dockerfile = dockerfile
        self.arguments = arguments
        names = StageNames(dockerfile, contexts: contexts)
        let scope = GlobalScope(dockerfile)
        globalArguments = try scope.values(
            arguments: arguments, buildPlatform: buildPlatform, targetPlatform: targetPlatform, target: target)
        all = try Self.plan(
            dockerfile, names, globalArguments, buildPlatform: buildPlatform, targetPlatform: targetPlatform)
        self.target = try Self.targetIndex(target, dockerfile, names)
        try addTriggersOfStages()
        for index in all.indices { all[index].dependencies = try dependencies(of: index) }
        try refuseCircles()
        try selectNeeded()
    }

    /// What a name behind `--from` or `from=` means in a stage (its index in the file): a stage by name or number, a named
    /// context, or an image, of which `scratch` is one.
    public func origin(of name: String, in stage: Int) -> StageOrigin {
        if let index = names.index(of: name) { return .stage(index) }
        if let index = Int(name), all.indices.contains(index) { return .stage(index) }
        if let context = names.context(of: name, platform: all.indices.contains(stage) ? all[stage].platform : "") {
            return .context(context)
        }
        return .image(name)
    }

    /// Puts triggers of a base image before a stage's own instructions (its index in the file): what they copy from or
    /// mount may make further stages needed. Triggers of stages of the file are there from the beginning.
    public mutating func addTriggers(_ triggers: [Instruction], to stage: Int) throws(DockerfileError) {
        guard all.indices.contains(stage), !triggers.isEmpty else { return }
        put(triggers, before: stage)
        all[stage].dependencies = try dependencies(of: stage)
        try selectNeeded()
    }

    // MARK: - Planning

    private static func plan(
        _ dockerfile: Dockerfile, _ names: StageNames, _ globals: [String: String], buildPlatform: String,
        targetPlatform: String
    ) throws(DockerfileError) -> [PlannedStage] {
        let expansion = WordExpansion(escape: dockerfile.directives.escape)
        var planned: [PlannedStage] = []
        for stage in dockerfile.stages {
            func expand(_ text: String) throws(DockerfileError) -> String {
                do {
                    return try expansion.word(text) { globals[$0] }
                } catch {
                    throw dockerfile.error(error.message, at: stage.range)
                }
            }
            let base = try expand(stage.base)
            guard !base.isEmpty else {
                throw dockerfile.error(
                    "the base \(quoted(stage.base)) of the stage is empty when its variables are replaced",
                    at: stage.range, suggestion: "give the ARG a default, or a value with --build-arg")
            }
            var platform = targetPlatform
            if let written = stage.platform {
                let text = try expand(written)
                guard let normal = PlatformName.normalized(text, host: buildPlatform) else {
                    throw dockerfile.error(
                        "\(quoted(written)) gives no platform: \(quoted(text))", at: stage.range,
                        suggestion: "platforms are os/architecture[/variant], as linux/amd64")
                }
                platform = normal
            }
            var entry = PlannedStage(stage: stage, base: .image(base), platform: platform, dependencies: [])
            if let name = stage.name, let context = names.context(of: name, platform: platform) {
                entry.base = .context(context)
                entry.stage.instructions = []
            } else if let index = names.base(base, before: stage.index) {
                entry.base = .stage(index)
                entry.platform = planned[index].platform
            } else if base == "scratch" {
                entry.base = .scratch
                entry.platform = targetPlatform
            } else if let context = names.context(of: base, platform: platform) {
                entry.base = .context(context)
            }
            planned.append(entry)
        }
        return planned
    }

    private static func targetIndex(
        _ target: String?, _ dockerfile: Dockerfile, _ names: StageNames
    ) throws(DockerfileError) -> Int {
        guard let target, !target.isEmpty else { return max(0, dockerfile.stages.count - 1) }
        if let index = names.index(of: target) { return index }
        if let index = Int(target), dockerfile.stages.indices.contains(index) { return index }
        let known = dockerfile.stages.compactMap(\.name)
        let place = SourcePosition(line: 1, column: 1)
        var error = dockerfile.error(
            "the target stage \(quoted(target)) is not in the Dockerfile", at: SourceRange(start: place, end: place),
            suggestion: Suggestion.sentence(target, known)
                ?? (known.isEmpty ? "no stage has a name" : "stages are \(known.joined(separator: ", "))"))
        // It is the command line that is wrong; no line of the file is.
        error.excerpt = []
        throw error
    }

    /// A stage of the file runs the triggers of the one that it stands on.
    private mutating func addTriggersOfStages() throws(DockerfileError) {
        for index in all.indices {
            guard case .stage(let base) = all[index].base else { continue }
            let triggers = dockerfile.stages[base].instructions.compactMap { instruction -> Instruction? in
                guard case .onbuild(_, let trigger) = instruction.kind else { return nil }
                return trigger
            }
            put(triggers, before: index)
        }
    }

    private mutating func put(_ triggers: [Instruction], before stage: Int) {
        let range = all[stage].stage.range
        all[stage].stage.instructions.insert(
            contentsOf: triggers.map { trigger in
                var trigger = trigger
                trigger.range = range
                return trigger
            }, at: 0)
    }

    // MARK: - What needs what

    private func dependencies(of index: Int) throws(DockerfileError) -> Set<Int> {
        var dependencies: Set<Int> = []
        if case .stage(let base) = all[index].base { dependencies.insert(base) }
        for instruction in all[index].stage.instructions {
            for name in try origins(of: instruction) {
                switch origin(of: name, in: index) {
                case .stage(let other): dependencies.insert(other)
                case .context: break
                case .image:
                    if case .copy = instruction.kind, let number = Int(name) {
                        throw dockerfile.error(
                            "there is no stage \(number)", at: instruction.range,
                            suggestion: "stages are numbered from 0 to \(all.count - 1)")
                    }
                }
            }
        }
        return dependencies
    }

    private func origins(of instruction: Instruction) throws(DockerfileError) -> [String] {
        switch instruction.kind {
        case .copy(let copy):
            guard let from = copy.from else { return [] }
            let expansion = WordExpansion(escape: dockerfile.directives.escape)
            guard let plain = try? expansion.word(from, { _ in nil }), plain == from else {
                throw dockerfile.error(
                    "variables are not expanded in --from", at: instruction.range,
                    suggestion: "name the image in a stage of its own: FROM \(shortened(from)) AS name")
            }
            return [from]
        case .run(let run): return run.mounts.compactMap(\.from)
        default: return []
        }
    }

    /// A stage that needs itself, by whatever way round, can never be built, even if nobody asks for it.
    private func refuseCircles() throws(DockerfileError) {
        // Stages without needs are taken away until none is left; those in circles stay.
        var open = all.map(\.dependencies.count)
        var users: [Int: [Int]] = [:]
        for (index, stage) in all.enumerated() {
            for dependency in stage.dependencies { users[dependency, default: []].append(index) }
        }
        var free = open.indices.filter { open[$0] == 0 }
        var left = all.count
        while let index = free.popLast() {
            left -= 1
            for user in users[index] ?? [] {
                open[user] -= 1
                if open[user] == 0 { free.append(user) }
            }
        }
        guard left > 0, var index = open.firstIndex(where: { $0 > 0 }) else { return }
        var seen: Set<Int> = []
        while seen.insert(index).inserted {
            guard let next = all[index].dependencies.filter({ open[$0] > 0 }).min() else { break }
            index = next
        }
        throw dockerfile.error(
            "the stage \(title(index)) needs itself", at: culprit(of: index) { open[$0] > 0 },
            suggestion: "copy from a stage that stands before it")
    }

    /// Leaves out what the target does not need; whatever it needs has to stand before its user.
    private mutating func selectNeeded() throws(DockerfileError) {
        var needed: Set<Int> = [target]
        var open = [target]
        while let index = open.popLast() {
            guard all.indices.contains(index) else { continue }
            for dependency in all[index].dependencies.sorted() {
                guard dependency < index else {
                    throw dockerfile.error(
                        "the stage \(title(index)) cannot copy from \(title(dependency)), which comes later",
                        at: culprit(of: index) { $0 == dependency },
                        suggestion: "move the stage \(title(dependency)) before it")
                }
                if needed.insert(dependency).inserted { open.append(dependency) }
            }
        }
        stages = needed.sorted().compactMap { all.indices.contains($0) ? all[$0] : nil }
    }

    private func title(_ index: Int) -> String { all[index].stage.name ?? "\(index)" }

    /// The instruction by which a stage needs one of the others.
    private func culprit(of index: Int, _ isMeant: (Int) -> Bool) -> SourceRange {
        let instruction = all[index].stage.instructions.first { instruction in
            let names = (try? origins(of: instruction)) ?? []
            return names.contains { name in
                if case .stage(let other) = origin(of: name, in: index) { isMeant(other) } else { false }
            }
        }
        return instruction?.range ?? all[index].stage.range
    }
}
