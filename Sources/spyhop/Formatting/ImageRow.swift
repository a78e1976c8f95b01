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

    /// The lines of one image: one a name, one a repository that knows it by digest alone, or one of `<none>` for an
    /// image that has neither.
    ///
    /// - Parameter withDigests: a name of which there are several digests has a line for each.
    static func rows(_ image: Image, now: Timestamp, truncate: Bool, withDigests: Bool = false) -> [ListRow] {
        let since = image.createdAt.map { HumanDuration.text(now.since($0)) + " ago" } ?? "N/A"
        return places(image, withDigests: withDigests).map { place in
            let value: JSONValue = [
                "Containers": "N/A",
                "CreatedAt": .string(image.createdAt.map(GoTime.text) ?? "N/A"),
                "CreatedSince": .string(since),
                "Digest": .string(place.digest),
                "ID": .string(truncate ? image.id.short : image.id.digest),
                "Repository": .string(place.repository),
                "SharedSize": "N/A",
                "Size": .string(HumanSize.decimal(UInt64(max(0, image.size)))),
                "Tag": .string(place.tag),
                "UniqueSize": "N/A",
            ]
            return ListRow(value: value, labels: image.labels)
        }
    }

    /// Docker's lines (cli, formatter/image.go).
    private static func places(
        _ image: Image, withDigests: Bool
    ) -> [(repository: String, tag: String, digest: String)] {
        let names = image.tags.map(split)
        var digests: [String: [String]] = [:]
        for text in image.repoDigests {
            let parts = text.split(separator: "@", maxSplits: 1).map(String.init)
            if parts.count == 2 { digests[parts[0], default: []].append(parts[1]) }
        }
        let known = { (repository: String) -> [String] in
            let all = digests[repository] ?? ["<none>"]
            return withDigests ? all : [all.count == 1 ? all[0] : "<none>"]
        }
        let tagged = names.flatMap { repository, tag in known(repository).map { (repository, tag, $0) } }
        let others = Set(digests.keys).subtracting(names.map(\.0)).sorted()
        let untagged = others.flatMap { repository in known(repository).map { (repository, "<none>", $0) } }
        let all = tagged + untagged
        return all.isEmpty ? [("<none>", "<none>", "<none>")] : all
    }

    /// Repository and tag of a name; a colon before the last slash belongs to a registry's port.
    static func split(_ name: String) -> (String, String) {
        guard let colon = name.lastIndex(of: ":"), !name[colon...].contains("/") else { return (name, "<none>") }
        return (String(name[..<colon]), String(name[name.index(after: colon)...]))
    }
}
