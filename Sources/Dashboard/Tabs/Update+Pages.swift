import Terminal

/// Tabs that each keep view, filter, order, selection and scroll.
extension DashboardState {
    mutating func turnPages(_ action: Action) -> [Effect]? {
        switch action {
        case .pageNew: openPage(named: "")
        case .pageNext: showPage(pages.index + 1)
        case .pagePrevious: showPage(pages.index - 1)
        case .pageClose: closePage()
        case .pageRename:
            guard pages.all.count > 1 else {
                tell(
                    .information,
                    words("there is one tab only; \(KeyMap.display(keys.key(for: .pageNew) ?? "")) opens another"))
                return []
            }
            let name = pages.current.name
            prompt = Prompt(purpose: .pageName, line: TextLine(name), before: name)
        default: return nil
        }
        return []
    }

    /// The tab that is shown, as it is now.
    private var presentPage: Page {
        var page = pages.current
        page.place = place
        page.positions = [:]
        for kind in PaneList.all {
            let position = kind.position(self)
            if !position.isEmpty { page.positions[kind.pane] = position }
        }
        return page
    }

    /// A new tab at the same place; from there on each goes its own way.
    mutating func openPage(named name: String) {
        guard pages.all.count < PagesState.limit else {
            return tell(.failure, words("cannot open a tab: there are \(PagesState.limit) already"))
        }
        pages.all[pages.index] = presentPage
        var new = pages.current
        new.name = String(name.trimmingPalette.prefix(PagesState.nameLimit))
        pages.all.insert(new, at: pages.index + 1)
        pages.index += 1
        rememberPages()
        let keys = [Action.pageNext, .pageClose, .pageRename].map { KeyMap.display(self.keys.key(for: $0) ?? ":") }
        tell(.information, words("a new tab: \(keys[0]) goes to the next, \(keys[1]) closes it, \(keys[2]) renames it"))
    }

    /// Shows another tab; the ends are connected.
    mutating func showPage(_ wanted: Int) {
        guard pages.all.count > 1 else {
            return tell(
                .information,
                words("there is one tab only; \(KeyMap.display(keys.key(for: .pageNew) ?? "")) opens another"))
        }
        pages.all[pages.index] = presentPage
        pages.index = (wanted % pages.all.count + pages.all.count) % pages.all.count
        enterPage()
    }

    mutating func closePage() {
        guard pages.all.count > 1 else {
            return tell(.information, words("the last tab stays; \(KeyMap.display(keys.key(for: .quit) ?? "q")) quits"))
        }
        pages.all.remove(at: pages.index)
        pages.index = min(pages.index, pages.all.count - 1)
        enterPage()
    }

    mutating func renamePage(_ name: String) {
        pages.all[pages.index].name = String(name.trimmingPalette.prefix(PagesState.nameLimit))
        rememberPages()
    }

    private mutating func enterPage() {
        let page = pages.current
        for kind in PaneList.all { kind.restore(page.positions[kind.pane] ?? PanePosition(), &self) }
        history = []
        visit(page.place)
        rememberPages()
    }

    /// The lists are here: the rows of the tab that was shown last are found by name.
    mutating func restoreSelections() {
        guard pages.all.count > 1 else { return }
        for kind in PaneList.all {
            if let position = pages.current.positions[kind.pane] { kind.restore(position, &self) }
        }
        visit(pages.current.place)
    }

    /// After every step the present tab is kept up to date, as far as there are several.
    mutating func followPage() {
        guard pages.all.count > 1, list.isLoaded, prompt == nil, palette == nil, dialog == nil else { return }
        let now = presentPage
        guard now != pages.current else { return }
        let isElsewhere = now.place.isElsewhere(than: pages.current.place)
        pages.all[pages.index] = now
        // Each step through a table is not worth a write.
        if isElsewhere { rememberPages() }
    }

    private mutating func rememberPages() {
        guard pages.all.count > 1 else {
            memory["tabs"] = nil
            return
        }
        memory["tabs"] = ([String(pages.index)] + pages.all.map(\.text)).joined(separator: "\n")
    }

    /// The tabs of the last time.
    mutating func restorePages() {
        let lines = (memory["tabs"] ?? "").split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard lines.count > 2, let index = Int(lines[0]) else { return }
        let all = lines.dropFirst().prefix(PagesState.limit).compactMap { Page(text: $0) }
        guard all.count > 1 else { return }
        pages.all = all
        pages.index = min(max(0, index), all.count - 1)
        enterPage()
    }
}
