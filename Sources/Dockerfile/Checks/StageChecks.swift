import Engine

/// Rules of what instructions do, stage by stage.
struct StageChecks {
    private let dockerfile: Dockerfile
    private let graph: BuildGraph

    init(_ dockerfile: Dockerfile, _ graph: BuildGraph) {
        self.dockerfile = dockerfile
        self.graph = graph
    }

    func run(
        everyStage: Bool, _ report: inout CheckReport, ignored: (String) -> Bool,
        image: (String, String) -> BaseImageFacts?
    ) {
        var scopes: [Int: StageScope] = [:]
        for planned in everyStage ? graph.all : graph.stages {
            let scope = begin(planned, scopes, &report, image: image)
            var checks = InstructionChecks(scope, graph, WordExpansion(escape: dockerfile.directives.escape))
            for instruction in planned.stage.instructions { checks.check(instruction, &report, ignored: ignored) }
            scopes[planned.stage.index] = checks.scope
        }
    }

    private func begin(
        _ planned: PlannedStage, _ scopes: [Int: StageScope], _ report: inout CheckReport,
        image: (String, String) -> BaseImageFacts?
    ) -> StageScope {
        switch planned.base {
        case .scratch: return StageScope(variables: [:], isComplete: true)
        case .context: return StageScope(variables: [:], isComplete: false)
        case .stage(let index): return scopes[index] ?? StageScope(variables: [:], isComplete: false)
        case .image(let name):
            guard let facts = image(name, planned.platform) else {
                return StageScope(variables: [:], isComplete: false)
            }
            checkPlatform(planned, name, facts, &report)
            var variables: [String: String] = [:]
            for entry in facts.environment {
                let pair = entry.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                variables[String(pair.first ?? "")] = pair.count == 2 ? String(pair[1]) : ""
            }
            return StageScope(variables: variables, isComplete: true)
        }
    }

    private func checkPlatform(
        _ planned: PlannedStage, _ name: String, _ facts: BaseImageFacts, _ report: inout CheckReport
    ) {
        guard let actual = PlatformName.normalized(facts.platform) else { return }
        let wanted = planned.platform.split(separator: "/").prefix(2)
        guard !wanted.elementsEqual(actual.split(separator: "/").prefix(2)) else { return }
        report.add(
            .invalidBaseImagePlatform,
            "the base image \(shortened(name)) is one of \(actual), and the build is for \(planned.platform)",
            at: planned.stage.range, comments: planned.stage.comments)
    }
}
