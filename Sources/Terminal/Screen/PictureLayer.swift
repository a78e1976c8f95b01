/// Emoji, drawn apart from the rest of a frame and each at a place of its own.
///
/// Terminals disagree about the columns that a picture takes, by their age and by their fonts. ncurses would go by the C
/// library's opinion and write on, so that with any other the rest of the line stands a column too far. So ncurses is told
/// of two blanks, and the picture is put over them where they are: whatever the terminal makes of it, nothing else moves.
struct PictureLayer {
    private let depth: ColorDepth
    private var old: [Int: [Int: Cell]] = [:]
    private var new: [Int: [Int: Cell]] = [:]

    init(depth: ColorDepth) { self.depth = depth }

    /// A picture rather than an ideograph, about which there is no doubt.
    static func isPicture(_ cell: Cell) -> Bool {
        cell.width == 2
            && ((0x2300..<0x2E80).contains(cell.base.value) || cell.base.value >= 0x1F000 && cell.base.value < 0x20000)
    }

    /// Takes up what is in a row that has changed from one canvas to the next; neither stays unheard of without a picture.
    mutating func take(row: Int, of canvas: Canvas, columns: Int) {
        var pictures: [Int: Cell] = [:]
        for x in 0..<min(canvas.size.width, columns) {
            let cell = canvas[Point(x: x, y: row)]
            if Self.isPicture(cell) { pictures[x] = cell }
        }
        new[row] = pictures
    }

    /// What takes away the pictures that are gone, before ncurses draws: it believes that blanks are there already.
    func erasing() -> [UInt8] {
        let gone = new.flatMap { row, pictures in
            (old[row] ?? [:]).filter { pictures[$0.key] != $0.value }.map { Place(row, $0.key, $0.value) }
        }
        return sequence(gone) { _ in [0x20, 0x20] }
    }

    /// What draws all pictures of the rows that have changed, after ncurses: it may have cleared to the end of a line.
    mutating func drawing() -> [UInt8] {
        let places = new.flatMap { row, pictures in pictures.map { Place(row, $0.key, $0.value) } }
        let bytes = sequence(places) { cell in
            var text: [UInt8] = []
            cell.append(to: &text)
            return text
        }
        for (row, pictures) in new { old[row] = pictures.isEmpty ? nil : pictures }
        new.removeAll(keepingCapacity: true)
        return bytes
    }

    /// Forgets what is on the screen, since that is about to be cleared.
    mutating func forget() { old.removeAll() }

    private struct Place {
        let row: Int, column: Int
        let cell: Cell

        init(_ row: Int, _ column: Int, _ cell: Cell) { (self.row, self.column, self.cell) = (row, column, cell) }
    }

    /// The cursor and what it writes with are saved (DECSC) and come back (DECRC), so that ncurses is none the wiser.
    private func sequence(_ places: [Place], _ text: (Cell) -> [UInt8]) -> [UInt8] {
        guard !places.isEmpty else { return [] }
        var bytes = Array("\u{1B}7".utf8)
        for place in places.sorted(by: { ($0.row, $0.column) < ($1.row, $1.column) }) {
            bytes += Array("\u{1B}[\(place.row + 1);\(place.column + 1)H\u{1B}[\(rendition(place.cell.style))m".utf8)
            bytes += text(place.cell)
        }
        return bytes + Array("\u{1B}[0m\u{1B}8".utf8)
    }

    /// SGR's numbers for a style.
    private func rendition(_ style: Style) -> String {
        var numbers = ["0"]
        let names: [(Attributes, String)] = [
            (.bold, "1"), (.dim, "2"), (.italic, "3"), (.underline, "4"), (.reverse, "7"),
        ]
        for (attribute, number) in names where style.attributes.contains(attribute) { numbers.append(number) }
        let colors = depth.pair(style)
        if depth != .none {
            numbers += color(colors.foreground, 30) + color(colors.background, 40)
        }
        return numbers.joined(separator: ";")
    }

    private func color(_ index: Int, _ base: Int) -> [String] {
        guard index >= 0 else { return [] }
        switch depth {
        case .direct: return ["\(base + 8)", "2", "\(index >> 16 & 255)", "\(index >> 8 & 255)", "\(index & 255)"]
        case .indexed: return ["\(base + 8)", "5", "\(index)"]
        default: return [index < 8 ? "\(base + index)" : "\(base + 52 + index)"]
        }
    }
}
