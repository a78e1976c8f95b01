import Yams

/// Reads a theme file after the schema of docs/themes.md.
struct ThemeReader {
    let file: String
    private var palette: [String: Color] = [:]

    init(file: String) { self.file = file }

    static let keys = ["name", "appearance", "base", "palette", "styles", "gradients", "series"]
    private static let styleKeys = ["color", "on", "bold", "dim", "italic", "underline", "reverse", "strike"]

    mutating func read(_ text: String, base: (String) -> Theme?) throws(ThemeError) -> Theme {
        let root = try parse(text)
        let fields = try mapping(root, what: "a theme", allowed: Self.keys)
        let name = try scalar(try required("name", in: fields, of: root), what: "the theme's name")
        var styles: [Role: Style] = [:]
        var gradients: [GradientRole: Gradient] = [:]
        var series: [Color] = []
        var isLight = false
        if let node = fields["base"] {
            let parent = try scalar(node, what: "the name of a built-in theme")
            guard let theme = base(parent) else { throw error(node, "there is no built-in theme \"\(parent)\"") }
            for role in Role.allCases { styles[role] = theme[role] }
            for role in GradientRole.allCases { gradients[role] = theme[role] }
            (isLight, series) = (theme.isLight, theme.series)
        }
        if let node = fields["appearance"] {
            switch try scalar(node, what: "dark or light") {
            case "dark": isLight = false
            case "light": isLight = true
            default: throw error(node, "appearance must be dark or light")
            }
        }
        if let node = fields["palette"] { try readPalette(node) }
        if let node = fields["styles"] { try readStyles(node, into: &styles) }
        if let node = fields["gradients"] { try readGradients(node, into: &gradients) }
        if let node = fields["series"] { series = try colors(node, what: "series") }
        for role in Role.allCases where styles[role] == nil {
            throw error(fields["styles"] ?? root, "the style \"\(role.rawValue)\" is missing and there is no base")
        }
        for role in GradientRole.allCases where gradients[role] == nil {
            throw error(
                fields["gradients"] ?? root, "the gradient \"\(role.rawValue)\" is missing and there is no base")
        }
        return Theme(name: name, isLight: isLight, styles: styles, gradients: gradients, series: series)
    }

    private func parse(_ text: String) throws(ThemeError) -> Node {
        let root: Node?
        do {
            root = try Yams.compose(yaml: text)
        } catch let problem as YamlError {
            throw located(problem)
        } catch {
            throw ThemeError(file: file, line: 1, column: 1, message: "not YAML: \(error)")
        }
        guard let root else { throw ThemeError(file: file, line: 1, column: 1, message: "the file is empty") }
        return root
    }

    private func located(_ problem: YamlError) -> ThemeError {
        switch problem {
        case .scanner(_, let text, let mark, _), .parser(_, let text, let mark, _), .composer(_, let text, let mark, _):
            ThemeError(file: file, line: mark.line, column: mark.column, message: "not YAML: \(text)")
        default:
            ThemeError(file: file, line: 1, column: 1, message: "not YAML: \(problem)")
        }
    }

    private mutating func readPalette(_ node: Node) throws(ThemeError) {
        for (key, value) in try pairs(node, what: "the palette") {
            let name = try scalar(key, what: "a colour's name")
            palette[name] = try color(value)
        }
    }

    private func readStyles(_ node: Node, into styles: inout [Role: Style]) throws(ThemeError) {
        for (key, value) in try pairs(node, what: "styles") {
            let name = try scalar(key, what: "a style's name")
            guard let role = Role(rawValue: name) else {
                throw error(key, "there is no style \"\(name)\"\(hint(name, Role.allCases.map(\.rawValue)))")
            }
            styles[role] = try style(value)
        }
    }

    private func readGradients(_ node: Node, into gradients: inout [GradientRole: Gradient]) throws(ThemeError) {
        for (key, value) in try pairs(node, what: "gradients") {
            let name = try scalar(key, what: "a gradient's name")
            guard let role = GradientRole(rawValue: name) else {
                throw error(key, "there is no gradient \"\(name)\"\(hint(name, GradientRole.allCases.map(\.rawValue)))")
            }
            gradients[role] = Gradient(try colors(value, what: "the gradient \"\(name)\""))
        }
    }

    private func colors(_ node: Node, what: String) throws(ThemeError) -> [Color] {
        guard case .sequence(let items) = node, !items.isEmpty else {
            throw error(node, "\(what) must be a list of colours")
        }
        var colors: [Color] = []
        for item in items { colors.append(try color(item)) }
        return colors
    }

    private func style(_ node: Node) throws(ThemeError) -> Style {
        if case .scalar = node { return Style(try color(node)) }
        var style = Style()
        let fields = try mapping(node, what: "a style (or a colour)", allowed: Self.styleKeys)
        if let value = fields["color"] { style.foreground = try color(value) }
        if let value = fields["on"] { style.background = try color(value) }
        let flags: [(String, Attributes)] = [
            ("bold", .bold), ("dim", .dim), ("italic", .italic), ("underline", .underline), ("reverse", .reverse),
            ("strike", .strike),
        ]
        for (key, attribute) in flags {
            guard let value = fields[key] else { continue }
            switch try scalar(value, what: "true or false") {
            case "true": style.attributes.insert(attribute)
            case "false": break
            default: throw error(value, "\(key) must be true or false")
            }
        }
        return style
    }

    private func color(_ node: Node) throws(ThemeError) -> Color {
        let text = try scalar(node, what: "a colour: \"#rrggbb\", default or a name of the palette")
        if text == "default" { return .default }
        if let named = palette[text] { return named }
        if text.hasPrefix("#"), text.utf8.count == 7, let value = UInt32(text.dropFirst(), radix: 16) {
            return Color(hex: value)
        }
        throw error(
            node,
            "\"\(text)\" is no colour: write \"#rrggbb\" in quotes, default, or a name of the palette"
                + hint(text, Array(palette.keys).sorted()))
    }
}

extension ThemeReader {
    private func error(_ node: Node, _ message: String) -> ThemeError {
        ThemeError(file: file, line: node.mark?.line ?? 1, column: node.mark?.column ?? 1, message: message)
    }

    private func scalar(_ node: Node, what: String) throws(ThemeError) -> String {
        guard case .scalar(let value) = node else { throw error(node, "expected \(what)") }
        return value.string
    }

    private func pairs(_ node: Node, what: String) throws(ThemeError) -> [(Node, Node)] {
        guard case .mapping(let map) = node else { throw error(node, "\(what) must be a mapping of names to values") }
        return map.map { ($0.key, $0.value) }
    }

    private func mapping(_ node: Node, what: String, allowed: [String]) throws(ThemeError) -> [String: Node] {
        var fields: [String: Node] = [:]
        for (key, value) in try pairs(node, what: what) {
            let name = try scalar(key, what: "a key")
            guard allowed.contains(name) else {
                throw error(
                    key, "unknown key \"\(name)\"\(hint(name, allowed)); known: \(allowed.joined(separator: ", "))")
            }
            fields[name] = value
        }
        return fields
    }

    private func required(_ key: String, in fields: [String: Node], of root: Node) throws(ThemeError) -> Node {
        guard let node = fields[key] else { throw error(root, "the key \"\(key)\" is missing") }
        return node
    }

    private func hint(_ name: String, _ known: [String]) -> String {
        let near = known.min { distance($0, name) < distance($1, name) }
        guard let near, distance(near, name) <= 2 else { return "" }
        return " (did you mean \"\(near)\"?)"
    }

    /// Levenshtein's distance.
    private func distance(_ a: String, _ b: String) -> Int {
        var row = Array(0...b.count)
        for (i, x) in a.enumerated() {
            var previous = row[0]
            row[0] = i + 1
            for (j, y) in b.enumerated() {
                let cost = x == y ? previous : min(previous, row[j], row[j + 1]) + 1
                previous = row[j + 1]
                row[j + 1] = cost
            }
        }
        return row[b.count]
    }
}
