/// A command of the configuration, as far as the palette and menus need to know it.
struct OfferedCommand: Sendable, Hashable {
    var name: String
    var title: String
    var key = ""
    /// It can be run on what is chosen.
    var isHere = true
}

extension DashboardState {
    var paletteCommands: [OfferedCommand] { [] }

    mutating func runCommand(named name: String) -> [Effect] {
        tell(.failure, "there is no command named '\(name)' in the configuration")
        return []
    }
}
