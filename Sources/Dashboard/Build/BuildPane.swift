import Engine
import Terminal

/// The steps of a build, and how far each has come.
enum BuildPane {
    static func draw(_ state: DashboardState, in rect: Rect, _ frame: inout Frame, _ look: Look) {
        guard let build = state.builds.shown else {
            let inside = frame.pane(
                rect, title: [Span(words("Build"), look[.title])], isFocused: state.focus == .build, look: look)
            frame.emptiness(emptyWords(state), in: inside, seed: 23, now: state.now, look: look)
            return
        }
        let inside = frame.pane(
            rect, title: [Span("\(words("Build")) ", look[.title]), Span(build.title, look[.secondary])],
            trailing: figures(build, state, look), isFocused: state.focus == .build, look: look)
        let rows = build.rows
        let hasBar = rows.count > inside.height
        let width = inside.width - (hasBar ? 1 : 0)
        for (line, index) in (state.builds.scroll..<rows.count).prefix(inside.height).enumerated() {
            let place = Rect(x: inside.x, y: inside.y + line, width: width, height: 1)
            draw(rows[index], of: build, in: place, state, &frame, look)
            frame.hit(place, .spot(.build, .word(PaneWord(rows[index]))))
        }
        if hasBar {
            Scrollbar(offset: state.builds.scroll, visible: inside.height, count: rows.count).draw(
                on: &frame.canvas, in: Rect(x: inside.right - 1, y: inside.y, width: 1, height: inside.height),
                look: look)
        }
    }

    private static func emptyWords(_ state: DashboardState) -> [String] {
        let key = state.keys.key(for: .build).map { words("\(KeyMap.display($0)) asks what to build") }
        return [words("nothing has been built from here yet")] + (key.map { [$0] } ?? [])
    }

    /// `2 of 3 · 1 warning · 7/12 · 23s`.
    private static func figures(_ build: BuildRun, _ state: DashboardState, _ look: Look) -> [Span] {
        var spans: [Span] = []
        func add(_ text: String, _ style: Style) {
            if !spans.isEmpty { spans.append(Span(" \(look.glyphs.separator) ", look[.faint])) }
            spans.append(Span(text, style))
        }
        if state.builds.all.count > 1 {
            add(words("\(state.builds.place + 1) of \(state.builds.all.count)"), look[.faint])
        }
        let warnings = build.report.warnings.count
        if warnings > 0 { add(Format.count(warnings, "warning"), look[.warning]) }
        let (done, total) = build.progress
        if total > 0 { add("\(done)/\(total)", look[build.isRunning ? .info : .muted]) }
        if build.phase == .stopping { add(words("stopping"), look[.warning]) }
        add(Format.compactDuration(seconds: build.seconds(at: state.now)), look[.muted])
        return spans
    }

    // MARK: Rows

    /// How a row looks: its mark, its words, and what stands at its right end.
    struct Line {
        var mark: (scalar: Unicode.Scalar, style: Style)?
        var text: Span
        var trailing: Span
        var indent = 0
    }

    private static func draw(
        _ row: BuildRow, of build: BuildRun, in place: Rect, _ state: DashboardState, _ frame: inout Frame,
        _ look: Look
    ) {
        let line = line(row, of: build, state, look)
        let isSelected = row == state.builds.selected
        let isFocused = state.focus == .build
        let selection = look[.selection]
        if isSelected, isFocused { frame.canvas.tint(place, selection.background) }
        if isSelected {
            let style = isFocused ? look[.accent].on(selection.background) : look[.muted]
            frame.canvas.set(look.glyphs.pointer, at: place.origin, style: style)
        }
        let x = place.x + 2 + line.indent
        if let mark = line.mark { frame.canvas.set(mark.scalar, at: Point(x: x, y: place.y), style: mark.style) }
        let textX = x + (line.mark == nil ? 0 : 2)
        let end = place.right - 1 - line.trailing.width
        frame.canvas.put(
            [line.text], at: Point(x: textX, y: place.y),
            maxWidth: max(0, end - textX - (line.trailing.text.isEmpty ? 0 : 1)), ellipsis: look.glyphs.ellipsis)
        if end > textX { frame.canvas.put([line.trailing], at: Point(x: end, y: place.y)) }
        if isSelected, isFocused {
            frame.canvas.restyle(place) { $0.attributes.formUnion(selection.attributes) }
        }
    }

    private static func line(_ row: BuildRow, of build: BuildRun, _ state: DashboardState, _ look: Look) -> Line {
        switch row {
        case .stage(let name):
            let (done, total) = build.progress(ofStage: name)
            return Line(text: Span(name, look[.header]), trailing: Span("\(done)/\(total)", look[.faint]))
        case .summary: return summary(build, look)
        case .step(let id):
            guard let step = build.step(id) else { return Line(text: Span(""), trailing: Span("")) }
            let isBeneath = step.stage != nil && build.rows.contains(.stage(step.stage ?? ""))
            return Line(
                mark: mark(step.state, look),
                text: Span(Format.shorteningDigests(step.shortName), look[textRole(step.state)]),
                trailing: trailing(step, build, state, look), indent: isBeneath ? 1 : 0)
        }
    }

    private static func summary(_ build: BuildRun, _ look: Look) -> Line {
        func line(_ mark: Unicode.Scalar, _ role: Role, _ text: String, _ trailing: String = "") -> Line {
            Line(mark: (mark, look[role]), text: Span(text, look[role]), trailing: Span(trailing, look[.muted]))
        }
        switch build.phase {
        case .starting: return line(look.glyphs.ring, .faint, "beginning")
        case .running: return line(look.glyphs.ring, .faint, "the image")
        case .stopping: return line(look.glyphs.ring, .warning, "stopping")
        case .held: return line(failed(look), .error, "failed", "kept as it was")
        case .released: return line(failed(look), .error, "failed")
        case .failed(let error): return line(failed(look), .error, firstLine(error.message))
        case .stopped: return line(cancelled(look), .warning, "stopped")
        case .done(let image):
            return line(
                done(look), .ok, image.id == nil ? "done" : "image \(image.shortName ?? "")", image.id?.short ?? "")
        }
    }

    private static func firstLine(_ text: String) -> String {
        text.split(separator: "\n").first.map(String.init) ?? text
    }

    private static func mark(_ state: BuildStep.State, _ look: Look) -> (Unicode.Scalar, Style) {
        switch state {
        case .waiting: (look.glyphs.ring, look[.faint])
        case .running: (look.glyphs.dot, look[.running])
        case .cached: (done(look), look[.muted])
        case .done: (done(look), look[.ok])
        case .failed: (failed(look), look[.error])
        case .cancelled: (cancelled(look), look[.warning])
        }
    }

    private static func done(_ look: Look) -> Unicode.Scalar { look.glyphs.isASCII ? "+" : look.glyphs.mark }
    private static func failed(_ look: Look) -> Unicode.Scalar { look.glyphs.isASCII ? "!" : "✗" }
    private static func cancelled(_ look: Look) -> Unicode.Scalar { look.glyphs.isASCII ? "-" : "–" }

    private static func textRole(_ state: BuildStep.State) -> Role {
        switch state {
        case .waiting, .cancelled: .faint
        case .cached: .muted
        case .running, .done: .text
        case .failed: .error
        }
    }

    private static func trailing(
        _ step: BuildStep, _ build: BuildRun, _ state: DashboardState, _ look: Look
    ) -> Span {
        switch step.state {
        case .waiting: return Span("")
        case .cached: return Span(words("cached"), look[.faint])
        case .cancelled: return Span(words("cancelled"), look[.faint])
        case .done(let nanoseconds): return Span(Format.took(nanoseconds: nanoseconds), look[.muted])
        case .failed(let nanoseconds, _): return Span(Format.took(nanoseconds: nanoseconds), look[.error])
        case .running(let since):
            let time = Format.compactDuration(seconds: Format.age(of: since, now: state.now))
            let share = build.report.transfers[step.id]?.fraction.map { "\(Format.percent($0 * 100))  " } ?? ""
            return Span(share + time, look[.info])
        }
    }
}

extension Format {
    /// How long something took: `0.1s`, `12.3s`, `2m5s`.
    static func took(nanoseconds: Int64) -> String {
        let seconds = Double(max(0, nanoseconds)) / 1e9
        return seconds < 59.95 ? "\(fixed(seconds, 1))s" : compactDuration(seconds: Int64(seconds.rounded()))
    }
}
