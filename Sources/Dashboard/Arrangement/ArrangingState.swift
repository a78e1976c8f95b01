/// Views that the person has rearranged, and the layouts saved by name, which are views as well.
struct ArrangingState: Sendable {
    /// Views with panes of the person's choice.
    var trees: [ViewName: Arrangement] = [:]
    /// Keys go to the arrangement and not to the panes.
    var isOn = false
    /// The border that the mouse holds.
    var held: Arrangement.Border?

    /// The saved layouts, by name.
    var layouts: [String] { trees.keys.compactMap(\.layout).sorted() }

    /// More tabs than any screen has room for.
    static let layoutLimit = 30
    static let nameLimit = 24
}

extension ViewName {
    private static let layoutPrefix = "layout:"

    /// The view that a saved layout is.
    static func layout(_ name: String) -> ViewName { ViewName(layoutPrefix + name) }

    /// The name under which it was saved; `nil` for a view that panes bring with them.
    var layout: String? {
        rawValue.hasPrefix(Self.layoutPrefix) ? String(rawValue.dropFirst(Self.layoutPrefix.count)) : nil
    }
}
