import Engine

/// A container's usage as a line of `stats`.
enum StatisticsRow {
    /// Docker's columns.
    static let defaultTable =
        "{{.ID}}\t{{.Name}}\t{{.CPUPerc}}\t{{.MemUsage}}\t{{.MemPerc}}\t{{.NetIO}}\t{{.BlockIO}}\t{{.PIDs}}"

    /// The headings by field.
    static let headings: JSONValue = [
        "Container": "CONTAINER", "ID": "CONTAINER ID", "Name": "NAME", "CPUPerc": "CPU %",
        "MemUsage": "MEM USAGE / LIMIT", "MemPerc": "MEM %", "NetIO": "NET I/O", "BlockIO": "BLOCK I/O",
        "PIDs": "PIDS",
    ]

    /// The fields. As in docker a container that does not run shows noughts, one that is not measured yet shows dashes.
    /// - Parameter reference: the container as the person named it, for `.Container`.
    static func row(
        _ container: Container, _ usage: Usage?, truncate: Bool, reference: String? = nil
    ) -> ListRow {
        let usage = usage ?? (container.state.isAlive ? nil : Usage(time: Timestamp(nanoseconds: 0)))
        func figures(_ text: (Usage) -> String) -> JSONValue { .string(usage.map(text) ?? "--") }
        func pair(_ text: (Usage) -> (String, String)) -> JSONValue {
            let (left, right) = usage.map(text) ?? ("--", "--")
            return .string("\(left) / \(right)")
        }
        return ListRow(
            value: [
                "BlockIO": pair { (HumanSize.decimal($0.readTotal), HumanSize.decimal($0.writtenTotal)) },
                "CPUPerc": figures { FixedPoint.text($0.cpu, decimals: 2) + "%" },
                "Container": .string(reference ?? container.id.short),
                "ID": .string(truncate ? container.id.short : container.id.rawValue),
                "MemPerc": figures { FixedPoint.text($0.memoryPercent, decimals: 2) + "%" },
                "MemUsage": pair { (HumanSize.binary($0.memory), HumanSize.binary($0.memoryLimit)) },
                "Name": .string(container.name),
                "NetIO": pair { (HumanSize.decimal($0.receivedTotal), HumanSize.decimal($0.sentTotal)) },
                "PIDs": figures { String($0.pids) },
            ], labels: container.labels)
    }
}
