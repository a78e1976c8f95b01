import Engine
import Terminal

/// The rows at the bottom: the outcome of the last thing done, and the keys that matter here.
enum FooterBar {
    static func draw(_ state: DashboardState, _ layout: Layout, _ frame: inout Frame, _ look: Look) {
        if let prompt = state.prompt {
            drawPrompt(prompt, state, layout.footer, &frame, look)
        } else if layout.status.isEmpty, let notice = state.notice {
            drawNotice(notice, layout.footer, &frame, look)
            return
        } else {
            drawHints(state, layout.footer, &frame, look)
        }
        guard !layout.status.isEmpty else { return }
        if let notice = state.notice {
            drawNotice(notice, layout.status, &frame, look)
        } else if let prompt = state.prompt {
            drawGuide(prompt, state, layout.status, &frame, look)
        } else {
            drawSummary(state, layout.status, &frame, look)
        }
    }

    private static func drawPrompt(
        _ prompt: Prompt, _ state: DashboardState, _ row: Rect, _ frame: inout Frame, _ look: Look
    ) {
        let guide = prompt.purpose.guide(prompt.text, state)
        let found = found(prompt, state)
        let keys = prompt.purpose.isLive ? words("Enter keeps  Esc takes back") : words("Enter goes on  Esc gives up")
        // A name of an image wants room.
        let isLong = prompt.purpose == .pullName || prompt.purpose == .searchRegistry
        let whole = "\(found)  \(keys)"
        // What is typed comes first: it has to be seen.
        let hasRoom = row.width >= (isLong ? 110 : 76) && row.width - SafeText.width(whole) >= 20
        let hint = hasRoom ? whole : found
        let room = max(10, row.width - SafeText.width(hint) - 3)
        prompt.line.draw(
            on: &frame.canvas, in: Rect(x: row.x, y: row.y, width: room, height: 1), look: look,
            prompt: " \(prompt.purpose.label): ", wrong: guide.problem)
        frame.canvas.put(
            hint, at: Point(x: row.x + room + 2, y: row.y), style: look[.muted], maxWidth: row.width - room - 2)
    }

    /// What a line finds, or what may be typed there.
    static func found(_ prompt: Prompt, _ state: DashboardState) -> String {
        switch prompt.purpose {
        case .tagName, .searchRegistry: ""
        case .pullName: words("Tab searches, S-Tab lists tags")
        case .pushName: words("asks once more")
        case .layoutName: words("letters, digits, - _ .")
        case .pageName: words("empty: after where it is")
        case .pane(let pane, _, _, _): pane.kind.found(state.seen(by: pane))
        }
    }

    /// What helps while the line is typed, above it.
    private static func drawGuide(
        _ prompt: Prompt, _ state: DashboardState, _ row: Rect, _ frame: inout Frame, _ look: Look
    ) {
        let guide = prompt.purpose.guide(prompt.text, state)
        guard !guide.text.isEmpty else { return }
        let style = look[guide.problem == nil ? .muted : .warning]
        frame.canvas.put(
            guide.text, at: Point(x: row.x + 1, y: row.y), style: style, maxWidth: row.width - 2,
            ellipsis: look.glyphs.ellipsis)
    }

    /// A failure that is longer than its row grows upwards over the panes: its end says what to do.
    private static func drawNotice(_ notice: Notice, _ row: Rect, _ frame: inout Frame, _ look: Look) {
        let style: Style
        let sign: String
        switch notice.kind {
        case .success: (style, sign) = (look[.ok], look.glyphs.isASCII ? "ok" : "✓")
        case .failure: (style, sign) = (look[.error], look.glyphs.isASCII ? "!" : "✗")
        case .information: (style, sign) = (look[.info], String(look.glyphs.separator))
        }
        let lines = wrap(SafeText.string(notice.text), width: row.width - 4, limit: notice.kind == .failure ? 4 : 1)
        for (index, line) in lines.enumerated() {
            let y = row.y - (lines.count - 1) + index
            if lines.count > 1 {
                frame.canvas.fill(Rect(x: row.x, y: y, width: row.width, height: 1), style: look[.dialog])
            }
            let ground = lines.count > 1 ? look[.dialog].background : Color.inherit
            if index == 0 { frame.canvas.put(sign, at: Point(x: row.x + 1, y: y), style: style.on(ground)) }
            frame.canvas.put(
                line, at: Point(x: row.x + 2 + SafeText.width(sign), y: y), style: style.on(ground),
                maxWidth: row.width - 4)
        }
    }

    /// Breaks text at blanks into at most `limit` lines; the last one holds the rest.
    static func wrap(_ text: String, width: Int, limit: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ", omittingEmptySubsequences: false) {
            let longer = line.isEmpty ? String(word) : line + " " + word
            if line.isEmpty || lines.count == limit - 1 || SafeText.width(longer) <= width {
                line = longer
            } else {
                lines.append(line)
                line = String(word)
            }
        }
        return lines + [line]
    }

    /// What narrows or orders the table, and what is marked.
    private static func drawSummary(_ state: DashboardState, _ row: Rect, _ frame: inout Frame, _ look: Look) {
        var parts: [Span] = [Span(" ")]
        func add(_ text: String, _ style: Style) {
            if parts.count > 1 { parts.append(Span("  \(look.glyphs.separator)  ", look[.faint])) }
            parts.append(Span(text, style))
        }
        let (marks, filter) = state.focus.kind.narrowing(state.seen(by: state.focus))
        if marks > 0 { add(words("\(marks) marked"), look[.marked]) }
        if !filter.isEmpty { add(words("filter: \(filter)"), look[.tertiary]) }
        if state.isZoomed { add(words("zoomed, _ shows all panes"), look[.muted]) }
        if state.arranging.isOn { add(words("moving panes"), look[.accent]) }
        if let work = work(state) { add(work, look[.info]) }
        frame.canvas.put(parts, at: row.origin, maxWidth: row.width)
    }

    /// What is under way for longer than a moment, and where it can be cancelled.
    private static func work(_ state: DashboardState) -> String? {
        let running = state.activity.running.filter { $0.seconds(at: state.now) >= 1 }
        guard let first = running.first else { return nil }
        let time = Format.compactDuration(seconds: Int64(first.seconds(at: state.now)))
        let progress = first.progress.isEmpty ? "" : ", \(first.progress)"
        let others = running.count > 1 ? " \(words("and \(running.count - 1) more"))" : ""
        let key = state.keys.key(for: .activity).map { words(", \(KeyMap.display($0)) shows all") } ?? ""
        return words("\(words(for: first.deed)) \(first.target) for \(time)\(progress)\(others)\(key)")
    }

    private static func drawHints(_ state: DashboardState, _ row: Rect, _ frame: inout Frame, _ look: Look) {
        let actions = hints(state)
        let hints = actions.map { Footer.Hint(KeyMap.display($0.key), words(for: $0.hint)) }
        let places = Footer(hints).draw(on: &frame.canvas, in: row, look: look)
        for (hint, place) in zip(actions, places) { frame.hit(place, .hint(hint.action)) }
    }

    /// While panes are moved only that is told.
    private static func arrangingHints(_ state: DashboardState) -> [(action: Action, key: String, hint: String)] {
        state.keys.bindings.compactMap { binding in
            guard binding.context == .arranging, !binding.hint.isEmpty, let key = binding.keys.first else { return nil }
            return (binding.action, key, binding.hint)
        }
    }

    /// The bindings with a hint that count here, the pane's own first; `help` and `quit` always have a place.
    static func hints(_ state: DashboardState) -> [(action: Action, key: String, hint: String)] {
        if state.arranging.isOn { return arrangingHints(state) }
        var found: [(action: Action, key: String, hint: String)] = []
        let fixed: [Action] = [.help, .quit, .menu, .palette]
        for context in state.focus.keyContexts {
            for binding in state.keys.bindings where binding.context == context && !binding.hint.isEmpty {
                // A key that means something else here is no hint.
                let counts = { (key: String) in state.keys.action(for: key, in: state.focus) == binding.action }
                guard let key = binding.keys.first(where: counts) else { continue }
                if state.focus.isOfOtherThings, binding.action == .showStopped { continue }
                // Of an image a new one is a container, which has a hint already.
                if state.focus == .images, binding.action == .create { continue }
                guard state.obstacle(binding.action) == nil else { continue }
                let place = (action: binding.action, key: key, hint: binding.hint)
                if !fixed.contains(binding.action) { found.append(place) }
            }
        }
        let first = fixed.compactMap { action -> (action: Action, key: String, hint: String)? in
            guard let key = state.keys.key(for: action), state.focus.kind.offers(action, state) else { return nil }
            return (action, key, action == .palette ? phrase("commands") : action.rawValue)
        }
        // Where Enter leads to something of its own it is told first, by what it is.
        let deeper = state.focus.kind.deeper
        if !deeper.isEmpty, let place = found.firstIndex(where: { $0.action == .open }) {
            var open = found.remove(at: place)
            open.hint = deeper
            found.insert(open, at: 0)
        }
        // On a table of other things removing is what is mostly done.
        if state.focus.isOfTables, let place = found.firstIndex(where: { $0.action == .remove }) {
            found.insert(found.remove(at: place), at: 0)
        }
        return first + found
    }
}

extension Pane {
    /// A table, and not of containers.
    var isOfOtherThings: Bool { !keyContexts.contains(.containers) }

    /// A table of them.
    var isOfTables: Bool { keyContexts.contains(.resources) }
}
