import Engine

/// An image under one of its names as a line of `images`.
enum ImageRow {
    /// Docker's default columns; `withDigests` adds DIGEST.
    static func defaultTable(withDigests: Bool) -> String {
        "{{.Repository}}\t{{.Tag}}\t" + (withDigests ? "{{.Digest}}\t" : "") + "{{.ID}}\t{{.CreatedSince}}\t{{.Size}}"
    }

    /// The headings by field.
    static let headings: JSONValue = [
        "ID": "IMAGE ID", "Repository": "REPOSITORY", "Tag": "TAG", "Digest": "DIGEST", "CreatedSince": "CREATED",
        "CreatedAt": "CREATED AT", "Size": "SIZE", "Containers": "CONTAINERS", "SharedSize": "SHARED SIZE",
        "UniqueSize": "UNIQUE SIZE",
    ]

    /// The lines of one image: one a name, or one of `<none>` for a dangling one.
    static func rows(_ image: Image, now: Timestamp, truncate: Bool) -> [ListRow] {
        let names = image.tags.isEmpty ? [("<none>", "<none>")] : image.tags.map(split)
        return names.map { repository, tag in
            let since = image.createdAt.map { HumanDuration.text(now.since($0)) + " ago" } ?? "N/A"
            let value: JSONValue = [
                "Containers": "N/A",
                "CreatedAt": .string(image.createdAt.map(GoTime.text) ?? "N/A"),
                "CreatedSince": .string(since),
                "Digest": .string(image.digest.isEmpty ? "<none>" : image.digest),
                "ID": .string(truncate ? image.id.short : image.id.rawValue),
                "Repository": .string(repository),
                "SharedSize": "N/A",
                "Size": .string(HumanSize.decimal(UInt64(max(0, image.size)))),
                "Tag": .string(tag),
                "UniqueSize": "N/A",
            ]
            return ListRow(value: value, labels: image.labels)
        }
    }

    /// Repository and tag of a name; a colon before the last slash belongs to a registry's port.
    static func split(_ name: String) -> (String, String) {
        guard let colon = name.lastIndex(of: ":"), !name[colon...].contains("/") else { return (name, "<none>") }
        return (String(name[..<colon]), String(name[name.index(after: colon)...]))
    }
}
