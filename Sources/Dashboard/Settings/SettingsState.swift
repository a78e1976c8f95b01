import Terminal

/// What the settings screen knows beside the settings themselves.
struct SettingsState: PaneState {
    enum Tab: String, Sendable, Hashable, CaseIterable {
        case settings, keys, rules
    }

    /// A key that is awaited for an action.
    struct Recording: Sendable, Hashable {
        var action: Action
        /// Beside its keys, not in their place.
        var isFurther: Bool
    }

    var tab = Tab.settings
    private var places: [Tab: Int] = [:]
    private var tops: [Tab: Int] = [:]
    /// All themes; empty until they are known.
    var themes: [String] = []
    var isChoosingTheme = false
    var themeIndex = 0
    var recording: Recording?
    /// Letters that the list of keys is narrowed to.
    var keyFilter = ""

    init() {}

    var index: Int {
        get { places[tab] ?? 0 }
        set { places[tab] = newValue }
    }

    var top: Int {
        get { tops[tab] ?? 0 }
        set { tops[tab] = newValue }
    }
}

extension DashboardState {
    var settingsScreen: SettingsState {
        get { self[SettingsPane.self] }
        _modify { yield &self[SettingsPane.self] }
    }
}
