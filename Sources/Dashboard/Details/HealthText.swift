import Engine
import Terminal

/// How a container is checked, and what the last checks have told.
enum HealthText {
    static func lines(_ details: ContainerDetails, _ state: DashboardState, _ look: Look) -> [[Span]] {
        guard let check = details.healthCheck?.complete, let command = check.command else {
            return [
                [Span("nothing checks this container", look[.muted])],
                [Span("run it with --health-cmd, or build its image with HEALTHCHECK", look[.faint])],
            ]
        }
        var tree = TextTree(look: look)
        let report = details.health
        tree.line([Span("status: ", look[.secondary]), status(report?.status, look)])
        tree.pair("failures in a row", String(report?.failingStreak ?? 0))
        tree.pair("check", command.joined(separator: " "))
        tree.pair(
            "rhythm",
            "every \(time(check.interval)), at most \(time(check.timeout)), unhealthy after \(check.retries) failures")
        if check.startPeriod > 0 {
            tree.pair("start", "failures of the first \(time(check.startPeriod)) do not count")
        }
        tree.blank()
        let log = report?.log ?? []
        guard !log.isEmpty else {
            tree.plain("no check has ended yet: H runs one now", look[.faint])
            return tree.lines
        }
        for result in log.reversed() { add(result, state, &tree, look) }
        return tree.lines
    }

    private static func add(
        _ result: HealthReport.Result, _ state: DashboardState, _ tree: inout TextTree, _ look: Look
    ) {
        let isWell = result.exitCode == 0
        let sign = look.glyphs.isASCII ? (isWell ? "ok " : "!  ") : (isWell ? "✓ " : "✗ ")
        let took = result.finishedAt.since(result.startedAt) / .milliseconds(1)
        tree.line([
            Span(sign, look[isWell ? .ok : .error]),
            Span(Format.clock(result.startedAt, offset: state.utcOffset), look[.timestamp]),
            Span("  exit code \(result.exitCode)", look[isWell ? .text : .error]),
            Span("  took \(Format.fixed(max(0, took), 0)) ms", look[.muted]),
        ])
        tree.indented { tree in
            let lines = result.output.split(separator: "\n", omittingEmptySubsequences: false)
            for line in lines.prefix(20) where !line.isEmpty { tree.plain(String(line), look[.text]) }
            if lines.count > 20 { tree.plain("and \(lines.count - 20) more lines", look[.faint]) }
        }
    }

    private static func status(_ health: ContainerHealth?, _ look: Look) -> Span {
        switch health {
        case .healthy: Span("healthy", look[.ok])
        case .unhealthy: Span("unhealthy", look[.error])
        case .starting: Span("starting", look[.info])
        case nil: Span("not known yet", look[.faint])
        }
    }

    private static func time(_ nanoseconds: Int64) -> String {
        let seconds = Double(nanoseconds) / 1e9
        return seconds < 1 ? "\(Format.fixed(seconds * 1000, 0)) ms" : Format.compactDuration(seconds: Int64(seconds))
    }
}
