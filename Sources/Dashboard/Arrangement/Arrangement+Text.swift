/// A layout as text: `rows(containers 40, columns(graphs, logs@web) 60)`. The number behind a part is its share; without
/// one all have the same. This is what the configuration and the dashboard's memory hold.
extension Arrangement {
    /// Why a layout's text means nothing.
    public struct Problem: Error, Sendable, Hashable, CustomStringConvertible {
        /// In words.
        public var description: String
    }

    /// The text of it.
    public var text: String {
        switch self {
        case .pane(let slot): return slot.text
        case .split(let axis, let parts):
            let isEven = Set(parts.map(\.share)).count == 1
            let inside = parts.map { isEven ? $0.content.text : "\($0.content.text) \($0.share)" }
            return "\(axis.rawValue)(\(inside.joined(separator: ", ")))"
        }
    }

    /// Reads a layout's text.
    ///
    /// - Parameter panes: the names of panes there are.
    /// - Throws: what is wrong, and where.
    public init(text: String, panes: Set<String>) throws(Problem) {
        var reader = Reader(text)
        let read = try reader.arrangement(depth: 0)
        try reader.end()
        let slots = read.slots
        guard slots.count <= Self.paneLimit else {
            throw Problem(description: words("a layout has \(Self.paneLimit) panes at most, not \(slots.count)"))
        }
        for (index, slot) in slots.enumerated() {
            guard panes.contains(slot.pane) else {
                throw Problem(
                    description: words(
                        "there is no pane '\(slot.pane)'; panes are \(panes.sorted().joined(separator: ", "))"))
            }
            guard !slots[..<index].contains(slot) else {
                throw Problem(description: words("'\(slot.text)' stands twice in the layout"))
            }
        }
        self = read
    }

    /// The same without a throw.
    static func read(_ text: String, panes: Set<String>) -> (tree: Arrangement?, problem: String) {
        do { return (try Arrangement(text: text, panes: panes), "") } catch { return (nil, error.description) }
    }

    private struct Reader {
        private var rest: Substring

        init(_ text: String) { rest = text.prefix(2000) }

        mutating func arrangement(depth: Int) throws(Problem) -> Arrangement {
            guard depth <= Arrangement.depthLimit else {
                throw Problem(description: words("a layout nests \(Arrangement.depthLimit) deep at most"))
            }
            let word = word()
            guard take("(") else {
                guard let slot = PaneSlot(text: word) else { throw unexpected(words("the name of a pane"), word) }
                return .pane(slot)
            }
            guard let axis = Axis(rawValue: word) else { throw unexpected(words("'rows' or 'columns'"), word) }
            var parts: [Part] = []
            repeat {
                let content = try arrangement(depth: depth + 1)
                let share = self.word()
                guard share.isEmpty else {
                    guard let number = Int(share), (1...10_000).contains(number) else {
                        throw unexpected(words("a share from 1 to 10000"), share)
                    }
                    parts.append(Part(content, share: number))
                    continue
                }
                parts.append(Part(content))
            } while take(",")
            guard take(")") else { throw unexpected(words("',' or ')'"), String(rest.prefix(12))) }
            guard parts.count > 1 else {
                throw Problem(description: words("\(axis.rawValue)(…) wants two parts or more"))
            }
            return .split(axis, parts)
        }

        mutating func end() throws(Problem) {
            skip()
            guard rest.isEmpty else { throw unexpected(words("nothing more"), String(rest.prefix(12))) }
        }

        private mutating func skip() { rest = rest.drop { $0 == " " || $0 == "\n" || $0 == "\t" } }

        private mutating func word() -> String {
            skip()
            let word = rest.prefix { $0 == "@" || $0.utf8.allSatisfy(PaneSlot.isNameByte) }
            rest = rest.dropFirst(word.count)
            return String(word)
        }

        private mutating func take(_ character: Character) -> Bool {
            skip()
            guard rest.first == character else { return false }
            rest.removeFirst()
            return true
        }

        private func unexpected(_ wanted: String, _ found: String) -> Problem {
            Problem(
                description: found.isEmpty
                    ? words("a layout wants \(wanted) where nothing stands")
                    : words("a layout wants \(wanted) where '\(found)' stands"))
        }
    }
}
