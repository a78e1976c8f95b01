/// What the dialogs of navigation offer.
enum NavigationChoice: Sendable, Hashable {
    /// A further pane beside the focused one, or below it.
    case split(Arrangement.Axis, PaneSlot)
    case copy(Copyable)
    case dump(DumpFormat)
}

extension DashboardState {
    mutating func choose(_ choice: NavigationChoice) -> [Effect] {
        switch choice {
        case .split(let axis, let slot): split(axis, with: slot)
        case .copy(let what): return copy(what)
        case .dump(let format): return dump(format)
        }
        return []
    }
}
