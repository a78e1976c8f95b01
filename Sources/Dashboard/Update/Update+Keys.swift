import Engine
import Terminal

extension DashboardState {
    /// A key goes to what lies on top: dialog, text line, help, and then through the key map.
    mutating func press(_ key: Key) -> [Effect] {
        // Who goes on has read it; it may cover rows.
        if let notice, notice.kind == .failure, Format.age(of: notice.since, now: now) >= 5 { self.notice = nil }
        pointer.selection = nil
        if palette != nil { return pressInPalette(key) }
        if dialog != nil { return pressInDialog(key) }
        if chooser != nil { return pressInChooser(key) }
        if form != nil { return pressInForm(key) }
        if prompt != nil { return pressInPrompt(key) }
        if settingsScreen.recording != nil { return take(key) }
        if isHelpShown, pressInHelp(key) { return [] }
        if transfers.isShown, let effects = pressInTransfers(key) { return effects }
        // Panes are moved until somebody is done with it; every other key does what it always does.
        if arranging.isOn, let action = keys.action(for: key.mapName, within: .arranging) { return act(action) }
        if let effects = focus.kind.type(key, &self) { return effects }
        // What means nothing with Shift means what it means without.
        let action = keys.action(for: key.mapName, in: focus) ?? keys.action(for: key.plainName, in: focus)
        return action.map { act($0) } ?? []
    }

    /// Pasted text is text: it goes into the line, the form or the shell that takes text, and is never a command.
    mutating func paste(_ text: String) -> [Effect] {
        if dialog != nil { return [] }
        guard form != nil || prompt != nil || palette != nil else {
            return isHelpShown || transfers.isShown ? [] : focus.kind.paste(text, &self)
        }
        return text.prefix(4096).filter { $0 != "\n" }.flatMap { character in
            let key = Key.character(character)
            return palette != nil ? pressInPalette(key) : form != nil ? pressInForm(key) : pressInPrompt(key)
        }
    }

    private mutating func pressInDialog(_ key: Key) -> [Effect] {
        switch key {
        case .escape, .control("c"), .character("q"), .character("n"): dialog = nil
        case .up, .left, .backTab, .character("k"), .character("h"): dialog?.move(-1)
        case .down, .right, .tab, .character("j"), .character("l"): dialog?.move(1)
        case .home: dialog?.selected = 0
        case .end: dialog.map { dialog?.selected = max(0, $0.items.count - 1) }
        case .enter, .character(" "): return chooseSelected()
        case .character("y"):
            // A question has one way forward; `y` is it, as everywhere.
            guard let dialog, dialog.kind == .question, dialog.items.count == 2 else { return [] }
            return choose(dialog.items[1].choice)
        default: break
        }
        return []
    }

    private mutating func chooseSelected() -> [Effect] {
        guard let dialog, dialog.items.indices.contains(dialog.selected) else {
            self.dialog = nil
            return []
        }
        return choose(dialog.items[dialog.selected].choice)
    }

    private mutating func pressInPrompt(_ key: Key) -> [Effect] {
        guard var line = prompt else { return [] }
        switch key {
        case .enter:
            prompt = nil
            let effects = submit(line)
            // A line that is to be mended still goes back to what was there before it.
            if prompt?.purpose == line.purpose { prompt?.before = line.before }
            return effects
        case .escape, .control("c"):
            prompt = nil
            transfers.awaited = nil
            return applyPrompt(line.purpose, line.before)
        case .tab where line.purpose.guide(line.text, self).completion != nil:
            guard let completion = line.purpose.guide(line.text, self).completion else { return [] }
            line.line = TextLine(completion)
            prompt = line
            return applyPrompt(line.purpose, completion)
        case .tab, .backTab:
            guard line.purpose == .pullName else { return [] }
            return lookUp(line.text, tags: key == .backTab)
        case .up, .down:
            guard line.purpose.isLive else { return [] }
            guard !line.purpose.stepsThroughMatches else { return act(key == .up ? .nextMatch : .previousMatch) }
            return move(key == .up ? -1 : 1)
        default:
            let old = line.text
            guard line.apply(key) else { return [] }
            prompt = line
            return line.text == old ? [] : applyPrompt(line.purpose, line.text)
        }
    }

    private mutating func applyPrompt(_ purpose: Prompt.Purpose, _ text: String) -> [Effect] {
        switch purpose {
        case .pullName, .searchRegistry, .tagName, .pushName, .layoutName, .pageName: break
        case .pane(let pane, let word, _, let isLive):
            return isLive ? inside(pane) { pane.kind.hear(word, text: text, isFinal: false, &$0) } : []
        }
        return []
    }

    /// A pane asks for a line of text, which goes back to it.
    mutating func ask(
        _ pane: Pane, _ word: some Hashable & Sendable, _ label: String, text: String = "", isLive: Bool = false
    ) {
        prompt = Prompt(
            purpose: .pane(pane, PaneWord(word), label: label, isLive: isLive), line: TextLine(text), before: text)
    }

    /// Opens the text line that `/` means here.
    mutating func openPrompt(_ purpose: Prompt.Purpose) {
        let before: String
        switch purpose {
        case .pullName, .searchRegistry, .layoutName, .pageName, .pane: before = ""
        case .tagName(let id), .pushName(let id): before = imageList.all.first { $0.id == id }?.tags.first ?? ""
        }
        prompt = Prompt(
            purpose: purpose, line: TextLine(before), before: before)
    }

    /// Enter in a line that asks for something.
    mutating func submit(_ prompt: Prompt) -> [Effect] {
        switch prompt.purpose {
        case .pullName, .searchRegistry, .tagName, .pushName:
            return submitName(prompt.purpose, prompt.text.split(separator: " ").joined(separator: " "))
        case .pane(let pane, let word, _, _):
            return inside(pane) { pane.kind.hear(word, text: prompt.text, isFinal: true, &$0) }
        case .layoutName: saveLayout(prompt.text.split(separator: " ").joined(separator: " "))
        case .pageName: renamePage(prompt.text.split(separator: " ").joined(separator: " "))
        }
        return []
    }
}

extension Prompt.Purpose {
    /// What helps while the line is typed.
    func guide(_ text: String, _ state: DashboardState) -> LineGuide {
        guard case .pane(let pane, let word, _, _) = self else { return LineGuide() }
        return pane.kind.guide(word, text, state)
    }
}
