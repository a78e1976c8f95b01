import Dashboard
import Engine
import Terminal
import Yams

/// Reads values of the configuration and tells what is wrong with them, each with its place.
struct ConfigurationReader {
    /// The file, for messages.
    let path: String
    /// What was wrong so far.
    private(set) var problems: [String] = []

    init(path: String) { self.path = path }

    func place(_ node: Node) -> String {
        guard let mark = node.mark else { return path }
        return "\(path):\(mark.line):\(mark.column)"
    }

    mutating func tell(_ node: Node, _ problem: String) { problems.append("\(place(node)): \(problem)") }

    /// What the YAML reader stopped at.
    func sentence(_ error: any Error) -> String {
        guard let (mark, words) = (error as? YamlError)?.place else { return "\(path): \(error)" }
        return "\(path):\(mark.line):\(mark.column): \(words)"
    }

    func isNothing(_ node: Node) -> Bool {
        guard let scalar = node.scalar, scalar.style == .plain else { return false }
        return ["", "~", "null", "Null", "NULL"].contains(scalar.string)
    }

    // MARK: Single values

    mutating func word(_ node: Node, _ name: String) -> String? {
        if let text = node.string, !text.isEmpty { return text }
        tell(node, "\(name) wants a word")
        return nil
    }

    mutating func flag(_ node: Node, _ name: String) -> Bool? {
        if let value = node.bool { return value }
        tell(node, "\(name) wants true or false")
        return nil
    }

    mutating func number(_ node: Node, _ name: String, _ range: ClosedRange<Int>) -> Int? {
        if let value = node.int, range.contains(value) { return value }
        tell(node, "\(name) wants a number from \(range.lowerBound) to \(range.upperBound)")
        return nil
    }

    mutating func choice<Choice: RawRepresentable & CaseIterable>(_ node: Node, _ name: String) -> Choice?
    where Choice.RawValue == String {
        if let text = node.string, let choice = Choice(rawValue: text) { return choice }
        let all = Choice.allCases.map(\.rawValue)
        let words = all.count > 1 ? all.dropLast().joined(separator: ", ") + " or \(all[all.count - 1])" : all.joined()
        tell(node, "\(name) wants \(words)")
        return nil
    }

    /// A word, or a list of them.
    mutating func words(_ node: Node, _ name: String) -> [Node]? {
        let list = node.sequence.map { Array($0) } ?? [node]
        if list.allSatisfy({ $0.string != nil }) { return list }
        tell(node, "\(name) wants a word or a list of words")
        return nil
    }

    /// The maps of a list, each with its values by their keys; what is no map is told.
    mutating func entries(_ node: Node, _ name: String, _ known: [String]) -> [(node: Node, values: [String: Node])] {
        guard let sequence = node.sequence else {
            tell(node, "\(name) wants a list of entries")
            return []
        }
        return sequence.compactMap { entry in map(entry, "an entry of \(name)", known).map { (entry, $0) } }
    }

    /// A map's values by their keys; keys that are not known are told.
    mutating func map(_ node: Node, _ name: String, _ known: [String]) -> [String: Node]? {
        guard let mapping = node.mapping else {
            tell(node, "\(name) wants a map; it has \(known.joined(separator: ", "))")
            return nil
        }
        var values: [String: Node] = [:]
        for (key, value) in mapping {
            guard let text = key.string, known.contains(text) else {
                tell(key, "\(name) has no \"\(key.string ?? "?")\"; it has \(known.joined(separator: ", "))")
                continue
            }
            if !isNothing(value) { values[text] = value }
        }
        return values
    }
}

// MARK: - Keys and rules

extension ConfigurationReader {
    /// `keys`: a preset, and the keys of actions.
    mutating func keys(_ node: Node) -> (preset: KeyPreset?, changes: [KeyChange]) {
        guard let mapping = node.mapping else {
            tell(node, "keys wants a map from action to keys")
            return (nil, [])
        }
        var preset: KeyPreset?
        var changes: [KeyChange] = []
        for (action, value) in mapping {
            if action.string == "preset" {
                preset = choice(value, "preset")
                continue
            }
            let list = isNothing(value) ? [] : value.sequence.map { Array($0) } ?? [value]
            let names = list.compactMap(\.string)
            guard let name = action.string, names.count == list.count else {
                tell(value, "keys of an action are a word or a list of words")
                continue
            }
            let keys = zip(names, list).map { KeyChange.Key($0, place: place($1)) }
            changes.append(KeyChange(name, keys, place: place(action)))
        }
        return (preset, changes)
    }

    /// `alerts`: when somebody wants to be told.
    mutating func alerts(_ node: Node) -> [AlertRule] {
        let known = ["when", "for", "containers", "clear", "then", "name"]
        return entries(node, "alerts", known).compactMap { entry, values in
            guard let when = values["when"] else {
                tell(entry, "an alert wants to know when, as in when: cpu > 90")
                return nil
            }
            var texts: [String: String] = [:]
            for (key, value) in values where key != "then" {
                guard let text = word(value, key) else { return nil }
                texts[key] = text
            }
            let then = values["then"].map { actions($0) } ?? []
            let source = AlertRule.Source(
                when: texts["when"] ?? "", hold: texts["for"], containers: texts["containers"], clear: texts["clear"],
                then: then, name: texts["name"])
            do throws(AlertRule.Refusal) { return try AlertRule(source) } catch {
                tell(values[error.key] ?? when, error.reason)
                return nil
            }
        }
    }

    /// `color`, `bell`, `notify`, and `command: …` as a text or as a map of one entry.
    private mutating func actions(_ node: Node) -> [String] {
        (node.sequence.map { Array($0) } ?? [node]).compactMap { entry in
            if let text = entry.string { return text }
            if let pair = entry.mapping?.first, entry.mapping?.count == 1, let key = pair.key.string,
                let value = pair.value.string
            {
                return "\(key): \(value)"
            }
            tell(entry, "then wants color, bell, notify or command: …")
            return nil
        }
    }

    /// `highlights`: what stands out in logs.
    mutating func highlights(_ node: Node) -> [HighlightSetting] {
        let known = ["pattern", "style", "ignoreCase", "line"]
        return entries(node, "highlights", known).compactMap { entry, values in
            guard let node = values["pattern"], let pattern = word(node, "pattern") else {
                tell(entry, "a highlight wants a pattern, as in pattern: ERROR")
                return nil
            }
            var setting = HighlightSetting(pattern: pattern, place: place(node))
            if let style = values["style"] {
                guard let role: Role = choice(style, "style") else { return nil }
                setting.role = role
            }
            setting.ignoresCase = values["ignoreCase"].flatMap { flag($0, "ignoreCase") } ?? false
            setting.isWholeLine = values["line"].flatMap { flag($0, "line") } ?? false
            return setting
        }
    }

    /// `layouts`: how panes stand, by name.
    mutating func layouts(_ node: Node) -> [String: String] {
        guard let mapping = node.mapping else {
            tell(node, "layouts wants a map from name to layout, as in work: rows(containers, logs)")
            return [:]
        }
        var layouts: [String: String] = [:]
        for (key, value) in mapping {
            guard let name = key.string, let text = word(value, "layouts: \(name)") else { continue }
            if let problem = DashboardSettings.problem(ofLayout: text, named: name) {
                tell(value, "layouts: \(name): \(problem)")
            } else {
                layouts[name] = text
            }
        }
        return layouts
    }
}
