import Engine
import Terminal

extension Image: Listed {
    static let standardOrder = TableSettings.Order(column: "created")
    static let noun = "image"

    /// The name it is called by: its first tag, else its identifier.
    var name: String { tags.first ?? id.short }
    var searched: [String] { tags + [id.short] }

    func isIdle(_ facts: RowFacts) -> Bool { facts.imageUsers[id] == nil }

    static let columns = ColumnSet<Image>(naming + sizes + making)

    private static func short(_ digest: String) -> String {
        String((digest.split(separator: ":").last ?? Substring(digest)).prefix(12))
    }

    private static var naming: [ListColumn<Image>] {
        [
            ListColumn(
                "name", "IMAGE", "Name", .text, ColumnRoom(18, firm: 28, most: 30, flex: 3),
                value: { row, _ in row.tags.isEmpty ? .nothing : .texts(row.tags) },
                cell: { row, scene in .text(nameSpans(row, scene)) }
            ).with {
                $0.length = { row, _ in (row.tags.first ?? "").utf8.count + (row.tags.count > 1 ? 3 : 0) }
                $0.order = { row, _ in row.tags.first.map { .text($0) } ?? .nothing }
            },
            ListColumn(
                "id", "IMAGE ID", "Identifier", .text, ColumnRoom(12), value: { row, _ in .text(row.id.short) },
                cell: { row, scene in scene.text(row.id.short, .muted) }
            ).dispensable(4),
            ListColumn(
                "digest", "DIGEST", "Digest of the manifest", .text, ColumnRoom(12),
                value: { row, _ in .text(row.digest) },
                cell: { row, scene in scene.figure(short(row.digest), .muted) }
            ).dispensable(8).hidden,
            ListColumn(
                "created", "CREATED", "Created", names: ["age", "created"], .seconds, ColumnRoom(14),
                value: { row, facts in facts.age(of: row.createdAt) },
                cell: { row, scene in
                    scene.figure(row.createdAt.map { ResourcePane.ago($0, scene.facts.now) } ?? "", .muted)
                }
            ).with {
                $0.dispensability = 2
                $0.isFigure = true
                $0.order = { row, _ in row.createdAt.map { .figure($0.nanoseconds) } ?? .nothing }
            },
            .engine,
        ]
    }

    private static func nameSpans(_ row: Image, _ scene: CellScene) -> [Span] {
        guard let first = row.tags.first else { return [Span("<none>", scene.look[.faint])] }
        let more = row.tags.count > 1 ? [Span(" +\(row.tags.count - 1)", scene.look[.faint])] : []
        return scene.found(first, .text) + more
    }

    private static let step = FilterField.Kind.bytes(step: 1000)

    private static func share(
        _ id: String, _ title: String, _ name: String, _ value: @escaping @Sendable (ImageShare) -> Int64
    ) -> ListColumn<Image> {
        ListColumn(
            id, title, name, step, ColumnRoom(8),
            value: { row, facts in facts.imageShares[row.id].map { .figure(value($0)) } ?? .nothing },
            cell: { row, scene in
                let share = scene.facts.imageShares[row.id]
                return scene.figure(share.map { Format.decimalBytes(Double(value($0))) } ?? "", .muted)
            }
        ).with {
            $0.dispensability = 5
            $0.needsContent = true
            $0.length = { row, facts in facts.imageShares[row.id] == nil ? 0 : 8 }
        }
    }

    private static var sizes: [ListColumn<Image>] {
        [
            ListColumn(
                "size", "SIZE", "Size, unpacked", step, ColumnRoom(8), value: { row, _ in .figure(row.size) },
                cell: { row, scene in scene.figure(Format.decimalBytes(Double(row.size)), .text) }),
            share("unique", "UNIQUE", "Size of what it alone has") { $0.unique },
            share("shared", "SHARED", "Size of what others have, too") { $0.shared }.hidden,
            ListColumn(
                "base", "STANDS ON", "The nearest image that it stands on", .text, ColumnRoom(12, most: 28, flex: 1),
                value: { row, facts in facts.imageShares[row.id]?.base.map { .text($0) } ?? .nothing },
                cell: { row, scene in scene.text(scene.facts.imageShares[row.id]?.base ?? "", .muted) }
            ).dispensable(6).hidden,
        ]
    }

    private static var making: [ListColumn<Image>] {
        [
            ListColumn(
                "layers", "LAYERS", "Layers", .number, ColumnRoom(7), value: { row, _ in .figure(row.layerCount) },
                cell: { row, scene in scene.figure("\(row.layerCount)", .muted) }
            ).dispensable(6),
            ListColumn(
                "platform", "PLATFORM", "Platform", .text, ColumnRoom(12),
                value: { row, _ in .text("\(row.os)/\(row.architecture)") },
                cell: { row, scene in scene.text("\(row.os)/\(row.architecture)", .faint) }
            ).dispensable(7),
            ListColumn(
                "used", "USED BY", "Containers that are made from it", names: ["used", "users"], .text,
                ColumnRoom(8, most: 30, flex: 1),
                value: { row, facts in facts.imageUsers[row.id].map { .texts($0) } ?? .nothing },
                cell: { row, scene in
                    scene.text(ImagesPane.users(scene.facts.imageUsers[row.id] ?? [], width: scene.width), .secondary)
                }
            ).with {
                $0.dispensability = 3
                $0.rises = false
                $0.order = { row, facts in .figure(facts.imageUsers[row.id]?.count ?? 0) }
                $0.length = { row, facts in facts.imageUsers[row.id]?.joined(separator: ", ").utf8.count ?? 0 }
            },
            ListColumn(
                "users", "USERS", "How many containers are made from it", names: ["containers"], .number, ColumnRoom(5),
                value: { row, facts in .figure(facts.imageUsers[row.id]?.count ?? 0) },
                cell: { row, scene in scene.figure("\(scene.facts.imageUsers[row.id]?.count ?? 0)", .secondary) }
            ).dispensable(3).hidden,
        ]
    }
}
