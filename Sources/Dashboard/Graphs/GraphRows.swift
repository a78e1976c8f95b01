import Engine
import Terminal

/// Which graphs there are, row by row: those of the container at the left, the host's at the right.
struct GraphRow: Sendable, Hashable {
    var left: [GraphPanel]
    var right: [GraphPanel]

    /// All rows, by what is looked at.
    static func all(_ state: DashboardState) -> [GraphRow] {
        switch state.graphs.mode {
        case .one: beside(state)
        case .over: over(state)
        case .share: shares(state)
        }
    }

    // MARK: One container beside the host

    private static func beside(_ state: DashboardState) -> [GraphRow] {
        let host = panels(of: .host, state)
        guard let container = state.selected else {
            return host.filter { !$0.panels.isEmpty }.map { GraphRow(left: $0.panels, right: []) }
        }
        let own = panels(of: .container(container.id), state)
        return zip(own, host).map { GraphRow(left: $0.panels, right: $1.panels) }
            .filter { !$0.left.isEmpty || !$0.right.isEmpty }
    }

    /// The kinds in their order; the same for everybody, so that they stand beside each other.
    private static func panels(
        of subject: HistoryQuery.Subject, _ state: DashboardState
    ) -> [(kind: String, panels: [GraphPanel])] {
        let prefix = subject == .host ? "host-" : ""
        let (usage, container) = facts(subject, state)
        return [
            ("cpu", [processor(subject, prefix, container, state)]),
            ("memory", [memory(subject, prefix, usage, state)]),
            ("throttled", throttled(subject, prefix, usage, container)),
            (
                "network",
                [both(subject, prefix + "network", words("Network"), [.receive, .send], ["<", ">"], .network)]
            ),
            ("disk", [both(subject, prefix + "disk", words("Disk"), [.read, .write], ["r ", "w "], .io)]),
            (
                "pids",
                [
                    GraphPanel(
                        key: prefix + "pids", title: words("Processes"),
                        layers: [.init(name: "", source: .init(subject, .pids))],
                        unit: .count, gradient: .pids, limit: usage?.pidsLimit.map(Double.init))
                ]
            ),
            ("pressure", pressure(subject, prefix)), ("swap", swap(subject, prefix, state)),
            ("cores", [cores(subject, prefix, usage, state)]),
        ]
    }

    private static func facts(
        _ subject: HistoryQuery.Subject, _ state: DashboardState
    ) -> (usage: Usage?, container: Container?) {
        guard case .container(let id) = subject else { return (state.hostUsage, nil) }
        return (state.usage[id], state.list.byID[id])
    }

    private static func processor(
        _ subject: HistoryQuery.Subject, _ prefix: String, _ container: Container?, _ state: DashboardState
    ) -> GraphPanel {
        var cores = Double(max(1, state.host.cpuCount))
        if let nano = container?.limits.nanoCPUs, nano > 0 { cores = Double(nano) / 1e9 }
        return GraphPanel(
            key: prefix + "cpu", title: words("CPU"), layers: [.init(name: "", source: .init(subject, .cpu))],
            unit: .percent,
            gradient: .cpu, limit: cores * 100)
    }

    /// The page cache may go at any time: it stands on top of what may not.
    private static func memory(
        _ subject: HistoryQuery.Subject, _ prefix: String, _ usage: Usage?, _ state: DashboardState
    ) -> GraphPanel {
        func source(_ metric: HistoryQuery.Metric) -> GraphSource { GraphSource(subject, metric) }
        var limit = Double(state.host.memoryTotal)
        if let usage, usage.memoryLimit > 0 { limit = Double(usage.memoryLimit) }
        var panel = GraphPanel(
            key: prefix + "memory", title: words("Memory"), form: .stack,
            layers: [
                .init(name: "anon", source: source(.anonymous), color: 0),
                .init(name: "slab", source: source(.slab), color: 4),
                .init(name: "kernel", source: source(.kernel), minus: [source(.slab)], color: 3),
                .init(name: "shm", source: source(.shared), color: 1),
                .init(name: "file", source: source(.file), minus: [source(.shared)], color: 2),
            ], headline: source(.memory), unit: .bytes, gradient: .memory, limit: limit)
        if subject != .host {
            panel.limitSource = source(.memoryLimit)
            panel.marks = source(.oomKills)
        }
        return panel
    }

    private static func throttled(
        _ subject: HistoryQuery.Subject, _ prefix: String, _ usage: Usage?, _ container: Container?
    ) -> [GraphPanel] {
        // Only a quota holds back.
        guard (container?.limits.nanoCPUs ?? 0) > 0 || (usage?.cpuThrottled ?? 0) > 0 else { return [] }
        return [
            GraphPanel(
                key: prefix + "throttled", title: words("Throttled"), form: .mirrored,
                layers: [
                    .init(name: "\(words("time")) ", source: .init(subject, .throttled)),
                    .init(name: "\(words("periods")) ", source: .init(subject, .throttledPeriods)),
                ], unit: .percent, gradient: .cpu, limit: 100)
        ]
    }

    private static func both(
        _ subject: HistoryQuery.Subject, _ key: String, _ title: String, _ metrics: [HistoryQuery.Metric],
        _ signs: [String], _ gradient: GradientRole
    ) -> GraphPanel {
        GraphPanel(
            key: key, title: title, form: .mirrored,
            layers: zip(metrics, signs).map { .init(name: $1, source: .init(subject, $0)) }, unit: .bytesPerSecond,
            gradient: gradient)
    }

    /// Three beside each other: whom some waited for, and within it, whom all waited for.
    private static func pressure(_ subject: HistoryQuery.Subject, _ prefix: String) -> [GraphPanel] {
        let kinds: [(String, HistoryQuery.Metric, HistoryQuery.Metric)] = [
            ("cpu", .cpuPressure, .cpuPressureFull), ("mem", .memoryPressure, .memoryPressureFull),
            ("io", .ioPressure, .ioPressureFull),
        ]
        return kinds.enumerated().map { index, kind in
            let (some, full) = (GraphSource(subject, kind.1), GraphSource(subject, kind.2))
            return GraphPanel(
                key: "\(prefix)pressure-\(kind.0)", title: index == 0 ? words("Pressure \(kind.0)") : kind.0,
                form: .stack,
                layers: [
                    .init(name: "full", source: full, color: 3),
                    .init(name: "some", source: some, minus: [full], color: 1, readsWhole: true),
                ], unit: .percent, gradient: .cpu, limit: 100)
        }
    }

    private static func swap(
        _ subject: HistoryQuery.Subject, _ prefix: String, _ state: DashboardState
    ) -> [GraphPanel] {
        let isUsed = (state.hostUsage?.swap ?? 0) > 0 || state.selected.flatMap { state.usage[$0.id]?.swap } ?? 0 > 0
        guard isUsed else { return [] }
        return [
            GraphPanel(
                key: prefix + "swap", title: words("Swap"), layers: [.init(name: "", source: .init(subject, .swap))],
                unit: .bytes, gradient: .memory)
        ]
    }

    private static func cores(
        _ subject: HistoryQuery.Subject, _ prefix: String, _ usage: Usage?, _ state: DashboardState
    ) -> GraphPanel {
        let count = usage?.cores.count ?? 0
        var panel = GraphPanel(
            key: prefix + "cores", title: words("Cores"), form: .cores,
            layers: (0..<count).map { .init(name: "\($0)", source: .init(subject, .core($0))) }, unit: .percent,
            gradient: .cpu, limit: 100)
        if count == 0 {
            panel.form = .note(
                subject == .host
                    ? words("no figures yet")
                    : usage == nil
                        ? words("not running")
                        : words("single cores of a container are told by cgroup v1 (cpuacct) alone"))
        }
        return panel
    }

    // MARK: Several

    /// Containers that are shown together, with the places of their colours.
    static func several(_ state: DashboardState) -> [(container: Container, color: Int)] {
        if state.graphs.mode == .over, !state.list.marks.isEmpty {
            return state.list.rows.filter { state.list.marks.contains($0.id) }.prefix(mostLines).enumerated()
                .map { ($0.element, $0.offset) }
        }
        return state.graphs.ranking.places.enumerated().compactMap { place, id in
            id.flatMap { state.list.byID[$0] }.map { ($0, place) }
        }
    }

    /// More lines than that cannot be told apart.
    static let mostLines = 8

    private static func over(_ state: DashboardState) -> [GraphRow] {
        let several = several(state)
        func panel(
            _ key: String, _ title: String, _ metric: HistoryQuery.Metric, _ unit: GraphUnit, _ role: GradientRole
        ) -> GraphPanel {
            GraphPanel(
                key: "over-" + key, title: title, form: .lines,
                layers: several.map { container, color in
                    .init(name: container.name, source: .init(.container(container.id), metric), color: color)
                }, unit: unit, gradient: role, hasLegend: true)
        }
        let panels = [
            panel("cpu", "CPU", .cpu, .percent, .cpu), panel("memory", words("Memory"), .memory, .bytes, .memory),
            panel("receive", words("Received"), .receive, .bytesPerSecond, .network),
            panel("send", words("Sent"), .send, .bytesPerSecond, .network),
            panel("read", words("Read"), .read, .bytesPerSecond, .io),
            panel("write", words("Written"), .write, .bytesPerSecond, .io),
            panel("pids", words("Processes"), .pids, .count, .pids),
            panel("pressure", words("Pressure cpu"), .cpuPressure, .percent, .cpu),
        ]
        return stride(from: 0, to: panels.count, by: 2).map { index in
            GraphRow(left: [panels[index]], right: Array(panels[(index + 1)...].prefix(1)))
        }
    }

    private static func shares(_ state: DashboardState) -> [GraphRow] {
        let several = several(state)
        func panel(
            _ key: String, _ title: String, _ metric: HistoryQuery.Metric, _ unit: GraphUnit, _ role: GradientRole,
            limit: Double
        ) -> GraphPanel {
            let host = GraphSource(.host, metric)
            let own = several.map { GraphSource(.container($0.container.id), metric) }
            var layers = zip(several, own).map { one, source in
                GraphPanel.Layer(name: one.container.name, source: source, color: one.color)
            }
            layers.append(.init(name: words("other"), source: host, minus: own, color: HostRanking.size))
            return GraphPanel(
                key: "share-" + key, title: title, form: .stack, layers: layers, headline: host, unit: unit,
                gradient: role, limit: limit, hasLegend: true)
        }
        return [
            GraphRow(
                left: [
                    panel(
                        "cpu", words("CPU of the host"), .cpu, .percent, .cpu,
                        limit: Double(max(1, state.host.cpuCount)) * 100
                    )
                ], right: []),
            GraphRow(
                left: [
                    panel(
                        "memory", words("Memory of the host"), .memory, .bytes, .memory,
                        limit: Double(state.host.memoryTotal))
                ], right: []),
        ]
    }
}
