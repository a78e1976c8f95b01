/// How a person wants a table: which columns in which order, how wide, and sorted by what. A short text keeps it.
///
/// The text is words with blanks between them: a column's name, `-name` for a hidden one, `name=12` for a width,
/// `sort:name` or `sort:-name` for the order, `wide`, `grouped`. In names a blank is written `%20`, a per cent sign `%25`,
/// an equals sign `%3D`.
struct TableSettings: Sendable, Hashable {
    struct Choice: Sendable, Hashable {
        var column: String
        var isShown: Bool
        /// `nil`: as wide as the table likes.
        var width: Int?
    }

    struct Order: Sendable, Hashable {
        var column: String
        var isReversed = false
    }

    /// In the order from left to right; a column that is not here stands behind the one that it follows by itself.
    var choices: [Choice] = []
    /// `nil`: the table's own.
    var order: Order?
    /// Every column, as wide as it wants to be; what does not fit is scrolled to.
    var isWide = false
    /// Rows that belong together stand together.
    var isGrouped = false

    init() {}

    /// Reads what `text` wrote; what means nothing is passed over.
    init(_ text: String) {
        for word in text.split(separator: " ") {
            if word == "wide" {
                isWide = true
            } else if word == "grouped" {
                isGrouped = true
            } else if word.hasPrefix("sort:") {
                let name = word.dropFirst(5)
                let isReversed = name.first == "-"
                order = Order(column: Self.unescaped(isReversed ? name.dropFirst() : name), isReversed: isReversed)
            } else {
                read(word)
            }
        }
    }

    private mutating func read(_ word: Substring) {
        let isShown = word.first != "-"
        let parts = (isShown ? word : word.dropFirst()).split(separator: "=", maxSplits: 1)
        guard let name = parts.first.map(Self.unescaped), !name.isEmpty else { return }
        guard !choices.contains(where: { $0.column == name }) else { return }
        let width =
            parts.count > 1 ? Int(parts[1]).map { min(max($0, Self.widths.lowerBound), Self.widths.upperBound) } : nil
        choices.append(Choice(column: name, isShown: isShown, width: width))
    }

    /// What a column may be as wide as.
    static let widths = 3...200

    var text: String {
        var words = choices.map { choice in
            (choice.isShown ? "" : "-") + Self.escaped(choice.column) + (choice.width.map { "=\($0)" } ?? "")
        }
        if let order { words.append("sort:" + (order.isReversed ? "-" : "") + Self.escaped(order.column)) }
        if isWide { words.append("wide") }
        if isGrouped { words.append("grouped") }
        return words.joined(separator: " ")
    }

    private static let escapes: [(Character, String)] = [(" ", "%20"), ("=", "%3D"), ("\n", "%0A"), ("\t", "%09")]

    private static func escaped(_ name: String) -> String {
        name.reduce(into: "") { text, character in
            if character == "%" {
                text += "%25"
            } else {
                text += escapes.first { $0.0 == character }?.1 ?? String(character)
            }
        }
    }

    private static func unescaped(_ name: some StringProtocol) -> String {
        var text = ""
        var rest = Substring(name)
        while let character = rest.first {
            let three = rest.prefix(3)
            if three == "%25" {
                text.append("%")
                rest = rest.dropFirst(3)
            } else if let escape = escapes.first(where: { $0.1 == three }) {
                text.append(escape.0)
                rest = rest.dropFirst(3)
            } else {
                text.append(character)
                rest = rest.dropFirst()
            }
        }
        return text
    }
}
