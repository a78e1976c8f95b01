/// A tab that the person has opened: a place that it keeps while others are looked at, with the positions of all tables.
struct Page: Sendable, Hashable {
    /// The person's own name for it; empty names it after where it is.
    var name = ""
    var place: PlaceVisit
    /// Of each pane that has been used there.
    var positions: [Pane: PanePosition] = [:]

    var title: String {
        if !name.isEmpty { return name }
        let filter = place.position.filter
        let about = [.logs, .graphs, .details].contains(place.focus.base) ? place.container : ""
        return [place.view.title, filter, about].filter { !$0.isEmpty }.joined(separator: " ")
    }
}

/// All tabs. One is always there; it shows no row of tabs.
struct PagesState: Sendable, Hashable {
    var all: [Page]
    var index = 0

    static let limit = 20
    static let nameLimit = 24

    init(_ place: PlaceVisit) { all = [Page(place: place)] }

    var current: Page { all[min(max(0, index), all.count - 1)] }
}

extension Page {
    /// One line of text, to be remembered: fields with tabs between them, which no filter has.
    var text: String {
        var fields = [name, place.view.rawValue, place.focus.name, place.container, place.isZoomed ? "zoomed" : ""]
        for (pane, position) in positions.sorted(by: { $0.key.name < $1.key.name }) where !position.isEmpty {
            fields += [
                pane.name, position.filter, position.sort, position.selection, String(position.scroll), position.tab,
            ]
        }
        return fields.map { $0.split(whereSeparator: { $0 == "\t" || $0 == "\n" }).joined(separator: " ") }
            .joined(separator: "\t")
    }

    /// Reads such a line; `nil` for what is none.
    init?(text: String) {
        let fields = text.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        guard fields.count >= 5, (fields.count - 5) % 6 == 0, fields.count <= 5 + 6 * 40 else { return nil }
        guard let view = ViewName(rawValue: fields[1]), PaneSlot(text: fields[2]) != nil else { return nil }
        name = String(fields[0].prefix(PagesState.nameLimit))
        for start in stride(from: 5, to: fields.count, by: 6) {
            guard PaneSlot(text: fields[start]) != nil else { return nil }
            positions[Pane(fields[start])] = PanePosition(
                filter: fields[start + 1], sort: fields[start + 2], selection: fields[start + 3],
                scroll: max(0, Int(fields[start + 4]) ?? 0), tab: fields[start + 5])
        }
        place = PlaceVisit(view: view, focus: Pane(fields[2]), isZoomed: fields[4] == "zoomed", container: fields[3])
        place.position = positions[place.focus] ?? PanePosition()
    }
}
