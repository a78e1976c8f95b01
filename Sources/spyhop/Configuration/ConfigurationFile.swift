import Dashboard
import Engine
import Yams

/// `$XDG_CONFIG_HOME/spyhop/config.yaml`: how the dashboard looks, which keys it has, what it does by itself, and how registries
/// are reached. docs/configuration.md tells it key by key, docs/config.schema.json to an editor.
///
/// A part that is wrong costs only itself: it is told with its place and the default stands in for it. Where registries are
/// asked nothing may stand in for what was written, so `registryProblems` are errors there.
struct ConfigurationFile: Sendable, Equatable {
    /// All keys, in the order of docs/configuration.md.
    static let names = [
        "theme", "view", "glyphs", "colors", "mouse", "bell", "timeZone", "timeFormat", "refresh", "readOnly",
        "screenReader", "confirm", "language", "keys", "commands", "alerts", "builtInHighlights", "highlights",
        "layouts", "registries",
    ]

    /// A theme's name, or the path of a theme's file.
    var theme: String?
    /// The view that opens first.
    var view: String?
    var glyphs: GlyphChoice?
    var colors: ColorChoice?
    var mouse: Bool?
    var bell: Bool?
    var timeZone: TimeZoneChoice?
    var timeFormat: TimeFormat?
    var refresh: Int?
    var readOnly: Bool?
    var screenReader: Bool?
    var confirm: ConfirmationChoice?
    /// `en`, or the name of a file in `languages`.
    var language: String?
    /// Whose keys the person's own stand upon.
    var preset: KeyPreset?
    /// The person's keys, each with its place.
    var keys: [KeyChange] = []
    var commands: [CustomCommand] = []
    /// `nil` where nothing is said of alerts, and the standard ones hold.
    var alerts: [AlertRule]?
    var builtInHighlights: Bool?
    var highlights: [HighlightSetting] = []
    /// How panes stand, by name.
    var layouts: [String: String] = [:]
    /// What is particular about registries.
    var registries = RegistrySettings()
    /// What is wrong, each with file, line and column.
    var problems: [String] = []
    /// Those of them that leave it open how registries are to be reached.
    var registryProblems: [String] = []

    /// Nothing configured.
    init() {}

    /// Reads the file's text; `path` is for messages.
    init(yaml: String, path: String) {
        var reader = ConfigurationReader(path: path)
        let root: Node?
        do { root = try Yams.compose(yaml: yaml) } catch {
            unread(reader.sentence(error))
            return
        }
        guard let root, !reader.isNothing(root) else { return }
        guard let mapping = root.mapping else {
            unread("\(reader.place(root)): expected a map of settings")
            return
        }
        for (key, value) in mapping {
            // A key without a value is one that somebody has begun to write.
            if let name = key.string, Self.names.contains(name), reader.isNothing(value) { continue }
            if !read(key.string, value, &reader) {
                reader.tell(
                    key, "there is no setting \"\(key.string ?? "?")\"; there are \(Self.names.joined(separator: ", "))"
                )
            }
        }
        problems += reader.problems
    }

    private mutating func read(_ name: String?, _ value: Node, _ reader: inout ConfigurationReader) -> Bool {
        switch name {
        case "theme": theme = reader.word(value, "theme")
        case "view": view = reader.word(value, "view")
        case "glyphs": glyphs = reader.choice(value, "glyphs")
        case "colors": colors = reader.choice(value, "colors")
        case "mouse": mouse = reader.flag(value, "mouse")
        case "bell": bell = reader.flag(value, "bell")
        case "timeZone": timeZone = readZone(value, &reader)
        case "timeFormat": timeFormat = reader.choice(value, "timeFormat")
        case "refresh": refresh = reader.number(value, "refresh", 1...60)
        case "readOnly": readOnly = reader.flag(value, "readOnly")
        case "screenReader": screenReader = reader.flag(value, "screenReader")
        case "confirm": confirm = reader.choice(value, "confirm")
        case "language": language = reader.word(value, "language")
        case "keys": (preset, keys) = reader.keys(value)
        case "commands": commands = reader.commands(value)
        case "alerts": alerts = reader.alerts(value)
        case "builtInHighlights": builtInHighlights = reader.flag(value, "builtInHighlights")
        case "highlights": highlights = reader.highlights(value)
        case "layouts": layouts = reader.layouts(value)
        case "registries":
            registries = RegistrySettings(value) { reader.place($0) }
            registryProblems = registries.problems
            problems += registries.problems
        default: return false
        }
        return true
    }

    private func readZone(_ value: Node, _ reader: inout ConfigurationReader) -> TimeZoneChoice? {
        if let text = value.string, let zone = TimeZoneChoice(rawValue: text) { return zone }
        reader.tell(value, "timeZone wants local, utc or an offset such as \"+02:00\"")
        return nil
    }

    /// Nothing of the file is known.
    private mutating func unread(_ problem: String) {
        problems.append(problem)
        registryProblems.append(problem)
    }
}
