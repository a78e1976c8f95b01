import Engine
import Terminal

/// Copying and saving what is on the screen.
extension DashboardState {
    /// What of the chosen thing can be copied: the pane's own offers, without those that are empty.
    var copyables: [Copyable] { focus.kind.copies(self).filter { !$0.text.isEmpty } }

    /// One thing is copied at once; of several the person chooses.
    mutating func askCopy() -> [Effect] {
        let offers = seen(by: focus).copyables
        guard let first = offers.first else {
            tell(.information, words("nothing is chosen that could be copied"))
            return []
        }
        guard offers.count > 1 else { return copy(first) }
        dialog = ChoiceDialog(
            kind: .list, title: words("Copy"),
            items: offers.map {
                ChoiceDialog.Item(
                    label: $0.label, note: String(SafeText.string($0.text).prefix(40)), choice: .navigate(.copy($0)))
            })
        return []
    }

    mutating func copy(_ what: Copyable) -> [Effect] {
        let lines = what.text.split(separator: "\n").count
        tell(
            .success,
            lines > 1 ? words("copied \(what.label): \(lines) lines") : words("copied \(what.label): \(what.text)"))
        return [.copy(what.text)]
    }

    mutating func askDump() -> [Effect] {
        guard canDump else {
            tell(.failure, words("this dashboard was started without a way to save files"))
            return []
        }
        let hasTable = focus.kind.table(seen(by: focus)) != nil
        dialog = ChoiceDialog(
            kind: .list, title: words("Save"),
            items: [
                ChoiceDialog.Item(label: words("the screen as a picture"), note: "SVG", choice: .navigate(.dump(.svg))),
                ChoiceDialog.Item(label: words("the screen as text"), note: "TXT", choice: .navigate(.dump(.text))),
            ]
                + (hasTable
                    ? [ChoiceDialog.Item(label: words("the table"), note: "CSV", choice: .navigate(.dump(.csv)))] : [])
                + [ChoiceDialog.Item(label: words("Cancel"), choice: .cancel)])
        return []
    }

    mutating func dump(_ format: DumpFormat) -> [Effect] {
        guard canDump else {
            tell(.failure, words("this dashboard was started without a way to save files"))
            return []
        }
        guard format == .csv else { return [.dump(format, table: nil)] }
        guard let table = focus.kind.table(seen(by: focus)) else {
            tell(
                .failure,
                words(
                    "\(words(for: focus.kind.title).lowercased()) have no table that could be saved; :dump text saves the screen"
                ))
            return []
        }
        return [.dump(.csv, table: CommaSeparated.text(table.titles, table.rows))]
    }

    mutating func receive(dumped result: Result<String, EngineError>) {
        switch result {
        case .success(let path): tell(.success, words("saved \(path)"))
        case .failure(let error): tell(.failure, "\(error)")
        }
    }
}
