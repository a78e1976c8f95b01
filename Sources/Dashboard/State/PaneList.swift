/// The one list of all panes. Keys, help, views, drawing and updating go by it; its order is that of the views' tabs and of the
/// help.
enum PaneList {
    static let all: [any PaneKind.Type] = [
        ContainersPane.self, ImagesPane.self, VolumesPane.self, NetworksPane.self, GraphsPane.self, AlertsPane.self,
        LogsPane.self, DetailsPane.self, EventsPane.self, DiskUsagePane.self, InspectPane.self, ChangesPane.self,
        BrowserPane.self, LimitsPane.self, LayersPane.self, FilesPane.self, BuildPane.self, BuildTextPane.self,
        ActivityPane.self, EnginesPane.self, CommandsPane.self, SettingsPane.self, ShellPane.self,
    ]

    private static let kinds = Dictionary(all.map { ($0.pane, $0) }, uniquingKeysWith: { first, _ in first })

    /// What a pane is; the containers, where a layout names one that does not exist.
    static func kind(of pane: Pane) -> any PaneKind.Type { kinds[pane] ?? kinds[pane.base] ?? ContainersPane.self }

    /// All that changes something.
    static let changing: Set<Action> = all.reduce(into: []) { $0.formUnion($1.changing) }

    /// The pane of that name.
    static func pane(named name: String) -> Pane? {
        let pane = Pane(name)
        return kinds[pane] == nil ? nil : pane
    }
}
