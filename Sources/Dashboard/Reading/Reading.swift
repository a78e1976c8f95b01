import Engine
import Terminal

/// What a screen reader is told: after each step the lines that say what has changed, and nothing twice.
struct Reading: Sendable {
    /// What was said last of each part of the screen.
    private var said: [Part: String] = [:]
    /// The lines of text that were read, where a pane has no sentence of its own.
    private var text: [String] = []

    private enum Part: Hashable, Sendable, CaseIterable {
        case view, dialog, form, palette, prompt, help, focus, row, notice, work
    }

    /// The look in which panes are drawn to be read: signs that a reader can speak, and weight for what is chosen.
    private static let look = Look(theme: (try? Theme.builtIn("mono")) ?? .plain, glyphs: .ascii)

    /// The lines to add; all of what is there after `forget`.
    mutating func lines(_ state: DashboardState) -> [String] { news(of: state).filter { !$0.isEmpty } }

    private mutating func news(of state: DashboardState) -> [String] {
        var lines: [String] = []
        func note(_ part: Part, _ key: String?, _ text: @autoclosure () -> [String]) {
            guard said[part] != key else { return }
            said[part] = key
            if key != nil { lines += text() }
        }
        let top = Self.top(state)
        note(.view, state.view.rawValue, ["\(state.view.title), \(state.host.hostname)"])
        // What lies on top is said alone; when it is gone, what was below it is said again.
        note(.dialog, top.map { "\($0.title)\n\($0.chosen)" }, Self.spoken(top, before: said[.form]))
        said[.form] = top?.title
        note(.prompt, state.prompt.map { "\($0.purpose.label)\n\($0.text)" }, [Self.spoken(state)])
        note(.notice, state.notice.map { "\($0.since.nanoseconds) \($0.text)" }, [state.notice?.text ?? ""])
        guard top == nil else {
            said[.focus] = nil
            return lines
        }
        note(.focus, state.focus.name, ["\(words(for: state.focus.kind.title))\(Self.pin(state.focus))"])
        if let sentence = state.focus.kind.sentence(state.seen(by: state.focus)) {
            note(.row, sentence.key, [sentence.text])
            text = []
        } else {
            said[.row] = nil
            let now = Self.text(of: state)
            lines += Self.new(now, since: text)
            text = now
        }
        return lines
    }

    /// Says everything again at the next step: where am I?
    mutating func forget() {
        said = [:]
        text = []
    }

    private static func pin(_ pane: Pane) -> String { pane.pin.map { " \(words("of \($0)"))" } ?? "" }

    // MARK: What lies above the panes

    private struct Top {
        var title: String
        var text: [String] = []
        var chosen: String
    }

    private static func top(_ state: DashboardState) -> Top? {
        if let palette = state.palette {
            var title = words("Commands, \(palette.rows.count) rows")
            if case .menu(let subject) = palette.kind { title = words("Menu of \(subject)") }
            let typed = palette.line.text.isEmpty ? "" : "\(palette.line.text): "
            let row = palette.chosen.map { row in
                [
                    row.title, row.key.isEmpty ? "" : words("key \(row.key)"),
                    row.obstacle.map { words("not now: \($0)") } ?? "",
                ]
                .filter { !$0.isEmpty }.joined(separator: ", ")
            }
            return Top(title: title, chosen: palette.problem ?? (typed + (row ?? words("nothing fits"))))
        }
        if let dialog = state.dialog {
            let item = dialog.items.indices.contains(dialog.selected) ? dialog.items[dialog.selected] : nil
            let place = words("\(dialog.selected + 1) of \(dialog.items.count)")
            return Top(
                title: dialog.title, text: dialog.text,
                chosen: item.map { "\($0.label)\($0.note.isEmpty ? "" : ", \($0.note)"), \(place)" } ?? "")
        }
        if state.form != nil || state.isHelpShown || state.transfers.isShown { return drawn(state) }
        return nil
    }

    /// Forms and the like are read off their picture.
    private static func drawn(_ state: DashboardState) -> Top {
        let canvas = Frame.draw(state, look: look).canvas
        let body = state.layout.body
        let rows = (body.y..<body.bottom).map { row($0, body, canvas) }.filter { !$0.isEmpty }
        let title = state.form != nil ? words("Form") : state.isHelpShown ? words("Help") : words("Transfers")
        if state.form != nil, let chosen = marked(body, canvas) { return Top(title: title, text: rows, chosen: chosen) }
        return Top(title: title, chosen: rows.joined(separator: "\n"))
    }

    private static func spoken(_ top: Top?, before: String?) -> [String] {
        guard let top else { return [] }
        let chosen = top.chosen.split(separator: "\n").map(String.init)
        return top.title == before ? chosen : [top.title] + top.text + chosen
    }

    private static func spoken(_ state: DashboardState) -> String {
        guard let prompt = state.prompt else { return "" }
        let found = prompt.purpose.isLive ? ", \(FooterBar.found(prompt, state))" : ""
        return "\(prompt.purpose.label): \(prompt.text)\(found)"
    }

    // MARK: Panes without a sentence

    /// The row that is chosen, else all that stands in the pane.
    private static func text(of state: DashboardState) -> [String] {
        guard let rect = state.layout.rect(of: state.focus)?.inset() else { return [] }
        let canvas = Frame.draw(state, look: look).canvas
        if let row = marked(rect, canvas) { return [row] }
        return (rect.y..<rect.bottom).map { row($0, rect, canvas) }.filter { !$0.isEmpty }
    }

    /// The row that is drawn as the chosen one.
    private static func marked(_ rect: Rect, _ canvas: Canvas) -> String? {
        let rows = (rect.y..<rect.bottom).filter { y in
            (rect.x..<rect.right).reduce(0) { sum, x in
                sum + (canvas[Point(x: x, y: y)].style.attributes.contains(.reverse) ? 1 : 0)
            } > rect.width / 3
        }
        return rows.first.map { row($0, rect, canvas) }
    }

    /// A row's words; lines and bars are for eyes.
    private static func row(_ y: Int, _ rect: Rect, _ canvas: Canvas) -> String {
        var text = String.UnicodeScalarView()
        for x in rect.x..<rect.right { text.append(contentsOf: canvas[Point(x: x, y: y)].scalars) }
        let phrases = String(text).split(separator: " ").filter { word in
            // Bubbles rise for eyes, too.
            word.contains { $0.isLetter || $0.isNumber } && !word.allSatisfy { "oO.".contains($0) }
        }
        return phrases.map { $0.trimmingLines }.joined(separator: " ")
    }

    /// Lines that were not there before, in their order: a log that goes on is read on, a page is read as a page.
    private static func new(_ now: [String], since before: [String]) -> [String] {
        guard let last = before.last, let place = now.lastIndex(of: last), place > 0 else {
            return now == before ? [] : now
        }
        let kept = before.suffix(place + 1)
        return Array(kept) == Array(now[...place]) ? Array(now[(place + 1)...]) : now == before ? [] : now
    }
}

extension Substring {
    /// Without the bars at its ends.
    fileprivate var trimmingLines: String {
        var rest = self
        while rest.first == "|" { rest.removeFirst() }
        while rest.last == "|" { rest.removeLast() }
        return String(rest)
    }
}
