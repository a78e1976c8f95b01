import Engine

/// A volume as a line of `volume ls` and of `system df -v`.
enum VolumeRow {
    /// Docker's default columns.
    static let defaultTable = "{{.Driver}}\t{{.Name}}"
    /// Docker's columns of `system df -v`.
    static let usageTable = "{{.Name}}\t{{.Links}}\t{{.Size}}"

    /// The headings by field.
    static let headings: JSONValue = [
        "Driver": "DRIVER", "Name": "VOLUME NAME", "Scope": "SCOPE", "Mountpoint": "MOUNTPOINT", "Labels": "LABELS",
        "Links": "LINKS", "Size": "SIZE", "Availability": "AVAILABILITY", "Group": "GROUP", "Status": "STATUS",
    ]

    /// The fields of `volume`; its links are told only where sizes are, as docker does.
    static func row(_ volume: Volume, withUsage: Bool = false) -> ListRow {
        let labels = volume.labels.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        let value: JSONValue = [
            "Availability": "N/A",
            "Driver": .string(volume.driver),
            "Group": "N/A",
            "Labels": .string(GoText.harmless(labels.joined(separator: ","))),
            "Links": .string(withUsage || volume.size != nil ? String(volume.users.count) : "N/A"),
            "Mountpoint": .string(volume.mountpoint),
            "Name": .string(volume.name),
            "Scope": "local",
            "Size": .string(volume.size.map { HumanSize.decimal(UInt64(max(0, $0))) } ?? "N/A"),
            "Status": "N/A",
        ]
        return ListRow(value: value, labels: volume.labels)
    }
}
