import Terminal

/// Keys while the help is open.
extension DashboardState {
    /// Whether the key was the help's; others do what they do, with the help closed where it would cover it.
    mutating func pressInHelp(_ key: Key) -> Bool {
        if var line = helpSearch, typeInHelp(key, &line) { return true }
        if key == .character("/") {
            helpSearch = TextLine()
            return true
        }
        let page = max(1, rows - 6)
        switch keys.action(for: key.mapName, in: .containers) {
        case .up: helpScroll -= 1
        case .down: helpScroll += 1
        case .pageUp, .detailPageUp: helpScroll -= page
        case .pageDown, .detailPageDown: helpScroll += page
        case .top: helpScroll = 0
        case .bottom: helpScroll = .max / 2
        case .back, .help, .quit:
            isHelpShown = false
            helpSearch = nil
        default: return key == .enter
        }
        helpScroll = HelpPane.clamp(helpScroll, self)
        return true
    }

    private mutating func typeInHelp(_ key: Key, _ line: inout TextLine) -> Bool {
        switch key {
        case .escape:
            helpSearch = nil
            helpScroll = 0
        case .up, .down, .pageUp, .pageDown: return false
        case .enter: break
        default:
            if case .character = key, line.characters.count >= 60 { return true }
            guard line.apply(key) else { return false }
            helpSearch = line
            helpScroll = 0
        }
        return true
    }
}
