/// Reads the themes inside the program, which are written plainly: a key and its value a line, no value longer than its
/// line, no escapes.
///
/// YAML allows much more, and a reader of all of it takes several milliseconds, which is a tenth of the time that the
/// first frame may take. What is not understood to the last letter here is `ThemeReader`'s; a test compares both.
struct PlainThemeReader {
    private var name = ""
    private var isLight = false
    private var palette: [Substring: Color] = [:]
    private var styles: [Role: Style] = [:]
    private var gradients: [GradientRole: Gradient] = [:]
    private var series: [Color] = []

    /// The theme; nil when the text has anything that is not plain.
    static func read(_ text: String) -> Theme? {
        var reader = PlainThemeReader()
        var section: Substring = ""
        for line in text.split(separator: "\n") where !line.hasPrefix("#") {
            let isInside = line.hasPrefix("  ")
            guard let (key, value) = field(isInside ? line.dropFirst(2) : line) else { return nil }
            if isInside {
                guard reader.take(key, value, in: section) else { return nil }
            } else if value.isEmpty {
                section = key
            } else {
                guard reader.take(key, value) else { return nil }
            }
        }
        return reader.theme
    }

    private var theme: Theme? {
        guard !name.isEmpty, styles.count == Role.allCases.count, gradients.count == GradientRole.allCases.count else {
            return nil
        }
        return Theme(name: name, isLight: isLight, styles: styles, gradients: gradients, series: series)
    }

    /// `key: value`.
    private static func field(_ text: Substring) -> (Substring, Substring)? {
        guard let colon = text.firstIndex(of: ":"), colon > text.startIndex else { return nil }
        let key = text[..<colon]
        var value = text[text.index(after: colon)...]
        while value.first == " " { value.removeFirst() }
        let isPlain = key.utf8.allSatisfy { ($0 | 32) >= 97 && ($0 | 32) <= 122 }
        return isPlain && value.last != " " ? (key, value) : nil
    }

    private mutating func take(_ key: Substring, _ value: Substring) -> Bool {
        switch key {
        case "name": name = String(value)
        case "appearance":
            guard value == "dark" || value == "light" else { return false }
            isLight = value == "light"
        case "series":
            guard let colors = colors(value) else { return false }
            series = colors
        default: return false
        }
        return true
    }

    private mutating func take(_ key: Substring, _ value: Substring, in section: Substring) -> Bool {
        switch section {
        case "palette":
            guard let color = color(value) else { return false }
            palette[key] = color
        case "styles":
            guard let role = Role(rawValue: String(key)), let style = style(value) else { return false }
            styles[role] = style
        case "gradients":
            guard let role = GradientRole(rawValue: String(key)), let stops = colors(value) else { return false }
            gradients[role] = Gradient(stops)
        default: return false
        }
        return true
    }

    private func style(_ text: Substring) -> Style? {
        guard let parts = Self.list(text, "{", "}") else { return color(text).map { Style($0) } }
        var style = Style()
        for part in parts {
            guard let (key, value) = Self.field(part) else { return nil }
            switch key {
            case "color":
                guard let color = color(value) else { return nil }
                style.foreground = color
            case "on":
                guard let color = color(value) else { return nil }
                style.background = color
            default:
                guard let attribute = Self.attributes[key], value == "true" else { return nil }
                style.attributes.insert(attribute)
            }
        }
        return style
    }

    private static let attributes: [Substring: Attributes] = [
        "bold": .bold, "dim": .dim, "italic": .italic, "underline": .underline, "reverse": .reverse, "strike": .strike,
    ]

    private func colors(_ text: Substring) -> [Color]? {
        guard let parts = Self.list(text, "[", "]") else { return nil }
        let colors = parts.compactMap(color)
        return colors.count == parts.count && !colors.isEmpty ? colors : nil
    }

    /// What stands between the brackets, by commas.
    private static func list(_ text: Substring, _ open: Character, _ close: Character) -> [Substring]? {
        guard text.first == open, text.last == close else { return nil }
        return text.dropFirst().dropLast().split(separator: ",").map { part in
            var part = part
            while part.first == " " { part.removeFirst() }
            while part.last == " " { part.removeLast() }
            return part
        }
    }

    private func color(_ text: Substring) -> Color? {
        if text == "default" { return .default }
        guard text.utf8.count == 9, text.hasPrefix("\"#"), text.hasSuffix("\"") else { return palette[text] }
        return UInt32(text.dropFirst(2).dropLast(), radix: 16).map { Color(hex: $0) }
    }
}
