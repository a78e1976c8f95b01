import Engine

/// A step of an image as a line of `history`, by docker's names.
enum HistoryRow {
    /// Docker shows no age before this moment, 2000-01-01: images without a time have all sorts of them.
    private static let epoch = Timestamp(seconds: 946_684_800)

    /// Docker's default columns.
    static func defaultTable(human: Bool) -> String {
        "{{.ID}}\t" + (human ? "{{.CreatedSince}}" : "{{.CreatedAt}}") + "\t{{.CreatedBy}}\t{{.Size}}\t{{.Comment}}"
    }

    /// The headings by field.
    static let headings: JSONValue = [
        "ID": "IMAGE", "CreatedSince": "CREATED", "CreatedAt": "CREATED AT", "CreatedBy": "CREATED BY",
        "Size": "SIZE", "Comment": "COMMENT",
    ]

    /// The fields of one step.
    static func row(_ entry: ImageHistoryEntry, now: Timestamp, truncate: Bool, human: Bool) -> ListRow {
        let created = Timestamp(seconds: entry.createdAt?.seconds ?? 0)
        // Docker keeps whole seconds.
        let createdAt = created.rfc3339.prefix(19) + "Z"
        let createdBy = ExploringText.line(entry.createdBy)
        var since = createdAt
        if human { since = created <= epoch ? "" : HumanDuration.text(now.since(created)) + " ago" }
        return ListRow(value: [
            "Comment": .string(ExploringText.line(entry.comment)),
            "CreatedAt": .string(String(createdAt)),
            "CreatedBy": .string(truncate ? GoText.ellipsis(createdBy, 45) : createdBy),
            "CreatedSince": .string(String(since)),
            "ID": .string(entry.imageID.map { truncate ? $0.short : $0.rawValue } ?? "<missing>"),
            "Size": .string(human ? ExploringText.size(entry.size) : String(entry.size)),
        ])
    }
}
