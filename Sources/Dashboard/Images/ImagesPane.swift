import Engine
import Terminal

/// The images' table, with all about the selected one beside or below it.
enum ImagesPane {
    private static func columns(_ state: DashboardState) -> [TableColumn] {
        let images = state.imageList
        let users = min(30, images.users.values.map { $0.joined(separator: ", ").utf8.count }.max() ?? 0)
        let name = images.rows.map { ($0.tags.first ?? "").utf8.count + ($0.tags.count > 1 ? 3 : 0) }.max() ?? 0
        var columns = [
            TableColumn("name", title: "IMAGE", minimum: min(max(18, name), 28), ideal: 30, flex: 3),
            TableColumn("id", title: "IMAGE ID", minimum: 12, dispensability: 4),
            TableColumn("created", title: "CREATED", minimum: 14, alignment: .trailing, dispensability: 2),
            TableColumn("size", title: "SIZE", minimum: 8, alignment: .trailing),
            TableColumn("unique", title: "UNIQUE", minimum: 8, alignment: .trailing, dispensability: 5),
            TableColumn("layers", title: "LAYERS", minimum: 7, alignment: .trailing, dispensability: 6),
            TableColumn("platform", title: "PLATFORM", minimum: 12, dispensability: 7),
            TableColumn("used", title: "USED BY", minimum: 8, ideal: users, flex: 1, dispensability: 3),
        ]
        if images.shares.isEmpty { columns.removeAll { $0.id == "unique" } }
        return columns
    }

    static func draw(_ state: DashboardState, in whole: Rect, _ frame: inout Frame, _ look: Look) {
        let images = state.imageList
        let parts = ResourcePane.parts(whole)
        let count =
            images.rows.count == images.all.count
            ? "\(images.all.count)" : "\(images.rows.count) of \(images.all.count)"
        let inside = frame.pane(
            parts.table, title: [Span("Images ", look[.title]), Span(count, look[.muted])],
            trailing: images.all.isEmpty ? [] : [Span(total(images), look[.faint])],
            isFocused: state.focus == .images, look: look)
        ResourcePane.drawDetails(
            "Image", state.selectedImage.map { ImagesState.name(of: $0) } ?? "", lines(state, look),
            scroll: images.detailScroll, in: parts.details, &frame, look)
        guard !images.rows.isEmpty else {
            frame.emptiness(emptyWords(state), in: inside, seed: 3, now: state.now, look: look)
            return
        }
        let table = Table(
            columns: columns(state),
            sort: Table.Sort(column: images.sort.column.rawValue, ascending: images.sort.isAscending),
            isFocused: state.focus == .images)
        let window = ListWindow(
            count: images.rows.count, selected: images.index, offset: images.scroll,
            height: Table.visibleRows(in: inside))
        let used = table.layout(in: inside, window: window).columns.first { $0.column.id == "used" }?.rect.width ?? 0
        let places = table.draw(on: &frame.canvas, in: inside, look: look, window: window) { index in
            row(images.rows[index], state, usedWidth: used, look)
        }
        for (column, place) in places.columns {
            guard let id = ImageColumn(rawValue: column.id) else { continue }
            frame.hit(
                Rect(x: place.x, y: inside.y, width: place.width + 1, height: 1), .spot(.images, .header(id.rawValue)))
        }
        for line in 0..<places.body.height where images.rows.indices.contains(window.offset + line) {
            frame.hit(places.body.row(line), .spot(.images, .row(images.rows[window.offset + line].id.rawValue)))
        }
    }

    private static func emptyWords(_ state: DashboardState) -> [String] {
        let images = state.imageList
        if let failure = images.failure { return ["the images cannot be listed", failure] }
        if !images.isLoaded { return ["loading"] }
        guard images.all.isEmpty else { return ["no image matches \(images.filter.text)", "Esc shows all"] }
        let key = state.keys.key(for: .pull).map(KeyMap.display)
        return ["no image yet", key.map { "\($0) pulls one; spyhop load and import bring one in, too" } ?? ""]
    }

    /// Bytes of all images, a layer that several have counted for each.
    private static func total(_ images: ImagesState) -> String {
        let size = images.all.reduce(0.0) { $0 + Double($1.size) }
        return "\(Format.decimalBytes(size)) unpacked"
    }

    private static func row(_ image: Image, _ state: DashboardState, usedWidth: Int, _ look: Look) -> TableRow {
        let created = image.createdAt.map { ResourcePane.ago($0, state.now) }
        let name: TableRow.Content =
            image.tags.isEmpty
            ? .text("<none>", look[.faint])
            : .text(
                [Span(image.tags[0], look[.text])]
                    + (image.tags.count > 1 ? [Span(" +\(image.tags.count - 1)", look[.faint])] : []))
        let unique = state.imageList.shares[image.id].map { Format.decimalBytes(Double($0.unique)) } ?? ""
        return TableRow(
            [
                "name": name,
                "id": .text(image.id.short, look[.muted]),
                "created": .text(created ?? "", look[.muted]),
                "size": .text(Format.decimalBytes(Double(image.size)), look[.text]),
                "unique": .text(unique, look[.muted]),
                "layers": .text("\(image.layerCount)", look[.muted]),
                "platform": .text("\(image.os)/\(image.architecture)", look[.faint]),
                "used": .text(users(state.imageList.users[image.id] ?? [], width: usedWidth), look[.secondary]),
            ], isMarked: state.imageList.marks.contains(image.id))
    }

    /// As many names as there is room for, and how many more; else only how many.
    static func users(_ names: [String], width: Int) -> String {
        guard names.count > 1 else { return names.first ?? "" }
        for count in (1...names.count).reversed() {
            let text = names.prefix(count).joined(separator: ", ")
            let whole = count == names.count ? text : "\(text) +\(names.count - count)"
            if SafeText.width(whole) <= width { return whole }
        }
        return "\(names.count)"
    }

    /// All about the selected image; `look` may be left out where only the length counts.
    static func lines(_ state: DashboardState, _ look: Look = Look(theme: .plain, glyphs: .ascii)) -> [[Span]] {
        guard let image = state.selectedImage else { return [] }
        var lines = TextTree(look: look)
        drawUsers(of: image, state, look, &lines)
        for tag in image.tags { lines.pair("tag", tag) }
        lines.pair("id", image.id.rawValue)
        lines.pair("digest", image.digest)
        lines.pair("size", Format.decimalBytes(Double(image.size)))
        if let share = state.imageList.shares[image.id] {
            lines.pair("unique", Format.decimalBytes(Double(share.unique)))
            lines.pair("shared", Format.decimalBytes(Double(share.shared)))
            if let base = share.base { lines.pair("stands on", base) }
        }
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
        if !image.repoDigests.isEmpty { lines.list("in registries", image.repoDigests) }
        if !image.labels.isEmpty { lines.list("labels", image.labels.sorted { $0.key < $1.key }.map { "\($0)=\($1)" }) }
        return lines.lines
    }

    private static func drawUsers(of image: Image, _ state: DashboardState, _ look: Look, _ lines: inout TextTree) {
        let users = state.list.all.filter { $0.imageID == image.id }
        for container in users.sorted(by: { NaturalOrder($0.name) < NaturalOrder($1.name) }) {
            lines.line([
                Span(
                    "\(ContainersPane.glyph(container.state, look)) ", ContainersPane.stateStyle(container, state, look)
                ), Span(container.name, look[.accent]),
                Span(" \(Format.status(of: container.state, now: state.now))", look[.faint]),
            ])
        }
        if users.isEmpty { lines.plain("no container is made from it", look[.faint]) }
        lines.blank()
    }
}
