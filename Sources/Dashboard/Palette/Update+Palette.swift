import Engine
import Terminal

/// Opening, typing, carrying out.
extension DashboardState {
    mutating func openPalette(_ text: String = "") {
        let vocabulary = paletteVocabulary
        var palette = PaletteState(
            .commands, paletteEntries(vocabulary), vocabulary, recent: paletteHistory.lines)
        if !text.isEmpty { palette.type(text) }
        paletteHistory.leave()
        self.palette = palette
    }

    /// What can be done here, for those who do not know the keys.
    mutating func openMenu(at point: Point? = nil) {
        let title = seen(by: focus)
        var palette = PaletteState(
            .menu(title: focus.kind.subject(title)), menuEntries, PaletteVocabulary(), recent: [])
        palette.anchor = point
        self.palette = palette
    }

    mutating func pressInPalette(_ key: Key) -> [Effect] {
        guard var open = palette else { return [] }
        let page = max(1, PaletteView.height(open, layout.body) - 1)
        switch key {
        case .escape, .control("c"):
            // Esc empties the line first.
            if open.line.text.isEmpty || key != .escape { palette = nil } else { palette?.type("") }
            return []
        case .enter: return chooseInPalette(open)
        case .tab:
            complete(&open)
        case .up, .backTab, .control("p"): lookBack(&open)
        case .down, .control("n"): lookForward(&open)
        case .pageUp: open.move(-min(page, open.selected))
        case .pageDown: open.move(min(page, max(0, open.rows.count - 1 - open.selected)))
        default:
            let before = open.line.text
            if case .character = key, open.line.characters.count >= PaletteState.lineLimit { return [] }
            if key == .backspace, before.isEmpty {
                palette = nil
                return []
            }
            guard open.line.apply(key) else { return [] }
            if open.line.text != before {
                paletteHistory.leave()
                open.narrow()
            }
        }
        open.keepVisible(PaletteView.height(open, layout.body))
        palette = open
        return []
    }

    /// Up on an untouched list goes back through what was typed before, else through the rows.
    private mutating func lookBack(_ open: inout PaletteState) {
        let isFirst = !open.isMenu && open.selected == 0 && !open.hasMoved
        if isFirst, open.line.text.isEmpty || paletteHistory.isLookingBack {
            if let line = paletteHistory.older(than: open.line.text) { open.type(line) }
        } else {
            open.move(-1)
        }
    }

    private mutating func lookForward(_ open: inout PaletteState) {
        if paletteHistory.isLookingBack, !open.hasMoved {
            if let line = paletteHistory.newer() { open.type(line) }
        } else {
            open.move(1)
        }
    }

    private mutating func complete(_ open: inout PaletteState) {
        guard !open.isMenu, let chosen = open.chosen else { return open.move(1) }
        let text = chosen.line + (chosen.wantsMore ? " " : "")
        if open.line.text == text { open.move(1) } else { open.type(text) }
    }

    /// Enter: a row that was chosen, else the command that was typed, else the first row.
    private mutating func chooseInPalette(_ open: PaletteState) -> [Effect] {
        if open.isMenu { return open.chosen.map { carryOut($0) } ?? [] }
        let typed = open.line.text.trimmingPalette
        if !open.hasMoved, !typed.isEmpty {
            switch PaletteCommand.read(typed, open.vocabulary) {
            case .success(let command): return carryOut(command, line: typed)
            case .failure(let problem):
                let (head, rest) = PaletteCommand.parts(typed)
                // A word typed whole is meant, even where what stands behind it is wrong.
                guard PaletteWord.named(head) == nil || (rest.isEmpty && open.rows.first?.entry.line != head),
                    !open.rows.isEmpty
                else {
                    palette?.problem = problem.text
                    if PaletteWord.named(head) != nil, rest.isEmpty { palette?.type(head + " ") }
                    return []
                }
            }
        }
        return open.chosen.map { carryOut($0) } ?? []
    }

    mutating func carryOut(_ entry: PaletteEntry) -> [Effect] {
        if let why = entry.obstacle {
            palette?.problem = why
            return []
        }
        if entry.wantsMore {
            palette?.type(entry.line + " ")
            return []
        }
        let vocabulary = palette.map { $0.isMenu ? paletteVocabulary : $0.vocabulary } ?? paletteVocabulary
        // An action is never mistaken for a word or a view of the same name.
        if entry.kind == .deed {
            return carryOut(.action(entry.line), line: palette?.isMenu == true ? nil : entry.line)
        }
        switch PaletteCommand.read(entry.line, vocabulary) {
        case .success(let command): return carryOut(command, line: entry.line)
        case .failure(let problem):
            palette?.problem = problem.text
            return []
        }
    }

    private mutating func carryOut(_ command: PaletteCommand, line: String?) -> [Effect] {
        palette = nil
        if let line {
            paletteHistory.add(line)
            memory["palette.history"] = paletteHistory.lines.suffix(40).joined(separator: "\n")
        }
        switch command {
        case .action(let name): return act(Action(name))
        case .view(let name):
            open(ViewName(name))
            return []
        case .word(let word, let argument): return carryOut(word.name, argument)
        }
    }

    private mutating func carryOut(_ word: String, _ argument: String) -> [Effect] {
        switch word {
        case "quit": return quit()
        case "help": return act(.help)
        case "filter": return filter(argument)
        case "theme": return [.theme(argument)]
        case "container": select(container: argument, opening: .containers)
        case "logs", "graphs": select(container: argument, opening: ViewName(word))
        case "inspect": select(container: argument, opening: .details)
        case "shell", "attach", "start", "stop", "restart", "kill", "remove": return operate(word, on: argument)
        case "image":
            open(.images)
            if let image = imageList.all.first(where: { $0.tags.contains(argument) }) { imageList.select(image.id) }
        case "layout": open(.layout(argument))
        case "save-layout": if argument.isEmpty { return act(.saveLayout) } else { saveLayout(argument) }
        case "remove-layout": removeLayout(argument)
        case "split": split(.columns, with: PaneSlot(argument))
        case "pin":
            guard let name = selected?.name else {
                return refuse(words("no container is selected, to which a pane could be pinned"))
            }
            split(.columns, with: PaneSlot(argument, pin: name))
        case "tab": openPage(named: argument)
        case "rename-tab": if argument.isEmpty { return act(.pageRename) } else { renamePage(argument) }
        case "dump":
            if argument.isEmpty { return act(.dump) } else { return dump(DumpFormat(rawValue: argument) ?? .text) }
        case "run-command": return runCommand(named: argument)
        case "read-only": return act(.readOnly)
        case "screen-reader": return act(.screenReader)
        default: break
        }
        return []
    }

    private mutating func refuse(_ why: String) -> [Effect] {
        tell(.information, why)
        return []
    }

    /// Selects a container by name, whatever hid its row, and opens a view about it; without a name the selected one.
    private mutating func select(container name: String, opening view: ViewName) {
        if !name.isEmpty, let container = list.all.first(where: { $0.name == name }) {
            list.reveal(container.id)
        }
        open(view)
    }

    private mutating func operate(_ word: String, on name: String) -> [Effect] {
        let found = name.isEmpty ? selected : list.all.first { $0.name == name }
        guard let container = found else { return refuse(words("no container is selected")) }
        switch word {
        case "start": return perform(.start, on: [container.id])
        case "stop": return perform(.stop, on: [container.id])
        case "restart": return perform(.restart, on: [container.id])
        default:
            // These ask, or open a terminal, for what is selected.
            list.marks = []
            select(container: container.name, opening: view.panes.contains(.containers) ? view : .containers)
            focus = layout.shows(.containers) ? .containers : focus
            return act(Action(word))
        }
    }

    /// `:filter web`: what `/` and the letters do, in one go.
    private mutating func filter(_ text: String) -> [Effect] {
        var effects = act(.filter)
        guard prompt != nil else { return effects }
        for key in [Key.end, .control("u")] + text.map({ .character($0) }) + [.enter] { effects += press(key) }
        return effects
    }
}
