/// What helps while a filter is typed: the syntax, the fields that a word may become, and what a field wants.
struct FilterHint: Sendable, Hashable {
    /// What stands beside the line.
    var text: String
    /// What Tab makes of the line; `nil` when there is nothing to add.
    var completion: String?

    /// The whole language in one line, the most useful first: what does not fit is cut.
    static var syntax: String {
        words(
            "words  !not  -f fuzzy  -l label=value  cpu>50  mem>100m  age<1h  state:running  image~regex  a or b")
    }

    init(_ text: String, fields: [FilterField]) {
        let word = text.last == " " ? "" : text.split(separator: " ").last.map(String.init) ?? ""
        let bare = word.drop { $0 == "!" }
        if text.allSatisfy({ $0 == " " }) {
            self.init(text: Self.syntax)
        } else if word.isEmpty {
            self.init(text: Self.after(text))
        } else if let field = Self.begun(bare, fields) {
            self.init(text: "\(field.names[0]): \(words(for: field.title)), \(field.kind.want)")
        } else if bare.first == "~" || bare.first == "/" {
            self.init(text: words("a regular expression: ^web  [0-9]+  (a|b)  front$"))
        } else {
            let found = Self.candidates(bare, fields)
            let names = found.prefix(6).map { "\($0.name)\($0.field.kind == .text ? ":" : ">")" }
            self.init(
                text: found.isEmpty ? "" : "Tab: \(names.joined(separator: "  "))",
                completion: names.first.map { String(text.dropLast(bare.count)) + $0 })
        }
    }

    private init(text: String, completion: String? = nil) {
        self.text = text
        self.completion = completion
    }

    /// What may follow a blank.
    private static func after(_ text: String) -> String {
        let phrases = text.split(separator: " ")
        return switch phrases.last {
        case "-f": words("letters in their order: wbp finds web-proxy")
        case "-l": words("a label: key, key=value, key!=value")
        case "-n": words("a network's name")
        case "-v": words("a volume's name")
        default: words("a further word narrows; or starts another choice")
        }
    }

    /// The field whose name and operator stand there.
    private static func begun(_ word: Substring, _ fields: [FilterField]) -> FilterField? {
        guard let end = word.firstIndex(where: { ":=<>!~".contains($0) }) else { return nil }
        let name = word[..<end].lowercased()
        return fields.first { $0.names.contains(name) || $0.column == name }
    }

    private static func candidates(
        _ word: Substring, _ fields: [FilterField]
    ) -> [(name: String, field: FilterField)] {
        let word = word.lowercased()
        guard !word.isEmpty else { return [] }
        return fields.compactMap { field in
            field.names.first { $0.hasPrefix(word) && $0 != word }.map { (name: $0, field: field) }
        }
    }
}
