/// All views: the overview, and those of the panes.
enum ViewList {
    static let all: [ViewDefinition] = [.overview] + PaneList.all.flatMap { $0.views }

    private static let byName = Dictionary(all.map { ($0.name.rawValue, $0) }, uniquingKeysWith: { first, _ in first })

    static func definition(named name: String) -> ViewDefinition? { byName[name] }
}
