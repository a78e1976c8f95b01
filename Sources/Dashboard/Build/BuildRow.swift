import Engine
import Terminal

/// A row of the build pane.
enum BuildRow: Sendable, Hashable {
    /// The head of a stage, above its steps.
    case stage(String)
    /// A step, by its number.
    case step(Int)
    /// The build as a whole, and what has come of it.
    case summary

    /// Whether the cursor can stand on it.
    var isSelectable: Bool { if case .stage = self { false } else { true } }

    /// Steps in docker's order, those of a stage together; heads only where there are several stages.
    static func rows(_ steps: [BuildStep]) -> [BuildRow] {
        var groups: [(stage: String?, steps: [Int])] = []
        var places: [String: Int] = [:]
        for step in steps {
            if let place = step.stage.flatMap({ places[$0] }) {
                groups[place].steps.append(step.id)
            } else if step.stage == nil, let last = groups.indices.last, groups[last].stage == nil {
                groups[last].steps.append(step.id)
            } else {
                if let stage = step.stage { places[stage] = groups.count }
                groups.append((step.stage, [step.id]))
            }
        }
        return groups.flatMap { group in
            (places.count > 1 ? group.stage.map { [BuildRow.stage($0)] } ?? [] : []) + group.steps.map { .step($0) }
        } + [.summary]
    }
}

extension BuildStep {
    /// Its name beneath the head of its stage: `2/5 RUN make` of `[builder 2/5] RUN make`.
    var shortName: String {
        guard name.hasPrefix("["), let end = name.firstIndex(of: "]") else { return name }
        let words = name[name.index(after: name.startIndex)..<end].split(separator: " ")
        guard let count = words.last, let slash = count.firstIndex(of: "/") else { return name }
        // Numbers of a stage stand beneath each other.
        let gap =
            count.distance(from: slash, to: count.endIndex) - 1 - count.distance(from: count.startIndex, to: slash)
        return String(repeating: " ", count: max(0, gap)) + count + name[name.index(after: end)...]
    }

    /// A name in so many columns.
    static func cut(_ name: String, to width: Int, _ look: Look = Look(theme: .plain, glyphs: .unicode)) -> String {
        guard SafeText.width(name) > width else { return name }
        var room = max(0, width - 1)
        let kept = SafeText.glyphs(name).prefix { glyph in
            room -= glyph.width
            return room >= 0
        }
        var text = String.UnicodeScalarView()
        for glyph in kept { text.append(glyph.base) }
        text.append(look.glyphs.ellipsis)
        return String(text)
    }

    /// It needs nothing more.
    var isDone: Bool {
        switch state {
        case .cached, .done: true
        case .waiting, .running, .failed, .cancelled: false
        }
    }

    var hasFailed: Bool { if case .failed = state { true } else { false } }

    /// Since when it runs.
    var runsSince: Timestamp? { if case .running(let since) = state { since } else { nil } }
}
