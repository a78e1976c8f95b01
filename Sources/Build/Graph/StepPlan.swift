import Dockerfile
import Engine
import OCI

/// Which steps a build has, with their numbers.
struct StepPlan: Sendable {
    private struct Place: Hashable {
        var stage: Int
        var instruction: Int
    }

    /// All steps, in order.
    private(set) var steps: [BuildStep] = []
    /// The Dockerfile's reading.
    private(set) var definition = 0
    /// The reading of `.dockerignore`.
    private(set) var ignore = 0
    /// The opening of the context, when anything is copied from it.
    private(set) var context: Int?
    /// Caches elsewhere that are read, in the request's order.
    private(set) var cacheImports: [Int] = []
    /// Outputs, in the request's order; the store's image when it names none.
    private(set) var outputs: [Int] = []
    /// Caches elsewhere that are written, in the request's order.
    private(set) var cacheExports: [Int] = []
    private var bases: [Int: Int] = [:]
    private var instructions: [Place: Int] = [:]
    private var images: [String: Int] = [:]

    /// Plans a build.
    init(_ dockerfile: Dockerfile, graph: BuildGraph, request: BuildRequest) {
        definition = add("[internal] load build definition from \(dockerfile.name)")
        ignore = add("[internal] load .dockerignore")
        if graph.stages.contains(where: { Self.usesContext($0.stage) }) {
            context = add("[internal] load build context")
        }
        cacheImports = request.cacheFrom.map { add("importing cache manifest from \($0.place)") }
        for planned in graph.stages { addStage(planned, of: dockerfile.stages.count, graph) }
        outputs = request.wantedOutputs.map { add($0.stepName) }
        cacheExports = request.cacheTo.map { add($0.exportName) }
    }

    /// What is known when the Dockerfile cannot be read.
    init(unreadable name: String) { definition = add("[internal] load build definition from \(name)") }

    /// A stage's FROM.
    func base(of stage: Int) -> Int? { bases[stage] }

    /// An instruction.
    func step(stage: Int, instruction: Int) -> Int? { instructions[Place(stage: stage, instruction: instruction)] }

    /// An image that is only copied from.
    func image(_ name: String) -> Int? { images[name] }

    private mutating func add(_ name: String, stage: String? = nil, line: Int = 0) -> Int {
        steps.append(BuildStep(id: steps.count + 1, name: name, stage: stage, line: line))
        return steps.count
    }

    private mutating func addStage(_ planned: PlannedStage, of count: Int, _ graph: BuildGraph) {
        let stage = planned.stage
        let name = StepName.stage(stage, of: count)
        let baseName = planned.base.stepText
        let total = stage.instructions.count(where: StepName.isStep) + (baseName == nil ? 0 : 1)
        var index = 0
        func position() -> String {
            index += 1
            return "[\(StepName.position(stage: name, index: index, total: total))]"
        }
        if let baseName {
            bases[stage.index] = add("\(position()) FROM \(baseName)", stage: name, line: stage.range.start.line)
        }
        for (number, instruction) in stage.instructions.enumerated() {
            for origin in instruction.origins { addOrigin(graph.origin(of: origin, in: stage.index)) }
            guard StepName.isStep(instruction) else { continue }
            let text = "\(position()) \(StepName.text(instruction))"
            instructions[Place(stage: stage.index, instruction: number)] = add(
                text, stage: name, line: instruction.range.start.line)
        }
    }

    private mutating func addOrigin(_ origin: StageOrigin) {
        guard case .image(let name) = origin, images[name] == nil else { return }
        images[name] = add("FROM \(Self.full(name))")
    }

    /// A name spelled out, as docker shows it.
    static func full(_ name: String) -> String { (try? ImageReference(name))?.full ?? name }

    private static func usesContext(_ stage: Dockerfile.Stage) -> Bool {
        stage.instructions.contains { instruction in
            switch instruction.kind {
            case .copy(let copy), .add(let copy): copy.from == nil
            case .run(let run): run.mounts.contains { $0.kind == .bind && $0.from == nil }
            default: false
            }
        }
    }
}

extension StageBase {
    /// What FROM shows; `nil` when there is nothing to get.
    fileprivate var stepText: String? {
        switch self {
        case .scratch, .stage: nil
        case .image(let name): StepPlan.full(name)
        case .context(let name): name
        }
    }
}

extension Instruction {
    /// Names of what it copies from or mounts.
    var origins: [String] {
        switch kind {
        case .copy(let copy), .add(let copy): copy.from.map { [$0] } ?? []
        case .run(let run): run.mounts.filter { $0.kind == .bind || $0.kind == .cache }.compactMap(\.from)
        default: []
        }
    }
}

extension BuildRequest {
    /// What is made of the result.
    var wantedOutputs: [BuildOutput] {
        outputs.isEmpty ? [.image(names: [], push: false)] : outputs.filter { $0 != .none }
    }
}

extension BuildOutput {
    fileprivate var stepName: String {
        switch self {
        case .image: "exporting to image"
        case .local: "exporting to client directory"
        case .tar: "exporting to client tarball"
        case .oci: "exporting to oci image format"
        case .docker: "exporting to docker image format"
        case .none: ""
        }
    }
}

extension BuildCacheLocation {
    /// Where it is, in words.
    var place: String {
        switch self {
        case .registry(let reference, _): reference
        case .directory(let path, _): path
        }
    }

    /// Steps of all stages and not of the result alone.
    var isComplete: Bool {
        switch self {
        case .registry(_, let isComplete), .directory(_, let isComplete): isComplete
        }
    }

    fileprivate var exportName: String {
        switch self {
        case .registry: "exporting cache to registry"
        case .directory: "exporting cache to client directory"
        }
    }
}
