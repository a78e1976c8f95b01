/// Lines that were carried out, the newest last; each once.
struct PaletteHistory: Sendable, Hashable {
    private(set) var lines: [String]
    /// Which of them is in the line now; `nil` while something new is typed.
    private var place: Int?
    /// What was being typed when the person began to look back.
    private var draft = ""

    static let limit = 100

    init(_ lines: [String] = []) {
        self.lines = []
        for line in lines.suffix(Self.limit) { add(line) }
    }

    mutating func add(_ line: String) {
        let line = line.trimmingPalette
        leave()
        guard !line.isEmpty, line.utf8.count <= 400 else { return }
        lines.removeAll { $0 == line }
        lines.append(line)
        if lines.count > Self.limit { lines.removeFirst(lines.count - Self.limit) }
    }

    /// Something was typed: looking back begins anew.
    mutating func leave() {
        place = nil
        draft = ""
    }

    /// The line before the one that is shown; `nil` at the oldest.
    mutating func older(than typed: String) -> String? {
        let next = (place ?? lines.count) - 1
        guard lines.indices.contains(next) else { return nil }
        if place == nil { draft = typed }
        place = next
        return lines[next]
    }

    /// The line after the one that is shown; behind the newest what was being typed.
    mutating func newer() -> String? {
        guard let here = place else { return nil }
        guard lines.indices.contains(here + 1) else {
            place = nil
            return draft
        }
        place = here + 1
        return lines[here + 1]
    }

    var isLookingBack: Bool { place != nil }
}
