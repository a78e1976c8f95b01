import Engine
import Terminal

/// The volumes' table, and who mounts the selected one where.
enum VolumesPane {
    private static func columns(_ rows: [Volume]) -> [TableColumn] {
        let name = min(36, rows.lazy.map(\.shownName.utf8.count).max() ?? 0)
        let anonymous = rows.contains(where: \.isAnonymous) ? "cd34cd34cd34 anonymous".utf8.count : 0
        return [
            TableColumn("name", title: "VOLUME", minimum: max(16, anonymous), ideal: name, flex: 3),
            TableColumn("driver", title: "DRIVER", minimum: 7, dispensability: 3),
            TableColumn("size", title: "SIZE", minimum: 9, alignment: .trailing),
            TableColumn("used", title: "USED BY", minimum: 12, ideal: 20, flex: 2, dispensability: 1),
            TableColumn("created", title: "CREATED", minimum: 14, alignment: .trailing, dispensability: 2),
        ]
    }

    static func draw(_ state: DashboardState, in whole: Rect, _ frame: inout Frame, _ look: Look) {
        let parts = ResourcePane.parts(whole)
        let list = state.volumes
        let title = ResourcePane.Title(
            text: "Volumes", noun: "volume", trailing: total(state),
            nothing: ["no volume yet", "c makes one; a container that names one makes it, too"])
        ResourcePane.drawTable(
            list, title, columns(list.rows),
            ResourcePane.Targets(pane: .volumes, row: { $0 }), state,
            in: parts.table, &frame, look
        ) { row($0, state, look) }
        ResourcePane.drawDetails(
            "Volume", list.selected?.shownName ?? "", lines(state, look), scroll: list.detailScroll, in: parts.details,
            &frame, look)
    }

    private static func total(_ state: DashboardState) -> String {
        if state.volumeCount.isCounting { return "counting" }
        let sizes = state.volumes.all.compactMap(\.size)
        return sizes.isEmpty ? "" : Format.decimalBytes(sizes.reduce(0) { $0 + Double($1) })
    }

    private static func size(_ volume: Volume, _ state: DashboardState, _ look: Look) -> String {
        if let size = volume.size { return Format.decimalBytes(Double(size)) }
        return state.volumeCount.isCounting ? String(look.glyphs.ellipsis) : "-"
    }

    private static func row(_ volume: Volume, _ state: DashboardState, _ look: Look) -> TableRow {
        let name =
            volume.isAnonymous
            ? [Span(volume.shownName, look[.muted]), Span(" anonymous", look[.faint])]
            : [Span(volume.name, look[.text])]
        return TableRow(
            [
                "name": .text(name),
                "driver": .text(volume.driver, look[.muted]),
                "size": .text(size(volume, state, look), look[volume.size == nil ? .faint : .text]),
                "used": .text(volume.users.joined(separator: ", "), look[.secondary]),
                "created": .text(ResourcePane.ago(volume.createdAt, state.now), look[.muted]),
            ], isMarked: state.volumes.marks.contains(volume.id))
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
                    Span(mount.readOnly ? "read-only" : "read-write", look[mount.readOnly ? .muted : .faint]),
                ])
            }
        }
        for user in volume.users where !seen.contains(user) { tree.line([Span(user, look[.accent])]) }
        if volume.users.isEmpty, seen.isEmpty { tree.plain("nobody mounts it", look[.faint]) }
        tree.blank()
        tree.pair("name", volume.name)
        tree.pair("mountpoint", volume.mountpoint)
        tree.pair("driver", volume.driver)
        tree.pair("size", size(volume, state, look))
        if let failure = state.volumeCount.failure { tree.plain(failure, look[.error]) }
        tree.pair("anonymous", volume.isAnonymous ? "yes, made for a container that named none" : "no")
        tree.pair("created", volume.createdAt.rfc3339)
        func pairs(_ values: [String: String]) -> [String] { values.sorted { $0.key < $1.key }.map { "\($0)=\($1)" } }
        if !volume.labels.isEmpty { tree.list("labels", pairs(volume.labels)) }
        if !volume.options.isEmpty { tree.list("options", pairs(volume.options)) }
        return tree.lines
    }
}
