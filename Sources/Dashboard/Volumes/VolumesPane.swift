import Engine
import Terminal

/// The volumes' table, and who mounts the selected one where.
enum VolumesPane {
    static func draw(_ state: DashboardState, in whole: Rect, _ frame: inout Frame, _ look: Look) {
        let parts = ResourcePane.parts(whole)
        let key = state.keys.key(for: .create).map(KeyMap.display) ?? "create"
        let total = total(state)
        let title = TableTitle(
            text: words("Volumes"), trailing: total.isEmpty ? [] : [Span(total, look[.faint])],
            nothing: [words("no volume yet"), words("\(key) makes one; a container that names one makes it, too")])
        drawTable(title, state, in: parts.table, &frame, look)
        ResourcePane.drawDetails(
            words("Volume"), state.volumes.selected?.shownName ?? "", lines(state, look),
            scroll: state.volumes.detailScroll,
            in: parts.details, &frame, look)
    }

    private static func total(_ state: DashboardState) -> String {
        if state.volumeCount.isCounting { return words("counting") }
        let sizes = state.volumes.all.compactMap(\.size)
        return sizes.isEmpty ? "" : Format.decimalBytes(sizes.reduce(0) { $0 + Double($1) })
    }

    static func size(_ volume: Volume, _ state: DashboardState, _ look: Look) -> String {
        if let size = volume.size { return Format.decimalBytes(Double(size)) }
        return state.volumeCount.isCounting ? String(look.glyphs.ellipsis) : "-"
    }

    /// All about the selected volume; `look` may be left out where only the length counts.
    static func lines(
        _ state: DashboardState, _ look: Look = Look(theme: .plain, glyphs: .ascii)
    ) -> [[Span]] {
        guard let volume = state.volumes.selected else { return [] }
        var tree = TextTree(look: look)
        var seen: Set<String> = []
        for container in state.list.all {
            for (name, mount) in container.volumeMounts where name == volume.name {
                seen.insert(container.name)
                tree.line([
                    Span(
                        "\(ContainersPane.glyph(container.state, look)) ",
                        ContainersPane.stateStyle(container, state, look)),
                    Span(container.name, look[.accent]), Span(" \(mount.target) ", look[.text]),
                    Span(
                        mount.readOnly ? words("read-only") : words("read-write"),
                        look[mount.readOnly ? .muted : .faint]),
                ])
            }
        }
        for user in volume.users where !seen.contains(user) { tree.line([Span(user, look[.accent])]) }
        if volume.users.isEmpty, seen.isEmpty { tree.plain(words("nobody mounts it"), look[.faint]) }
        tree.blank()
        tree.pair(words("name"), volume.name)
        tree.pair(words("mountpoint"), volume.mountpoint)
        tree.pair(words("driver"), volume.driver)
        tree.pair(words("size"), size(volume, state, look))
        if let failure = state.volumeCount.failure { tree.plain(failure, look[.error]) }
        tree.pair(
            words("anonymous"), volume.isAnonymous ? words("yes, made for a container that named none") : words("no"))
        tree.pair(words("created"), volume.createdAt.rfc3339)
        func pairs(_ values: [String: String]) -> [String] { values.sorted { $0.key < $1.key }.map { "\($0)=\($1)" } }
        if !volume.labels.isEmpty { tree.list(words("labels"), pairs(volume.labels)) }
        if !volume.options.isEmpty { tree.list(words("options"), pairs(volume.options)) }
        return tree.lines
    }
}
