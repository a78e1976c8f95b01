/// A row of tabs.
public struct Tabs: Hashable, Sendable {
    /// Their titles.
    public var titles: [String]
    /// The chosen one.
    public var selected: Int

    /// Tabs.
    public init(_ titles: [String], selected: Int) {
        self.titles = titles
        self.selected = selected
    }

    /// Where each tab stands in the first row of `rect`; tabs that do not fit have no room.
    public func layout(in rect: Rect) -> [Rect] {
        var x = rect.x
        return titles.map { title in
            let width = SafeText.width(title) + 2
            defer { x += width + 1 }
            guard x + width <= rect.right else { return Rect(x: x, y: rect.y, width: 0, height: 0) }
            return Rect(x: x, y: rect.y, width: width, height: 1)
        }
    }

    /// Draws them and says where each stands.
    @discardableResult
    public func draw(on canvas: inout Canvas, in rect: Rect, look: Look) -> [Rect] {
        let places = layout(in: rect)
        for (index, place) in places.enumerated() where !place.isEmpty {
            let style = look[index == selected ? .activeTab : .tab]
            canvas.put(" \(titles[index]) ", at: place.origin, style: style)
        }
        return places
    }
}
