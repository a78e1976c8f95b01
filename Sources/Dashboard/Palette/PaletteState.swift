import Terminal

/// The command palette or a menu while it is open: a list of what can be done, and a line that narrows it.
struct PaletteState: Sendable, Hashable {
    enum Kind: Sendable, Hashable {
        /// All commands; what is typed may be a command as well.
        case commands
        /// What can be done here; letters narrow it.
        case menu(title: String)
    }

    var kind: Kind
    var line = TextLine()
    var entries: [PaletteEntry]
    var vocabulary: PaletteVocabulary
    /// Lines that were carried out, for their rank.
    var recent: [String]
    private(set) var rows: [PaletteRanking.Row] = []
    var selected = 0
    /// The first visible row.
    var scroll = 0
    /// Where the pointer was when a menu was asked for.
    var anchor: Point?
    /// What is wrong with the line.
    var problem: String?
    /// The person has chosen a row: what is typed is only what narrows.
    var hasMoved = false

    /// Longer than any sensible command; a paste cannot fill memory.
    static let lineLimit = 400

    init(_ kind: Kind, _ entries: [PaletteEntry], _ vocabulary: PaletteVocabulary, recent: [String] = []) {
        self.kind = kind
        self.entries = entries
        self.vocabulary = vocabulary
        self.recent = recent
        narrow()
    }

    var isMenu: Bool { if case .menu = kind { true } else { false } }

    var chosen: PaletteEntry? { rows.indices.contains(selected) ? rows[selected].entry : nil }

    /// After each letter: which rows are left.
    mutating func narrow() {
        problem = nil
        hasMoved = false
        selected = 0
        scroll = 0
        if isMenu {
            rows = PaletteRanking.menu(line.text, entries)
            selected = rows.firstIndex { $0.entry.obstacle == nil } ?? 0
        } else {
            rows = PaletteRanking.rows(line.text, entries, vocabulary, recent: recent)
        }
    }

    /// Moves the selection; the ends are connected.
    mutating func move(_ step: Int) {
        guard !rows.isEmpty else { return }
        hasMoved = true
        selected = ((selected + step) % rows.count + rows.count) % rows.count
    }

    mutating func keepVisible(_ height: Int) {
        scroll = ScrollMath.keeping(selected, in: height, of: rows.count, scroll: scroll)
    }

    /// Puts another text into the line.
    mutating func type(_ text: String) {
        line = TextLine(text)
        narrow()
    }
}
