extension DashboardSettings {
    /// What is wrong with a layout of the configuration; `nil` when it can be read.
    public static func problem(ofLayout text: String, named name: String) -> String? {
        guard !name.isEmpty, name.utf8.count <= ArrangingState.nameLimit, name.utf8.allSatisfy(PaneSlot.isNameByte)
        else {
            return words("a layout's name has 1 to \(ArrangingState.nameLimit) letters, digits, '-', '_' and '.'")
        }
        let read = Arrangement.read(text, panes: Set(PaneList.all.map { $0.pane.name }))
        return read.tree == nil ? read.problem : nil
    }
}
