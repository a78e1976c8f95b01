import Dashboard
import Yams

extension ConfigurationReader {
    static let commandKeys = [
        "name", "key", "scope", "command", "inputs", "confirm", "output", "readOnly",
    ]
    static let inputKeys = ["name", "label", "kind", "default", "choices"]

    /// `commands`: the person's own.
    mutating func commands(_ node: Node) -> [CustomCommand] {
        var found: [CustomCommand] = []
        for (entry, values) in entries(node, "commands", Self.commandKeys) {
            guard let command = command(entry, values) else { continue }
            guard !found.contains(where: { $0.name == command.name }) else {
                tell(values["name"] ?? entry, "there is a command \"\(command.name)\" already")
                continue
            }
            found.append(command)
        }
        return found
    }

    private mutating func command(_ entry: Node, _ values: [String: Node]) -> CustomCommand? {
        guard let nameNode = values["name"], let name = word(nameNode, "name") else {
            tell(entry, "a command wants a name")
            return nil
        }
        guard let lineNode = values["command"] else {
            tell(entry, "the command \"\(name)\" wants a command: a line for the shell, or a list of words")
            return nil
        }
        let inputs = values["inputs"].map { self.inputs($0) } ?? []
        var scope = CustomCommand.Scope.container
        if let node = values["scope"] {
            guard let chosen: CustomCommand.Scope = choice(node, "scope") else { return nil }
            scope = chosen
        }
        guard let line = line(lineNode, CustomCommand.values(of: scope, inputs: inputs)) else { return nil }
        var command = CustomCommand(name: name, scope: scope, line: line, inputs: inputs)
        if let key = values["key"], let text = word(key, "key") {
            command.key = KeyChange.Key(text, place: place(key))
        }
        if let node = values["output"] {
            guard let output: CustomCommand.Output = choice(node, "output") else { return nil }
            command.output = output
        }
        command.asks = values["confirm"].flatMap { flag($0, "confirm") } ?? false
        command.isReadOnly = values["readOnly"].flatMap { flag($0, "readOnly") } ?? false
        return command
    }

    private mutating func line(_ node: Node, _ allowed: [CommandValue]) -> CustomCommand.Line? {
        guard let nodes = words(node, "command"), !nodes.isEmpty else { return nil }
        var templates: [CommandTemplate] = []
        for part in nodes {
            switch CommandTemplate.read(part.string ?? "", allowed: allowed) {
            case .success(let template): templates.append(template)
            case .failure(let refusal):
                tell(part, refusal.description)
                return nil
            }
        }
        return node.sequence == nil ? .shell(templates[0]) : .words(templates)
    }

    private mutating func inputs(_ node: Node) -> [CommandInput] {
        entries(node, "inputs", Self.inputKeys).compactMap { entry, values in
            guard let nameNode = values["name"], let name = nameNode.string, CommandInput.isName(name) else {
                tell(values["name"] ?? entry, "an input wants a name of letters, digits and _, as a variable has it")
                return nil
            }
            guard let kind = kind(entry, values) else { return nil }
            return CommandInput(
                name: name, label: values["label"].flatMap { word($0, "label") }, kind: kind,
                initial: values["default"]?.string ?? "")
        }
    }

    private mutating func kind(_ entry: Node, _ values: [String: Node]) -> CommandInput.Kind? {
        let kinds = ["text", "choice", "number", "secret", "yesno"]
        let text = values["kind"]?.string ?? (values["choices"] == nil ? "text" : "choice")
        switch text {
        case "text": return .text
        case "number": return .number
        case "secret": return .secret
        case "yesno": return .yesNo
        case "choice":
            guard let choices = values["choices"], let nodes = words(choices, "choices"), !nodes.isEmpty else {
                tell(entry, "a choice wants choices, as in choices: [one, two]")
                return nil
            }
            return .choice(nodes.compactMap(\.string))
        default:
            tell(values["kind"] ?? entry, "kind wants \(kinds.joined(separator: ", "))")
            return nil
        }
    }
}
