import Engine
import Terminal

/// How a container is checked, and what the last checks have told.
enum HealthText {
    static func lines(_ details: ContainerDetails, _ state: DashboardState, _ look: Look) -> [[Span]] {
        guard let check = details.healthCheck?.complete, let command = check.command else {
            return [
                [Span(words("nothing checks this container"), look[.muted])],
                [Span(words("run it with --health-cmd, or build its image with HEALTHCHECK"), look[.faint])],
            ]
        }
        var tree = TextTree(look: look)
        let report = details.health
        tree.line([Span("\(words("status")): ", look[.secondary]), status(report?.status, look)])
        tree.pair(words("failures in a row"), String(report?.failingStreak ?? 0))
        tree.pair(words("check"), command.joined(separator: " "))
        tree.pair(
            words("rhythm"),
            words(
                "every \(time(check.interval)), at most \(time(check.timeout)), unhealthy after \(check.retries) failures"
            ))
        if check.startPeriod > 0 {
            tree.pair(words("start"), words("failures of the first \(time(check.startPeriod)) do not count"))
        }
        tree.blank()
        let log = report?.log ?? []
        guard !log.isEmpty else {
            tree.plain(words("no check has ended yet: H runs one now"), look[.faint])
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
            Span("  \(words("exit code \(result.exitCode)"))", look[isWell ? .text : .error]),
            Span("  \(words("took \(Format.fixed(max(0, took), 0)) ms"))", look[.muted]),
        ])
        tree.indented { tree in
            let lines = result.output.split(separator: "\n", omittingEmptySubsequences: false)
            for line in lines.prefix(20) where !line.isEmpty { tree.plain(String(line), look[.text]) }
            if lines.count > 20 { tree.plain(words("and \(lines.count - 20) more lines"), look[.faint]) }
        }
    }

    private static func status(_ health: ContainerHealth?, _ look: Look) -> Span {
        switch health {
        case .healthy: Span(words("healthy"), look[.ok])
        case .unhealthy: Span(words("unhealthy"), look[.error])
        case .starting: Span(words("starting"), look[.info])
        case nil: Span(words("not known yet"), look[.faint])
        }
    }

    private static func time(_ nanoseconds: Int64) -> String {
        let seconds = Double(nanoseconds) / 1e9
        return seconds < 1 ? "\(Format.fixed(seconds * 1000, 0)) ms" : Format.compactDuration(seconds: Int64(seconds))
    }
}
