/// A command of the configuration, as far as the palette and menus need to know it.
struct OfferedCommand: Sendable, Hashable {
    var name: String
    var title: String
    var key = ""
    /// It can be run on what is chosen.
    var isHere = true
}

extension DashboardState {
    /// The person's own commands.
    var paletteCommands: [OfferedCommand] {
        let fitting = fittingCommands
        return commands.map { command in
            OfferedCommand(
                name: command.name, title: command.name, key: keys.key(for: command.action).map(KeyMap.display) ?? "",
                isHere: fitting.contains(command))
        }
    }

    mutating func runCommand(named name: String) -> [Effect] {
        if let command = commands.first(where: { $0.name == name }) { return start(command) }
        tell(.failure, words("there is no command named '\(name)' in the configuration"))
        return []
    }
}
