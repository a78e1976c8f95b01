import Engine
import Terminal

extension Volume: Listed {
    static let standardOrder = TableSettings.Order(column: "name")
    static let noun = "volume"

    var searched: [String] { [name, driver, isAnonymous ? "anonymous" : ""] + users }

    /// As tables and sentences show it: of an anonymous one's 64 digits the first twelve.
    var shownName: String { isAnonymous ? String(name.prefix(12)) : name }

    func isIdle(_ facts: RowFacts) -> Bool { users.isEmpty }

    static let columns = ColumnSet<Volume>([
        ListColumn(
            "name", "VOLUME", "Name", names: ["name", "volume"], .text, ColumnRoom(16, firm: 22, most: 36, flex: 3),
            value: { row, _ in .text(row.name) }, cell: { row, scene in .text(nameSpans(row, scene)) }
        ).with {
            $0.length = { row, _ in
                row.shownName.utf8.count + (row.isAnonymous ? 1 + SafeText.width(words("anonymous")) : 0)
            }
            // Those that people named come first.
            $0.order = { row, _ in .text((row.isAnonymous ? "~" : "") + row.name) }
        },
        ListColumn(
            "driver", "DRIVER", "Driver", .text, ColumnRoom(7), value: { row, _ in .text(row.driver) },
            cell: { row, scene in scene.text(row.driver, .muted) }
        ).dispensable(3),
        ListColumn(
            "size", "SIZE", "Size", .bytes(step: 1000), ColumnRoom(9),
            value: { row, _ in .figure(row.size.map(Double.init)) },
            cell: { row, scene in
                scene.figure(VolumesPane.size(row, scene.state, scene.look), row.size == nil ? .faint : .text)
            }),
        ListColumn(
            "used", "USED BY", "Containers that mount it", names: ["used", "users", "container"], .text,
            ColumnRoom(12, most: 20, flex: 2), value: { row, _ in row.users.isEmpty ? .nothing : .texts(row.users) },
            cell: { row, scene in scene.text(row.users.joined(separator: ", "), .secondary) }
        ).dispensable(1),
        ListColumn(
            "mountpoint", "MOUNTPOINT", "Where it is on the host", .text, ColumnRoom(20, most: 50, flex: 2),
            value: { row, _ in .text(row.mountpoint) }, cell: { row, scene in scene.text(row.mountpoint, .muted) }
        ).dispensable(4).hidden,
        ListColumn(
            "created", "CREATED", "Created", names: ["age", "created"], .seconds, ColumnRoom(14),
            value: { row, facts in facts.age(of: row.createdAt) },
            cell: { row, scene in scene.figure(ResourcePane.ago(row.createdAt, scene.facts.now), .muted) }
        ).with {
            $0.dispensability = 2
            $0.isFigure = true
            $0.order = { row, _ in .figure(row.createdAt.nanoseconds) }
        },
        .engine,
    ])

    private static func nameSpans(_ row: Volume, _ scene: CellScene) -> [Span] {
        guard row.isAnonymous else { return scene.found(row.name, .text) }
        return scene.found(row.shownName, .muted) + [Span(" \(words("anonymous"))", scene.look[.faint])]
    }
}
