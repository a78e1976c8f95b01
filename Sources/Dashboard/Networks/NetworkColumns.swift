import Engine
import Terminal

extension Network: Listed {
    static let standardOrder = TableSettings.Order(column: "name")
    static let noun = "network"

    var searched: [String] {
        [name, spec.driver, id.short, bridge] + kind + spec.subnets.map { "\($0.prefix)" }
            + endpoints.flatMap { [$0.containerName] + $0.aliases }
    }

    var labels: [String: String] { spec.labels }

    func isIdle(_ facts: RowFacts) -> Bool { endpoints.isEmpty }

    /// What sets it apart, in words.
    var kind: [String] {
        (spec.isInternal ? [phrase("internal")] : []) + (spec.ipv6 ? [spec.ipv4 ? "IPv6" : phrase("IPv6 only")] : [])
    }

    /// Containers on it now.
    var members: Int { Set(endpoints.map(\.containerID)).count }

    private var subnets: String { spec.subnets.map { "\($0.prefix)" }.joined(separator: " ") }
    private var gateways: String { spec.subnets.compactMap(\.gateway).map { "\($0)" }.joined(separator: " ") }

    static let columns = ColumnSet<Network>(naming + addresses + traffic)

    private static func word(
        _ id: String, _ title: String, _ name: String, names: [String] = [], _ room: ColumnRoom,
        _ role: Role, _ text: @escaping @Sendable (Network) -> String
    ) -> ListColumn<Network> {
        ListColumn(
            id, title, name, names: names, .text, room,
            value: { row, _ in text(row).isEmpty ? .nothing : .text(text(row)) },
            cell: { row, scene in scene.text(text(row), role) })
    }

    private static var naming: [ListColumn<Network>] {
        [
            ListColumn(
                "name", "NETWORK", "Name", names: ["name", "network", "net"], .text, ColumnRoom(14, most: 30, flex: 3),
                value: { row, _ in .text(row.name) },
                cell: { row, scene in scene.text(row.name, row.isPredefined ? .muted : .text) }
            ).with {
                $0.length = { row, _ in row.name.utf8.count }
                // Those that people made come first.
                $0.order = { row, _ in .text((row.isPredefined ? "~" : "") + row.name) }
            },
            word("id", "ID", "Identifier", .init(12), .muted) { $0.id.short }.dispensable(7).hidden,
            word("driver", "DRIVER", "Driver", .init(7), .muted) { $0.spec.driver }.dispensable(5),
            word("bridge", "BRIDGE", "Bridge on the host", .init(12), .muted) { $0.bridge }.dispensable(7).hidden,
            .engine,
        ]
    }

    private static var addresses: [ListColumn<Network>] {
        [
            word("subnet", "SUBNET", "Subnets", .init(18, most: 40, flex: 2), .text) { $0.subnets }
                .with { $0.length = { row, _ in row.subnets.utf8.count } },
            word("gateway", "GATEWAY", "Gateways", .init(15), .muted) { $0.gateways }.dispensable(4),
            ListColumn(
                "marks", "KIND", "Kind", names: ["kind"], .text, ColumnRoom(8, most: 13),
                value: { row, _ in row.kind.isEmpty ? .nothing : .texts(row.kind) },
                cell: { row, scene in
                    scene.text(
                        row.kind.map { words(for: $0) }.joined(separator: " "), row.spec.isInternal ? .warning : .info)
                }
            ).dispensable(3),
            ListColumn(
                "endpoints", "ON IT", "Containers on it", names: ["members", "endpoints"], .number, ColumnRoom(6),
                value: { row, _ in .figure(row.members) },
                cell: { row, scene in scene.figure(row.members == 0 ? "" : "\(row.members)", .secondary) }),
            ListColumn(
                "who", "WHO", "Who is on it", names: ["who", "container"], .text, ColumnRoom(10, most: 30, flex: 1),
                value: { row, _ in
                    row.endpoints.isEmpty ? .nothing : .texts(row.endpoints.map(\.containerName))
                },
                cell: { row, scene in
                    let names = row.endpoints.map(\.containerName)
                    return scene.text(ImagesPane.users(names, width: scene.width), .secondary)
                }
            ).dispensable(6).hidden,
        ]
    }

    private static var traffic: [ListColumn<Network>] {
        func rate(
            _ id: String, _ title: String, _ name: String, _ asked: String, _ width: Int,
            _ value: @escaping @Sendable ((receive: Double, send: Double)) -> Double
        ) -> ListColumn<Network> {
            ListColumn(
                id, title, name, names: [asked], .bytes(step: 1000), ColumnRoom(width),
                value: { row, facts in .figure(facts.rates(on: row).map(value)) },
                cell: { row, scene in scene.facts.rates(on: row).map { scene.rate(value($0)) } ?? .text("") }
            ).with {
                $0.isFigure = true
                $0.dispensability = 2
            }
        }
        return [
            rate("receive", "NET IN", "Received by who is on it, a second", "in", 7) { $0.receive },
            rate("send", "NET OUT", "Sent by who is on it, a second", "out", 8) { $0.send },
            ListColumn(
                "created", "CREATED", "Created", names: ["age", "created"], .seconds, ColumnRoom(14),
                value: { row, facts in facts.age(of: row.createdAt) },
                cell: { row, scene in
                    scene.figure(row.isPredefined ? "" : ResourcePane.ago(row.createdAt, scene.facts.now), .muted)
                }
            ).with {
                $0.dispensability = 6
                $0.isFigure = true
                $0.order = { row, _ in .figure(row.createdAt.nanoseconds) }
            },
        ]
    }
}
