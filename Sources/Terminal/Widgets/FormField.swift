/// One line of a `Form`.
public struct FormField: Hashable, Sendable {
    /// What it holds.
    public enum Value: Hashable, Sendable {
        /// Text that is typed.
        case text(TextLine)
        /// Yes or no.
        case flag(Bool)
        /// One of several words.
        case choice([String], selected: Int)
    }

    /// What its owner calls it.
    public var id: String
    /// What stands before it.
    public var label: String
    /// Shown faintly while a text is empty.
    public var hint: String
    /// What it holds.
    public var value: Value
    /// Its text is not shown.
    public var isSecret = false
    /// What is wrong with it.
    public var error: String?
    /// Shown faintly at its right end, whatever it holds.
    public var remark = ""

    /// A field.
    public init(_ id: String, label: String, hint: String = "", value: Value) {
        self.id = id
        self.label = label
        self.hint = hint
        self.value = value
    }

    /// The text, or the chosen word; empty for a flag.
    public var text: String {
        switch value {
        case .text(let line): line.text
        case .flag: ""
        case .choice(let words, let selected): words.indices.contains(selected) ? words[selected] : ""
        }
    }

    /// Whether a flag is set.
    public var isSet: Bool { value == .flag(true) }

    /// Longer than any sensible value; a paste cannot fill memory.
    static let limit = 4096

    /// Applies a key; answers whether it was one for this field.
    mutating func apply(_ key: Key) -> Bool {
        switch value {
        case .text(var line):
            if case .character = key, line.characters.count >= Self.limit { return true }
            guard line.apply(key) else { return false }
            value = .text(line)
        case .flag(let isSet):
            guard key == .character(" ") || key == .left || key == .right else { return false }
            value = .flag(!isSet)
        case .choice(let words, let selected):
            let step: Int
            switch key {
            case .character(" "), .right: step = 1
            case .left: step = -1
            default: return false
            }
            guard !words.isEmpty else { return true }
            value = .choice(words, selected: ((selected + step) % words.count + words.count) % words.count)
        }
        error = nil
        return true
    }
}
