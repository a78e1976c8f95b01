import Engine

/// How far a build has come: the newest of everything, never a queue.
struct BuildReport: Sendable {
    /// Grows with every report of one build: an older one that comes later is dropped.
    var number = 0
    /// In docker's order.
    var steps: [BuildStep] = []
    /// What comes from registries, by step.
    var transfers: [Int: TransferReport] = [:]
    var warnings: [BuildWarning] = []
    var notices: [String] = []
    /// The step whose output is looked at, and what it has written; of the others nothing is told.
    var output: (step: Int, text: StepOutput)?

    /// More steps than any Dockerfile has; what comes from outside may claim any number.
    static let stepLimit = 4000
    static let transferLimit = 64
    static let warningLimit = 200
    static let noticeLimit = 20
}
