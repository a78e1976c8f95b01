import Engine
import Terminal

/// What is asked before volumes are changed.
extension DashboardState {
    mutating func askRemoveVolumes() {
        guard !refuseIfReadOnly("remove volumes") else { return }
        let targets = volumes.targets
        guard !targets.isEmpty else { return tell(.information, "no volume is selected") }
        if let used = targets.first(where: { !$0.users.isEmpty }) {
            let who = Self.names(used.users)
            return tell(
                .failure,
                "cannot remove \(used.shownName): \(who) \(used.users.count == 1 ? "mounts" : "mount") it (remove "
                    + "\(used.users.count == 1 ? "that container" : "those containers") first)")
        }
        let remove = ChoiceDialog.Item(
            label: "Remove", choice: .change(.removeVolumes(targets.map(\.name))), isDangerous: true)
        dialog = .question(
            "Remove \(Self.names(targets.map(\.shownName)))?", ["What is in it is lost\(Self.amount(targets))."],
            [remove])
    }

    /// As `volume prune` does, the anonymous ones alone; or all, as with `--all`.
    mutating func askPruneVolumes() {
        guard !refuseIfReadOnly("remove volumes") else { return }
        let unused = volumes.all.filter(\.users.isEmpty)
        guard !unused.isEmpty else { return tell(.information, "every volume is in use") }
        let anonymous = unused.filter(\.isAnonymous)
        func item(_ volumes: [Volume], _ label: String) -> ChoiceDialog.Item {
            ChoiceDialog.Item(
                label: label, note: Self.amount(volumes, ""), choice: .change(.removeVolumes(volumes.map(\.name))),
                isDangerous: true)
        }
        var items = [ChoiceDialog.Item(label: "Cancel", choice: .cancel)]
        if !anonymous.isEmpty { items.append(item(anonymous, "Remove \(anonymous.count) anonymous")) }
        if anonymous.count < unused.count { items.append(item(unused, "Remove all \(unused.count) unused")) }
        dialog = ChoiceDialog(
            kind: .list, title: "Remove volumes that nobody mounts?",
            text: ["These would go: " + unused.map(\.shownName).joined(separator: ", ")], items: items)
    }

    /// `, 12.3MB`, as far as it is known.
    static func amount(_ volumes: [Volume], _ separator: String = ", ") -> String {
        let sizes = volumes.compactMap(\.size)
        guard !sizes.isEmpty else { return "" }
        let sum = Format.decimalBytes(sizes.reduce(0) { $0 + Double($1) })
        return separator + (sizes.count < volumes.count ? "at least \(sum)" : sum)
    }
}
