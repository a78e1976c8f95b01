import Engine
import Terminal

/// What the chosen step has written, or what is told of the whole build.
enum BuildTextPane {
    /// The room for text: without the frame and without the row that says how to enter a failed step.
    static func room(_ state: DashboardState, in rect: Rect) -> Rect {
        let inside = rect.inset()
        return state.builds.shown?.failure == nil ? inside : inside.splitBottom(1).rest
    }

    static func geometry(_ state: DashboardState, in rect: Rect) -> LogGeometry {
        let room = room(state, in: rect)
        return LogGeometry(width: room.width - 2, height: room.height, wraps: state.builds.text.wraps)
    }

    static func draw(_ state: DashboardState, in rect: Rect, _ frame: inout Frame, _ look: Look) {
        guard let build = state.builds.shown else {
            _ = frame.pane(rect, title: [Span(words("Output"), look[.title])], isFocused: false, look: look)
            return
        }
        let flags = flags(build, state, look)
        let inside = frame.pane(
            rect, title: title(build, state, width: rect.width - 8 - flags.reduce(0) { $0 + $1.width }, look),
            trailing: flags, isFocused: state.focus == .buildText, look: look)
        let room = room(state, in: rect)
        if let failure = build.failure {
            drawWay(in: Rect(x: inside.x, y: room.bottom, width: inside.width, height: 1), failure, state, &frame, look)
        }
        let text = state.builds.text
        guard !text.lines.isEmpty else {
            if !drawTransfer(build, state, in: room, &frame, look) {
                frame.emptiness(emptyWords(build, state), in: room, seed: 29, now: state.now, look: look)
            }
            return
        }
        let geometry = geometry(state, in: rect)
        let position = text.position(geometry)
        var painter = LogPainter(geometry: geometry, look: look)
        painter.column = text.column
        painter.expression = text.search?.expression
        painter.hit = text.search?.line
        frame.canvas.clipped(to: room) { canvas in
            _ = painter.draw(text.lines, from: position, on: &canvas, in: room)
        }
        if text.lines.count > room.height {
            Scrollbar(offset: position.line, visible: room.height, count: text.lines.count).draw(
                on: &frame.canvas, in: Rect(x: inside.right, y: room.y, width: 1, height: room.height), look: look)
        }
    }

    private static func title(_ build: BuildRun, _ state: DashboardState, width: Int, _ look: Look) -> [Span] {
        guard case .step(let id) = state.builds.selected, let step = build.step(id) else {
            return [Span(build.image == nil ? words("The build") : words("The image"), look[.title])]
        }
        return [Span(BuildStep.cut(Format.shorteningDigests(step.name), to: width, look), look[.title])]
    }

    private static func flags(_ build: BuildRun, _ state: DashboardState, _ look: Look) -> [Span] {
        var spans: [Span] = []
        func add(_ text: String, _ style: Style) {
            if !spans.isEmpty { spans.append(Span(" \(look.glyphs.separator) ", look[.faint])) }
            spans.append(Span(text, style))
        }
        let text = state.builds.text
        if let search = text.search { add("/\(search.text)", look[.tertiary]) }
        if !text.wraps { add(words("cut"), look[.muted]) }
        guard case .step(let id) = state.builds.selected, let step = build.step(id) else {
            if build.image?.id != nil, let key = state.keys.key(for: .open) {
                add(words("\(KeyMap.display(key)) shows its layers"), look[.ok])
            }
            return spans
        }
        if step.line > 0 { add(words("line \(step.line)"), look[.muted]) }
        if !text.lines.isEmpty, step.runsSince != nil {
            add(text.isFollowing ? words("following") : words("held"), look[text.isFollowing ? .ok : .warning])
        }
        return spans
    }

    /// How to enter the failed step, in words.
    private static func drawWay(
        in row: Rect, _ failure: StepFailure, _ state: DashboardState, _ frame: inout Frame, _ look: Look
    ) {
        let ground = look[.dialog].background
        frame.canvas.fill(row, style: look[.dialog])
        var x = row.x + 1
        func put(_ spans: [Span], _ action: Action?) {
            let spans = spans.map { Span($0.text, $0.style.on(ground)) }
            let width = spans.reduce(0) { $0 + $1.width }
            // A way that is told in part is none.
            guard x + width <= row.right else { return }
            frame.canvas.put(spans, at: Point(x: x, y: row.y))
            if let action { frame.hit(Rect(x: x, y: row.y, width: width, height: 1), .hint(action)) }
            x += width + 3
        }
        put([Span(words("exit code \(failure.exitCode)"), look[.error])], nil)
        let ways: [(Action, String)] = [
            (.buildShell, words("a shell in its last state")), (.buildAgain, words("build again")),
            (.remove, words("let it go")),
        ]
        for (action, words) in ways {
            guard let key = state.keys.key(for: action) else { continue }
            put([Span(KeyMap.display(key), look[.key]), Span(" \(words)", look[.text])], action)
        }
    }

    private static func emptyWords(_ build: BuildRun, _ state: DashboardState) -> [String] {
        guard case .step(let id) = state.builds.selected, let step = build.step(id) else { return [] }
        switch step.state {
        case .waiting: return [build.isRunning ? words("its turn has not come") : words("its turn did not come")]
        case .cached: return [words("the cache has its result")]
        case .cancelled: return [words("it was cancelled")]
        case .running: return [words("no output yet")]
        case .done, .failed: return [words("no output")]
        }
    }

    /// The layers that come from a registry, where the step is one of those; answers whether there are any.
    private static func drawTransfer(
        _ build: BuildRun, _ state: DashboardState, in room: Rect, _ frame: inout Frame, _ look: Look
    ) -> Bool {
        guard case .step(let id) = state.builds.selected, let report = build.report.transfers[id],
            let reference = report.reference
        else { return false }
        let width = room.width - 2
        var lines = [TransfersPanel.Line(transfer: 0, spans: [Span(reference, look[.secondary])])]
        if build.step(id)?.runsSince != nil { lines.append(TransfersPanel.sum(report, 0, width: width, look)) }
        lines += report.blobs.map { TransfersPanel.blob($0, 0, width: width, look) }
        lines += report.notices.map { TransfersPanel.Line(transfer: 0, spans: [Span($0, look[.warning])]) }
        for (index, line) in lines.prefix(room.height).enumerated() {
            let origin = Point(x: room.x + 1, y: room.y + index)
            frame.canvas.put(line.spans, at: origin, maxWidth: width, ellipsis: look.glyphs.ellipsis)
            guard let bar = line.bar else { continue }
            Meter(bar.fraction, gradient: look.theme[.network]).draw(
                on: &frame.canvas, in: Rect(x: origin.x + bar.x, y: origin.y, width: bar.width, height: 1), look: look)
        }
        return true
    }
}
