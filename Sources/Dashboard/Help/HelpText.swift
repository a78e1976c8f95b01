import Terminal

/// What the help says: first what can be done here and now, then a walk for the first time, then all keys.
struct HelpText {
    struct Line: Hashable {
        /// A heading has no key.
        var key = ""
        var text: String
        var isHeading = false
    }

    private(set) var lines: [Line] = []

    init(_ state: DashboardState) {
        here(state)
        tour(state)
        for context in KeyContext.all { keys(of: context, state) }
        filters()
        if let search = state.helpSearch { narrow(search.text) }
    }

    private mutating func heading(_ text: String) {
        if !lines.isEmpty { lines.append(Line(text: "")) }
        lines.append(Line(text: text, isHeading: true))
    }

    /// Only what the keys do just now, in the order of the hints.
    private mutating func here(_ state: DashboardState) {
        let pane = state.focus.base
        heading(words("Here: \(words(for: pane.kind.title))\(subject(state))"))
        for hint in FooterBar.hints(state) {
            let help = state.keys.bindings.first { $0.action == hint.action }?.help ?? hint.hint
            lines.append(Line(key: KeyMap.display(hint.key), text: words(for: help)))
        }
    }

    private func subject(_ state: DashboardState) -> String {
        let kind = state.focus.kind
        let subject = kind.subject(state.seen(by: state.focus))
        return subject == kind.title || subject == words(for: kind.title) ? "" : ", \(SafeText.string(subject))"
    }

    /// From a container that eats memory to what it is made of: each step by its key.
    private mutating func tour(_ state: DashboardState) {
        func key(_ action: Action) -> String { state.keys.key(for: action).map(KeyMap.display) ?? ":" }
        heading(words("First steps"))
        lines.append(Line(key: key(.sortMemory), text: words("who takes most memory comes first in the table")))
        lines.append(
            Line(key: key(.graphs), text: words("since when? Its graphs; \(key(.graphLonger)) shows a longer time")))
        lines.append(Line(key: key(.logs), text: words("what did it say? Its log; \(key(.logSearch)) searches in it")))
        lines.append(Line(key: key(.menu), text: words("what can be done with it: a menu; letters narrow it")))
        lines.append(Line(key: key(.restart), text: words("restart it")))
        lines.append(
            Line(key: key(.images), text: words("what is it made of? Its image; \(key(.open)) opens the layers")))
        lines.append(
            Line(
                key: key(.back),
                text: words("back; \(key(.placeBack)) and \(key(.placeForward)) go through all places")))
        lines.append(Line(key: key(.palette), text: words("anything else: type what you want")))
    }

    private mutating func keys(of context: KeyContext, _ state: DashboardState) {
        let bindings = state.keys.bindings.filter { $0.context == context && !$0.keys.isEmpty }
        guard !bindings.isEmpty else { return }
        heading(words(for: context.title))
        for binding in bindings {
            lines.append(
                Line(key: binding.keys.map(KeyMap.display).joined(separator: " "), text: words(for: binding.help)))
        }
    }

    private mutating func filters() {
        heading(words("Filters"))
        for (text, help) in [
            ("web", words("what has web in its name, image, state or identifier")), ("!web", words("all that has not")),
            ("-l app=shop", words("what carries the label; -l app for any value")),
            ("-n front", words("containers on the network; -v data: those that mount the volume")),
        ] {
            lines.append(Line(key: text, text: help))
        }
    }

    /// The lines with a word, under their headings.
    private mutating func narrow(_ word: String) {
        let word = word.trimmingPalette.lowercased()
        guard !word.isEmpty else { return }
        var kept: [Line] = []
        var heading: Line?
        for line in lines where !line.text.isEmpty {
            if line.isHeading {
                heading = line
            } else if line.text.lowercased().contains(word) || line.key.lowercased() == word {
                if let title = heading {
                    if !kept.isEmpty { kept.append(Line(text: "")) }
                    kept.append(title)
                }
                heading = nil
                kept.append(line)
            }
        }
        lines = kept
    }
}
