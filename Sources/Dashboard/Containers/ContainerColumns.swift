import Engine
import Terminal

extension Container: Listed {
    static let standardOrder = TableSettings.Order(column: "state")
    static let noun = "container"

    var searched: [String] { [name, image, state.name, id.short] }

    func isIdle(_ facts: RowFacts) -> Bool { !state.isAlive && state.name != "restarting" }

    static let columns = ColumnSet<Container>(naming + figures + plumbing + history)

    /// What is measured of it, while there is something to measure.
    private func usage(_ facts: RowFacts) -> Usage? { state.isAlive ? facts.usage[id] : nil }

    // MARK: What it is

    private static var naming: [ListColumn<Container>] {
        [
            ListColumn(
                "name", "  NAME", "Name", .text, ColumnRoom(16, most: 32, flex: 3),
                value: { row, _ in .text(row.name) },
                cell: { row, scene in .text(nameSpans(row, scene)) }
            ).with { $0.length = { row, _ in row.name.utf8.count + 2 } },
            ListColumn(
                "id", "ID", "Identifier", .text, ColumnRoom(12), value: { row, _ in .text(row.id.short) },
                cell: { row, scene in scene.text(row.id.short, .muted) }
            ).dispensable(8).hidden,
            ListColumn(
                "image", "IMAGE", "Image", .text, ColumnRoom(12, most: 28, flex: 2),
                value: { row, _ in .text(row.image) },
                cell: { row, scene in scene.text(row.image, .muted) }
            ).with {
                $0.dispensability = 6
                $0.length = { row, _ in row.image.utf8.count }
            },
            ListColumn(
                "command", "COMMAND", "Command", names: ["command", "cmd"], .text, ColumnRoom(12, most: 30, flex: 2),
                value: { row, _ in .text(row.command.joined(separator: " ")) },
                cell: { row, scene in scene.text(row.command.joined(separator: " "), .muted) }
            ).dispensable(8).hidden,
            ListColumn(
                "state", "STATE", "State", .text, ColumnRoom(10, most: 13),
                value: { row, _ in .texts([row.state.name] + (row.health.map { [$0.rawValue] } ?? [])) },
                cell: { row, scene in
                    .text(
                        ContainersPane.stateText(row, scene.state, scene.look),
                        ContainersPane.stateStyle(row, scene.state, scene.look))
                }
            ).with {
                $0.dispensability = 2
                $0.order = { row, _ in .number(rank(row.state)) }
            },
            ListColumn(
                "health", "HEALTH", "Health", .text, ColumnRoom(9),
                value: { row, _ in row.health.map { .text($0.rawValue) } ?? .nothing },
                cell: { row, scene in
                    guard let health = row.health else { return scene.nothing }
                    let role: Role = health == .unhealthy ? .dead : health == .healthy ? .running : .warning
                    return scene.text(words(for: health.rawValue), role)
                }
            ).dispensable(4).hidden,
            .engine,
            ListColumn(
                "project", "PROJECT", "Compose project", .text, ColumnRoom(10, most: 20, flex: 1),
                value: { row, _ in row.group.map { .text($0) } ?? .nothing },
                cell: { row, scene in scene.text(row.group ?? "", .secondary) }
            ).with {
                $0.isShown = false
                $0.dispensability = 4
                $0.length = { row, _ in row.group?.utf8.count ?? 0 }
            },
        ]
    }

    private static func nameSpans(_ row: Container, _ scene: CellScene) -> [Span] {
        let style = ContainersPane.stateStyle(row, scene.state, scene.look)
        // An alert has a sign of its own: colours alone do not tell everybody.
        if scene.state.isAlerting(row.id) { return [Span("! ", scene.look[.error])] + scene.found(row.name, .error) }
        let glyph = Span("\(ContainersPane.glyph(row.state, scene.look)) ", style)
        return [glyph] + scene.found(row.name, row.state.isAlive ? .text : .muted)
    }

    private static func rank(_ state: ContainerState) -> Double {
        switch state {
        case .running: 0
        case .restarting: 1
        case .paused: 2
        case .created: 3
        case .exited: 4
        case .dead: 5
        }
    }

    // MARK: What it uses

    private static func figure(
        _ id: String, _ title: String, _ name: String, names: [String] = [], _ kind: FilterField.Kind, _ width: Int,
        _ dispensability: Int, _ value: @escaping @Sendable (Usage, RowFacts) -> Double,
        cell: @escaping @Sendable (Container, Usage, CellScene) -> TableRow.Content
    ) -> ListColumn<Container> {
        ListColumn(
            id, title, name, names: names, kind, ColumnRoom(width),
            value: { row, facts in .figure(row.usage(facts).map { value($0, facts) }) },
            cell: { row, scene in row.usage(scene.facts).map { cell(row, $0, scene) } ?? .text("") }
        ).with {
            $0.isFigure = true
            $0.dispensability = dispensability
        }
    }

    private static func share(_ value: Double, _ scene: CellScene) -> TableRow.Content {
        scene.figure(Format.percent(value), .muted)
    }

    private static func amount(_ value: UInt64, _ scene: CellScene) -> TableRow.Content {
        scene.figure(Format.decimalBytes(Double(value)), .muted)
    }

    private static var figures: [ListColumn<Container>] { processor + memory + traffic }

    private static var processor: [ListColumn<Container>] {
        [
            figure("cpu", "CPU", "CPU", .percent, 7, 0, { usage, _ in usage.cpu }) { row, usage, scene in
                let cores = row.limits.nanoCPUs.map { max(0.01, Double($0) / 1e9) } ?? 1
                return .text(Format.percent(usage.cpu), heat(.cpu, usage.cpu / (100 * cores), scene.look))
            }.with { column in
                let cell = column.cell
                column.cell = { row, scene in row.usage(scene.facts) == nil ? scene.nothing : cell(row, scene) }
            },
            figure(
                "cpuShare", "HOST%", "CPU, share of the host", names: ["host"], .percent, 6, 9,
                { usage, facts in usage.cpu / Double(max(1, facts.cpuCount)) }
            ) { _, usage, scene in share(usage.cpu / Double(max(1, scene.facts.cpuCount)), scene) }.hidden,
            figure(
                "throttled", "THROTTLED", "CPU, held back by its limit", names: ["throttled"], .percent, 9, 9,
                { usage, _ in usage.cpuThrottled }
            ) { _, usage, scene in
                scene.figure(Format.percent(usage.cpuThrottled), usage.cpuThrottled >= 1 ? .warning : .faint)
            }.hidden,
            ListColumn(
                "trace", "", "CPU, its last minute", names: ["-"], .percent, ColumnRoom(8, most: 14, flex: 1),
                value: { row, facts in .figure(row.usage(facts)?.cpu) },
                cell: { row, scene in trace(row, scene) }
            ).with {
                $0.isFigure = true
                $0.dispensability = 4
                $0.alignment = .leading
            },
        ]
    }

    private static func trace(_ row: Container, _ scene: CellScene) -> TableRow.Content {
        guard row.state.isAlive, let trace = scene.state.list.traces[row.id] else { return .text("") }
        let kind = ContainersPane.graphKind(scene.state, scene.look)
        return .sparkline(
            Sparkline(
                trace.last(Graph.capacity(width: scene.width, kind: kind)), kind: kind, scale: .automatic(minimum: 25),
                gradient: scene.look.theme[.cpu]))
    }

    private static func heat(_ role: GradientRole, _ fraction: Double, _ look: Look) -> Style {
        let color = look.theme[role].color(at: fraction)
        return color == .default ? look[.text] : Style(color)
    }

    private static let memoryStep = FilterField.Kind.bytes(step: 1024)

    private static var memory: [ListColumn<Container>] {
        [
            figure(
                "memory", "MEMORY", "Memory", names: ["mem", "memory"], memoryStep, 9, 1,
                { usage, _ in Double(usage.memory) }, cell: memoryCell
            ).with { column in
                column.room = ColumnRoom(9, firm: 17, most: 19)
                column.length = { row, _ in row.limits.memory == nil ? 9 : 19 }
                let cell = column.cell
                column.cell = { row, scene in
                    guard row.usage(scene.facts) == nil else { return cell(row, scene) }
                    let gap = scene.width >= 17 ? String(repeating: " ", count: 10) : ""
                    return .text((scene.look.glyphs.isASCII ? "-" : "–") + gap, scene.look[.faint])
                }
            },
            figure(
                "limit", "LIMIT", "Memory, its limit", names: ["limit"], memoryStep, 9, 9,
                { usage, _ in usage.isMemoryLimited ? Double(usage.memoryLimit) : .nan }
            ) { _, usage, scene in
                usage.isMemoryLimited ? scene.figure(Format.bytes(usage.memoryLimit), .muted) : scene.nothing
            }.hidden,
            figure(
                "memoryPercent", "MEM%", "Memory, share of the limit", names: ["mem%"], .percent, 6, 10,
                { usage, _ in usage.memoryPercent }
            ) { _, usage, scene in share(usage.memoryPercent, scene) },
        ]
    }

    private static func memoryCell(_ row: Container, _ usage: Usage, _ scene: CellScene) -> TableRow.Content {
        let look = scene.look
        var spans = [
            Span(
                Format.bytes(usage.memory),
                heat(.memory, usage.isMemoryLimited ? usage.memoryPercent / 100 : 0.2, look))
        ]
        if scene.width >= 17 {
            // Figures stand below each other, whether a limit follows or not.
            let limit = usage.isMemoryLimited ? " / \(Format.bytes(usage.memoryLimit))" : ""
            spans.append(Span(limit + String(repeating: " ", count: max(0, 10 - limit.utf8.count)), look[.faint]))
        }
        return .text(spans)
    }

    private static let plainStep = FilterField.Kind.bytes(step: 1000)

    private static var traffic: [ListColumn<Container>] {
        func rate(
            _ id: String, _ title: String, _ name: String, _ asked: String, _ width: Int, _ number: Int,
            _ value: @escaping @Sendable (Usage) -> Double
        ) -> ListColumn<Container> {
            figure(id, title, name, names: [asked], plainStep, width, number, { usage, _ in value(usage) }) {
                _, usage, scene in scene.rate(value(usage))
            }
        }
        func total(
            _ id: String, _ title: String, _ name: String, _ asked: String,
            _ value: @escaping @Sendable (Usage) -> UInt64
        ) -> ListColumn<Container> {
            figure(id, title, name, names: [asked], plainStep, 9, 9, { usage, _ in Double(value(usage)) }) {
                _, usage, scene in amount(value(usage), scene)
            }.hidden
        }
        return [
            rate("receive", "NET IN", "Network received, a second", "in", 7, 8) { $0.receiveRate },
            rate("send", "NET OUT", "Network sent, a second", "out", 8, 8) { $0.sendRate },
            total("received", "IN TOTAL", "Network received, in all", "received") { $0.receivedTotal },
            total("sent", "OUT TOTAL", "Network sent, in all", "sent") { $0.sentTotal },
            rate("read", "READ", "Block reads, a second", "read", 6, 9) { $0.readRate },
            rate("write", "WRITE", "Block writes, a second", "write", 6, 9) { $0.writeRate },
            total("readTotal", "READ TOTAL", "Block reads, in all", "reads") { $0.readTotal }
                .with { $0.room = ColumnRoom(10) },
            total("writtenTotal", "WRITTEN", "Block writes, in all", "written") { $0.writtenTotal },
            figure("pids", "PIDS", "Processes and threads", .number, 5, 7, { usage, _ in Double(usage.pids) }) {
                _, usage, scene in scene.figure("\(usage.pids)", .muted)
            },
        ]
    }

    // MARK: What it is connected with

    private static func several(
        _ id: String, _ title: String, _ name: String, names: [String], _ role: Role,
        _ texts: @escaping @Sendable (Container) -> [String]
    ) -> ListColumn<Container> {
        ListColumn(
            id, title, name, names: names, .text, ColumnRoom(10, most: 24, flex: 1),
            value: { row, _ in
                let words = texts(row)
                return words.isEmpty ? .nothing : .texts(words)
            },
            cell: { row, scene in scene.text(texts(row).joined(separator: " "), role) }
        ).with {
            $0.dispensability = 5
            $0.length = { row, _ in texts(row).joined(separator: " ").utf8.count }
        }
    }

    private static var plumbing: [ListColumn<Container>] {
        [
            several("networks", "NETWORKS", "Networks", names: ["network", "net", "networks"], .secondary) {
                $0.networkNames
            }.hidden,
            several("addresses", "ADDRESS", "IP addresses", names: ["ip", "address"], .muted) { row in
                row.endpoints.flatMap { [$0.ipv4, $0.ipv6].compactMap { $0 }.map { "\($0.address)" } }
            }.hidden,
            several("volumes", "VOLUMES", "Volumes", names: ["volume", "volumes"], .secondary) { $0.volumeNames }
                .hidden,
            several("mounts", "MOUNTS", "Mounts", names: ["mount", "mounts"], .muted) { $0.mounts.map(\.target) }
                .hidden,
        ]
    }

    // MARK: Since when

    private static var history: [ListColumn<Container>] {
        [
            ListColumn(
                "restarts", "RESTARTS", "Restarts", .number, ColumnRoom(8),
                value: { row, _ in .figure(row.restartCount) },
                cell: { row, scene in scene.figure("\(row.restartCount)", row.restartCount > 0 ? .warning : .faint) }
            ).dispensable(6).hidden,
            ListColumn(
                "exit", "EXIT", "Exit code", .number, ColumnRoom(4),
                value: { row, _ in row.state.exit.map { .figure($0.code) } ?? .nothing },
                cell: { row, scene in
                    guard let exit = row.state.exit else { return scene.nothing }
                    return scene.figure("\(exit.code)", exit.code == 0 ? .muted : .dead)
                }
            ).dispensable(6).hidden,
            ListColumn(
                "created", "CREATED", "Created", names: ["age", "created"], .seconds, ColumnRoom(10),
                value: { row, facts in facts.age(of: row.createdAt) },
                cell: { row, scene in
                    let age = Format.age(of: row.createdAt, now: scene.facts.now)
                    return scene.figure(Format.ago(Format.compactDuration(seconds: age)), .muted)
                }
            ).with {
                $0.isShown = false
                $0.dispensability = 6
                $0.isFigure = true
                $0.order = { row, _ in .figure(row.createdAt.nanoseconds) }
            },
            ListColumn(
                "uptime", "UPTIME", "Uptime", names: ["uptime", "up"], .seconds, ColumnRoom(8),
                value: { row, facts in row.state.isAlive ? facts.age(of: row.state.startedAt) : .nothing },
                cell: { row, scene in
                    scene.figure(
                        ContainersPane.uptime(row.state, now: scene.facts.now), row.state.isAlive ? .muted : .faint)
                }
            ).with {
                $0.dispensability = 3
                $0.isFigure = true
                // The order by age does not change while all grow older.
                $0.order = { row, _ in
                    guard row.state.isAlive, let startedAt = row.state.startedAt else { return .nothing }
                    return .number(-Double(startedAt.nanoseconds))
                }
            },
            several("ports", "PORTS", "Published ports", names: ["port", "ports"], .secondary) {
                $0.portTexts(arrow: "→")
            }.with {
                $0.needsContent = true
                $0.length = { row, _ in row.portTexts(arrow: "-").joined(separator: " ").utf8.count }
                $0.cell = { row, scene in
                    scene.text(
                        row.portTexts(arrow: NetworkText.arrow(scene.look)).joined(separator: " "), .secondary)
                }
            },
        ]
    }
}
