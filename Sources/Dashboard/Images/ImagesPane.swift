import Engine
import Terminal

/// The images' table, with all about the selected one beside or below it.
enum ImagesPane {
    static func draw(_ state: DashboardState, in whole: Rect, _ frame: inout Frame, _ look: Look) {
        let parts = ResourcePane.parts(whole)
        let key = state.keys.key(for: .pull).map(KeyMap.display)
        let title = TableTitle(
            text: words("Images"),
            trailing: state.imageList.all.isEmpty ? [] : [Span(total(state.imageList), look[.faint])],
            nothing: [
                words("no image yet"),
                key.map { words("\($0) pulls one; spyhop load and import bring one in, too") } ?? "",
            ])
        drawTable(title, state, in: parts.table, &frame, look)
        ResourcePane.drawDetails(
            words("Image"), state.selectedImage?.name ?? "", lines(state, look),
            scroll: state.imageList.table.detailScroll,
            in: parts.details, &frame, look)
    }

    /// Bytes of all images, a layer that several have counted for each.
    private static func total(_ images: ImagesState) -> String {
        let size = images.all.reduce(0.0) { $0 + Double($1.size) }
        return words("\(Format.decimalBytes(size)) unpacked")
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
        for tag in image.tags { lines.pair(words("tag"), tag) }
        lines.pair(words("id"), image.id.digest)
        lines.pair(words("digest"), image.digest)
        lines.pair(words("size"), Format.decimalBytes(Double(image.size)))
        if let share = state.imageList.shares[image.id] {
            lines.pair(words("unique"), Format.decimalBytes(Double(share.unique)))
            lines.pair(words("shared"), Format.decimalBytes(Double(share.shared)))
            if let base = share.base { lines.pair(words("stands on"), base) }
        }
        if !image.os.isEmpty { lines.pair(words("platform"), "\(image.os)/\(image.architecture)") }
        lines.pair(words("created"), image.createdAt?.rfc3339 ?? words("unknown"))
        switch state.imageList.details[image.id] {
        case .success(let details):
            lines.pair(words("entrypoint"), details.entrypoint.joined(separator: " "))
            lines.pair(words("command"), details.command.joined(separator: " "))
            lines.pair(words("workdir"), details.workingDirectory)
            lines.pair(words("user"), details.user)
            if let signal = details.stopSignal { lines.pair(words("stop signal"), signal) }
            lines.list(words("environment"), details.environment)
            lines.list(words("layers"), details.layers)
        case .failure(let error): lines.plain("\(error)", look[.error])
        case nil: lines.plain(words("loading"), look[.faint])
        }
        if !image.repoDigests.isEmpty { lines.list(words("in registries"), image.repoDigests) }
        if !image.labels.isEmpty {
            lines.list(words("labels"), image.labels.sorted { $0.key < $1.key }.map { "\($0)=\($1)" })
        }
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
        if users.isEmpty { lines.plain(words("no container is made from it"), look[.faint]) }
        lines.blank()
    }
}
