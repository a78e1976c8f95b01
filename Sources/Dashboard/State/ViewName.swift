import Terminal

/// Names a view: one of those that panes bring with them.
public struct ViewName: RawRepresentable, Sendable, Hashable, CaseIterable {
    /// As the command line and the configuration spell it.
    public let rawValue: String

    /// The view of that name; `nil` when there is none.
    public init?(rawValue: String) {
        guard ViewList.definition(named: rawValue) != nil else { return nil }
        self.rawValue = rawValue
    }

    init(_ name: String) { rawValue = name }

    /// All views, those with a tab of their own in the order of the tabs.
    public static var allCases: [ViewName] { ViewList.all.map(\.name) }

    /// Those with a key and a tab of their own.
    static var tabs: [ViewName] { allCases.filter { $0.tab == $0 } }

    private var definition: ViewDefinition { ViewList.definition(named: rawValue) ?? .overview }
    /// The tab that stands for it.
    var tab: ViewName { layout == nil ? definition.tab : self }
    var title: String { layout ?? words(for: definition.title) }
    /// For a row of tabs that has no room for the titles.
    var shortTitle: String { layout ?? words(for: definition.shortTitle) }
    /// The panes that Tab goes through, also those that a small screen hides.
    var panes: [Pane] { definition.panes }
    /// The pane that is focused when the view opens.
    var mainPane: Pane { definition.panes[0] }

    func places(_ body: Rect, _ context: ViewDefinition.Context) -> [Layout.Place] { definition.places(body, context) }
}
