import Yams

/// `$XDG_CONFIG_HOME/spyhop/config.yaml`: how the dashboard looks, which keys it has, and how registries are reached.
///
/// A part that is wrong costs only itself: it is told with its place and the default stands in for it. Where registries are
/// asked nothing may stand in for what was written, so `registryProblems` are errors there.
struct ConfigurationFile: Sendable, Equatable {
    /// A theme's name, or the path of a theme's file.
    var theme: String?
    /// The view that opens first.
    var view: String?
    /// `unicode` or `ascii`.
    var glyphs: String?
    /// Action → keys.
    var keys: [String: [String]] = [:]
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
        let root: Node?
        do { root = try Yams.compose(yaml: yaml) } catch {
            unread(Self.sentence(error, path))
            return
        }
        guard let root else { return }
        guard let mapping = root.mapping else {
            unread("\(Self.place(root, path)): expected a map of settings")
            return
        }
        for (key, value) in mapping {
            switch key.string {
            case "theme": theme = scalar(value, "theme", path)
            case "view": view = scalar(value, "view", path)
            case "glyphs": glyphs = choice(value, "glyphs", ["unicode", "ascii"], path)
            case "keys": readKeys(value, path)
            case "registries":
                registries = RegistrySettings(value) { Self.place($0, path) }
                registryProblems = registries.problems
                problems += registries.problems
            case let name:
                problems.append(
                    "\(Self.place(key, path)): there is no setting \"\(name ?? "?")\"; "
                        + "there are theme, view, glyphs, keys, registries")
            }
        }
    }

    /// Nothing of the file is known.
    private mutating func unread(_ problem: String) {
        problems.append(problem)
        registryProblems.append(problem)
    }

    private mutating func scalar(_ node: Node, _ name: String, _ path: String) -> String? {
        if let text = node.string, !text.isEmpty { return text }
        problems.append("\(Self.place(node, path)): \(name) wants a word")
        return nil
    }

    private mutating func choice(_ node: Node, _ name: String, _ choices: [String], _ path: String) -> String? {
        if let text = node.string, choices.contains(text) { return text }
        problems.append("\(Self.place(node, path)): \(name) wants \(choices.joined(separator: " or "))")
        return nil
    }

    private mutating func readKeys(_ node: Node, _ path: String) {
        guard let mapping = node.mapping else {
            problems.append("\(Self.place(node, path)): keys wants a map from action to keys")
            return
        }
        for (action, value) in mapping {
            let list = value.sequence.map { Array($0) } ?? [value]
            let names = list.compactMap(\.string)
            guard let name = action.string, names.count == list.count else {
                problems.append("\(Self.place(value, path)): keys of an action are a word or a list of words")
                continue
            }
            keys[name] = names
        }
    }

    private static func place(_ node: Node, _ path: String) -> String {
        guard let mark = node.mark else { return path }
        return "\(path):\(mark.line):\(mark.column)"
    }

    private static func sentence(_ error: any Error, _ path: String) -> String {
        guard case .parser(_, let problem, let mark, _)? = error as? YamlError else { return "\(path): \(error)" }
        return "\(path):\(mark.line):\(mark.column): \(problem)"
    }
}
