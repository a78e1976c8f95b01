import Engine

extension BuiltImage {
    /// Its first name as people write it, without what every name of Docker Hub begins with.
    var shortName: String? {
        names.first.map { name in
            for prefix in ["docker.io/library/", "docker.io/"] where name.hasPrefix(prefix) {
                return String(name.dropFirst(prefix.utf8.count))
            }
            return name
        }
    }
}

/// A build that was begun here.
struct BuildRun: Sendable, Identifiable {
    enum Phase: Sendable, Equatable {
        /// The form is being read.
        case starting
        case running
        /// It was asked to stop.
        case stopping
        /// A step has failed and is kept in its last state.
        case held(StepFailure)
        /// The step was let go; the engine has still to tell how the build ends.
        case released
        case done(BuiltImage)
        case failed(EngineError)
        case stopped
    }

    let id: Int
    let form: BuildForm
    let began: Timestamp
    private(set) var ended: Timestamp?
    private(set) var phase = Phase.starting
    private(set) var report = BuildReport()
    private(set) var rows: [BuildRow] = [.summary]
    private var places: [Int: Int] = [:]

    init(id: Int, form: BuildForm, began: Timestamp) {
        self.id = id
        self.form = form
        self.began = began
    }

    var title: String { form.title }

    var isRunning: Bool {
        switch phase {
        case .starting, .running, .stopping: true
        case .held, .released, .done, .failed, .stopped: false
        }
    }

    /// The failed step that can be entered.
    var failure: StepFailure? { if case .held(let failure) = phase { failure } else { nil } }

    var image: BuiltImage? { if case .done(let image) = phase { image } else { nil } }

    /// Steps that are done, and all of them.
    var progress: (done: Int, total: Int) {
        (report.steps.reduce(0) { $0 + ($1.isDone ? 1 : 0) }, report.steps.count)
    }

    /// Seconds that it has taken so far.
    func seconds(at now: Timestamp) -> Int64 { Format.age(of: began, now: ended ?? now) }

    func step(_ id: Int) -> BuildStep? {
        places[id].flatMap { report.steps.indices.contains($0) ? report.steps[$0] : nil }
    }

    /// A stage's steps that are done, and all of them.
    func progress(ofStage stage: String) -> (done: Int, total: Int) {
        report.steps.reduce((0, 0)) { sum, step in
            step.stage == stage ? (sum.0 + (step.isDone ? 1 : 0), sum.1 + 1) : sum
        }
    }

    mutating func receive(_ report: BuildReport) {
        guard report.number > self.report.number else { return }
        let isOther = report.steps.count != self.report.steps.count
        self.report = report
        guard isOther else { return }
        places = Dictionary(report.steps.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        rows = BuildRow.rows(report.steps)
    }

    /// Goes on to another phase; `now` is when it ended, if it did.
    mutating func enter(_ phase: Phase, at now: Timestamp) {
        self.phase = phase
        switch phase {
        case .starting, .running, .stopping: ended = nil
        case .held, .released, .done, .failed, .stopped: ended = ended ?? now
        }
    }

    /// The step that deserves to be looked at: what has failed, else what began last of those that run.
    var mostInteresting: BuildRow? {
        if let failed = report.steps.first(where: \.hasFailed) { return .step(failed.id) }
        switch phase {
        case .done, .failed, .stopped: return .summary
        case .starting, .running, .stopping, .held, .released: break
        }
        let running = report.steps.filter { $0.runsSince != nil }
        return running.max { ($0.runsSince?.nanoseconds ?? 0) < ($1.runsSince?.nanoseconds ?? 0) }.map { .step($0.id) }
    }
}
