import Engine
import Terminal

/// The images' table, with what the selected one holds beside it where there is room.
enum ImagesPane {
    private static let columns: [TableColumn] = [
        TableColumn("name", title: "IMAGE", minimum: 18, ideal: 30, flex: 3),
        TableColumn("id", title: "IMAGE ID", minimum: 12, dispensability: 3),
        TableColumn("created", title: "CREATED", minimum: 14, alignment: .trailing, dispensability: 2),
        TableColumn("size", title: "SIZE", minimum: 8, alignment: .trailing),
        TableColumn("layers", title: "LAYERS", minimum: 7, alignment: .trailing, dispensability: 5),
        TableColumn("platform", title: "PLATFORM", minimum: 12, dispensability: 6),
        TableColumn("used", title: "USED BY", minimum: 8, alignment: .trailing, dispensability: 4),
    ]

    static func hasDetails(_ rect: Rect) -> Bool { rect.width >= 110 }

    static func draw(_ state: DashboardState, in whole: Rect, _ frame: inout Frame, _ look: Look) {
        let images = state.imageList
        let parts = hasDetails(whole) ? whole.splitLeft(whole.width * 62 / 100) : (left: whole, rest: Rect.zero)
        let count =
            images.rows.count == images.all.count
            ? "\(images.all.count)" : "\(images.rows.count) of \(images.all.count)"
        let size = images.all.reduce(0.0) { $0 + Double($1.size) }
        let inside = frame.pane(
            parts.left, title: [Span("Images ", look[.title]), Span(count, look[.muted])],
            trailing: images.all.isEmpty ? [] : [Span("\(Format.decimalBytes(size)) unpacked", look[.faint])],
            isFocused: state.focus == .images, look: look)
        if !parts.rest.isEmpty { drawDetails(state, in: parts.rest, &frame, look) }
        guard !images.rows.isEmpty else {
            let words =
                images.failure.map { ["the images cannot be listed", $0] }
                ?? (!images.isLoaded
                    ? ["loading"]
                    : images.all.isEmpty
                        ? ["no image yet", "spyhop load, or spyhop import, brings one in"]
                        : ["no image matches \(images.filter.text)", "Esc shows all"])
            frame.emptiness(words, in: inside, seed: 3, now: state.now, look: look)
            return
        }
        let table = Table(
            columns: columns,
            sort: Table.Sort(column: images.sort.column.rawValue, ascending: images.sort.isAscending),
            isFocused: state.focus == .images)
        let window = ListWindow(
            count: images.rows.count, selected: images.index, offset: images.scroll,
            height: Table.visibleRows(in: inside))
        let places = table.draw(on: &frame.canvas, in: inside, look: look, window: window) { index in
            row(images.rows[index], state, look)
        }
        for (column, place) in places.columns {
            guard let id = ImageColumn(rawValue: column.id) else { continue }
            frame.hit(Rect(x: place.x, y: inside.y, width: place.width + 1, height: 1), .imageHeader(id))
        }
        for line in 0..<places.body.height where images.rows.indices.contains(window.offset + line) {
            frame.hit(places.body.row(line), .imageRow(images.rows[window.offset + line].id))
        }
    }

    private static func row(_ image: Image, _ state: DashboardState, _ look: Look) -> TableRow {
        let used = state.imageList.usedBy[image.id] ?? 0
        let created = image.createdAt.map {
            Format.humanDuration(seconds: Format.age(of: $0, now: state.now)) + " ago"
        }
        let name: TableRow.Content =
            image.tags.isEmpty
            ? .text("<none>", look[.faint])
            : .text(
                [Span(image.tags[0], look[.text])]
                    + (image.tags.count > 1 ? [Span(" +\(image.tags.count - 1)", look[.faint])] : []))
        return TableRow(
            [
                "name": name,
                "id": .text(image.id.short, look[.muted]),
                "created": .text(created ?? "", look[.muted]),
                "size": .text(Format.decimalBytes(Double(image.size)), look[.text]),
                "layers": .text("\(image.layerCount)", look[.muted]),
                "platform": .text("\(image.os)/\(image.architecture)", look[.faint]),
                "used": .text(used == 0 ? "" : "\(used)", look[.secondary]),
            ], isMarked: state.imageList.marks.contains(image.id))
    }

    private static func drawDetails(_ state: DashboardState, in rect: Rect, _ frame: inout Frame, _ look: Look) {
        let inside = frame.pane(rect, title: [Span("Image", look[.title])], isFocused: false, look: look)
            .inset(horizontal: 1, vertical: 0)
        guard let image = state.selectedImage else { return }
        var lines = TextTree(look: look)
        lines.pair("id", image.id.rawValue)
        lines.pair("digest", image.digest)
        for tag in image.tags { lines.pair("tag", tag) }
        lines.pair("platform", "\(image.os)/\(image.architecture)")
        lines.pair("created", image.createdAt?.rfc3339 ?? "unknown")
        switch state.imageList.details[image.id] {
        case .success(let details):
            lines.pair("entrypoint", details.entrypoint.joined(separator: " "))
            lines.pair("command", details.command.joined(separator: " "))
            lines.pair("workdir", details.workingDirectory)
            lines.pair("user", details.user)
            if let signal = details.stopSignal { lines.pair("stop signal", signal) }
            lines.list("environment", details.environment)
            lines.list("layers", details.layers)
        case .failure(let error): lines.plain("\(error)", look[.error])
        case nil: lines.plain("loading", look[.faint])
        }
        if !image.labels.isEmpty { lines.list("labels", image.labels.sorted { $0.key < $1.key }.map { "\($0)=\($1)" }) }
        for (index, line) in lines.lines.prefix(inside.height).enumerated() {
            frame.canvas.put(line, at: Point(x: inside.x, y: inside.y + index), maxWidth: inside.width)
        }
    }
}
