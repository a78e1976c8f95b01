import Engine

/// What comes back to the details.
enum DetailsAnswer: Sendable {
    case document(ContainerDetails, Result<Document, EngineError>)
    case processes(ContainerID, Result<[ContainerProcess], EngineError>, at: Duration)
    case signalled(pid: Int32, signal: Int32, EngineError?)
    case checked(ContainerID, Result<HealthReport.Result, EngineError>)
}

extension DetailsAnswer: DeedAnswer {
    var failure: String? {
        switch self {
        case .signalled(_, _, let error): error?.description
        case .checked(_, .failure(let error)): error.description
        case .document, .processes, .checked: nil
        }
    }
}

/// Makes a document of what inspect told.
struct MakeDocument: Errand {
    var details: ContainerDetails
    var slot: String? { "document" }

    func run(_ services: ErrandServices, _ answer: @Sendable (any Sendable) async -> Void) async {
        await answer(DetailsAnswer.document(details, Inspected.container(details).document(services.host)))
    }
}

/// Looks at a container's processes.
struct ReadProcesses: Errand {
    var id: ContainerID
    var slot: String? { "processes" }

    private static let origin = ContinuousClock.now

    func run(_ services: ErrandServices, _ answer: @Sendable (any Sendable) async -> Void) async {
        let found = await services.result { try await services.engine.containerProcesses(of: id.rawValue) }
        await answer(DetailsAnswer.processes(id, found, at: Self.origin.duration(to: .now)))
    }
}

/// Sends a signal to one process of a container.
struct SignalProcess: Errand {
    var container: ContainerID
    var pid: Int32
    var startTicks: UInt64?
    var signal: Int32

    var deed: Deed? {
        Deed(
            verb: phrase("signal"), target: "process \(pid) of \(container.short)", command: "kill -\(signal) \(pid)")
    }

    func run(_ services: ErrandServices, _ answer: @Sendable (any Sendable) async -> Void) async {
        let result = await services.result {
            try await services.engine.signalProcess(
                pid, startedAt: startTicks, in: container.rawValue, signal: signal)
        }
        var failure: EngineError?
        if case .failure(let error) = result { failure = error }
        await answer(DetailsAnswer.signalled(pid: pid, signal: signal, failure))
    }
}

/// Has a container's health checked now.
struct CheckHealth: Errand {
    var id: ContainerID
    var slot: String? { "health" }

    func run(_ services: ErrandServices, _ answer: @Sendable (any Sendable) async -> Void) async {
        await answer(
            DetailsAnswer.checked(
                id, await services.result { try await services.engine.checkHealth(of: id.rawValue) }))
    }
}
