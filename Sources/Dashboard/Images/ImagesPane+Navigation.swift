import Engine

/// What navigation needs to know of the images.
extension ImagesPane {
    static let changing: Set<Action> = [.pull, .push, .tag, .run, .remove, .prune, .create]

    static func obstacle(_ action: Action, _ state: DashboardState) -> String? {
        guard state.focus == pane else { return nil }
        switch action {
        case .tag, .push, .remove, .users, .open: return state.selectedImage == nil ? "no image is selected" : nil
        case .run, .create: return state.canRun ? nil : "this dashboard has no way to it"
        case .transfers: return state.transfers.all.isEmpty ? "nothing was pulled or pushed yet" : nil
        default: return nil
        }
    }

    static func copies(_ state: DashboardState) -> [Copyable] {
        guard let image = state.selectedImage else { return [] }
        return [
            Copyable("name", image.tags.first ?? ""), Copyable("identifier", image.id.rawValue),
            Copyable("digest", image.digest),
            Copyable("all names", image.tags.count > 1 ? image.tags.joined(separator: "\n") : ""),
            Copyable("run command", CommandSpelling.line(["run", "-d", image.tags.first ?? image.id.short])),
        ]
    }

    static func table(_ state: DashboardState) -> (titles: [String], rows: [[String]])? {
        let rows = state.imageList.rows.map { image in
            [
                image.id.rawValue, image.tags.joined(separator: " "), image.createdAt?.rfc3339 ?? "",
                String(image.size),
                String(image.layerCount), "\(image.os)/\(image.architecture)",
                String(state.imageList.usedBy[image.id] ?? 0),
            ]
        }
        return (["ID", "NAMES", "CREATED", "SIZE BYTES", "LAYERS", "PLATFORM", "USED BY"], rows)
    }

    static func position(_ state: DashboardState) -> PanePosition {
        let sort = state.imageList.sort
        return PanePosition(
            filter: state.imageList.filter.text, sort: (sort.isReversed ? "-" : "") + sort.column.rawValue,
            selection: state.selectedImage?.id.rawValue ?? "", scroll: state.imageList.scroll)
    }

    static func restore(_ position: PanePosition, _ state: inout DashboardState) {
        state.imageList.filter = RowFilter(position.filter)
        let isReversed = position.sort.hasPrefix("-")
        if let column = ImageColumn(rawValue: isReversed ? String(position.sort.dropFirst()) : position.sort) {
            state.imageList.sort = ImageSort(column: column, isReversed: isReversed)
        }
        state.imageList.arrange()
        if !position.selection.isEmpty { state.imageList.select(ImageID(rawValue: position.selection)) }
        state.imageList.scroll = position.scroll
    }

    static func sentence(_ state: DashboardState) -> Sentence? {
        guard let image = state.selectedImage else { return Sentence("there is no image here") }
        let used = state.imageList.usedBy[image.id] ?? 0
        let marks = state.imageList.marks.contains(image.id) ? "marked" : ""
        let parts = [
            ImagesState.name(of: image), marks, Format.decimalBytes(Double(image.size)),
            Format.count(image.layerCount, "layer"), used > 0 ? "used by \(Format.count(used, "container"))" : "unused",
            "\(state.imageList.index + 1) of \(state.imageList.rows.count)",
        ]
        return Sentence(parts.filter { !$0.isEmpty }.joined(separator: ", "), key: "\(image.id.rawValue) \(marks)")
    }
}
