import Engine
import Terminal

/// What is asked before volumes are changed.
extension DashboardState {
    mutating func askRemoveVolumes() {
        guard !refuseIfReadOnly(words("remove volumes")) else { return }
        let targets = volumes.targets
        guard !targets.isEmpty else { return tell(.information, words("no volume is selected")) }
        if let used = targets.first(where: { !$0.users.isEmpty }) {
            let who = Self.names(used.users)
            return tell(
                .failure,
                used.users.count == 1
                    ? words("cannot remove \(used.shownName): \(who) mounts it (remove that container first)")
                    : words("cannot remove \(used.shownName): \(who) mount it (remove those containers first)"))
        }
        let remove = ChoiceDialog.Item(
            label: words("Remove"), choice: .change(.removeVolumes(targets.map(\.reference))), isDangerous: true)
        dialog = .question(
            words("Remove \(Self.names(targets.map(\.shownName)))?"),
            [words("What is in it is lost\(Self.amount(targets)).")],
            [remove])
    }

    /// As `volume prune` does, the anonymous ones alone; or all, as with `--all`.
    mutating func askPruneVolumes() {
        guard !refuseIfReadOnly(words("remove volumes")) else { return }
        let unused = volumes.all.filter(\.users.isEmpty)
        guard !unused.isEmpty else { return tell(.information, words("every volume is in use")) }
        let anonymous = unused.filter(\.isAnonymous)
        func item(_ volumes: [Volume], _ label: String) -> ChoiceDialog.Item {
            ChoiceDialog.Item(
                label: label, note: Self.amount(volumes, ""), choice: .change(.removeVolumes(volumes.map(\.reference))),
                isDangerous: true)
        }
        var items = [ChoiceDialog.Item(label: words("Cancel"), choice: .cancel)]
        if !anonymous.isEmpty { items.append(item(anonymous, words("Remove \(anonymous.count) anonymous"))) }
        if anonymous.count < unused.count { items.append(item(unused, words("Remove all \(unused.count) unused"))) }
        dialog = ChoiceDialog(
            kind: .list, title: words("Remove volumes that nobody mounts?"),
            text: ["\(words("These would go:")) " + unused.map(\.shownName).joined(separator: ", ")], items: items)
    }

    /// `, 12.3MB`, as far as it is known.
    static func amount(_ volumes: [Volume], _ separator: String = ", ") -> String {
        let sizes = volumes.compactMap(\.size)
        guard !sizes.isEmpty else { return "" }
        let sum = Format.decimalBytes(sizes.reduce(0) { $0 + Double($1) })
        return separator + (sizes.count < volumes.count ? words("at least \(sum)") : sum)
    }
}
