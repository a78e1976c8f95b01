import Engine
import Terminal

/// One graph: whose figures, which, how they read.
struct GraphPanel: Sendable, Hashable {
    enum Unit: Sendable, Hashable {
        case percent, bytes, bytesPerSecond, count

        func text(_ value: Double) -> String {
            switch self {
            case .percent: Format.percent(value)
            case .bytes: Format.bytes(value)
            case .bytesPerSecond: Format.rate(value) + "/s"
            case .count: Format.fixed(value, 0)
            }
        }
    }

    var title: String
    var subject: HistoryQuery.Subject
    /// One, or two: the first stands, the second hangs below it.
    var metrics: [HistoryQuery.Metric]
    /// What the figures of two metrics are called; `<` and `>` become arrows down and up.
    var signs: [String] = [""]
    var unit: Unit
    var gradient: GradientRole
    /// Where 100 % is.
    var limit: Double?

    /// The six kinds, for a container or for the host.
    static func all(_ state: DashboardState, _ subject: HistoryQuery.Subject) -> [GraphPanel] {
        var cores = Double(max(1, state.host.cpuCount))
        var memory = Double(state.host.memoryTotal)
        var pids: Double?
        if case .container(let id) = subject {
            if let nano = state.list.byID[id]?.limits.nanoCPUs, nano > 0 { cores = Double(nano) / 1e9 }
            if let limit = state.usage[id]?.memoryLimit, limit > 0 { memory = Double(limit) }
            pids = state.usage[id]?.pidsLimit.map(Double.init)
        }
        return [
            GraphPanel(
                title: "CPU", subject: subject, metrics: [.cpu], unit: .percent, gradient: .cpu, limit: cores * 100),
            GraphPanel(
                title: "Memory", subject: subject, metrics: [.memory], unit: .bytes, gradient: .memory, limit: memory),
            GraphPanel(
                title: "Network", subject: subject, metrics: [.receive, .send], signs: ["<", ">"],
                unit: .bytesPerSecond, gradient: .network),
            GraphPanel(
                title: "Disk", subject: subject, metrics: [.read, .write], signs: ["r ", "w "],
                unit: .bytesPerSecond, gradient: .io),
            GraphPanel(
                title: "Processes", subject: subject, metrics: [.pids], unit: .count, gradient: .pids, limit: pids),
            GraphPanel(
                title: "Pressure", subject: subject, metrics: [.cpuPressure, .memoryPressure], signs: ["cpu ", "mem "],
                unit: .percent, gradient: .cpu, limit: 100),
        ]
    }

    func queries(span: GraphsState.Span, points: Int) -> [HistoryQuery] {
        metrics.map { HistoryQuery(subject: subject, metric: $0, span: .seconds(span.rawValue), points: points) }
    }
}
