import Engine

/// A repository that was found, as a line of `search`.
enum FoundRow {
    /// Docker's default columns.
    static let defaultTable = "{{.Name}}\t{{.Description}}\t{{.StarCount}}\t{{.IsOfficial}}"

    /// The headings by field.
    static let headings: JSONValue = [
        "Name": "NAME", "Description": "DESCRIPTION", "StarCount": "STARS", "IsOfficial": "OFFICIAL",
        "IsAutomated": "AUTOMATED",
    ]

    /// The fields of a repository.
    static func row(_ found: FoundRepository, truncate: Bool) -> ListRow {
        // A description is one line here, whatever its author made of it.
        let words = found.description.split(whereSeparator: \.isNewline).joined(separator: " ")
        let description = GoText.harmless(words)
        let value: JSONValue = [
            "Description": .string(truncate ? GoText.ellipsis(description, 45) : description),
            "IsAutomated": .string(found.isAutomated ? "[OK]" : ""),
            "IsOfficial": .string(found.isOfficial ? "[OK]" : ""),
            "Name": .string(GoText.harmless(found.name)),
            "StarCount": .string(String(found.stars)),
        ]
        return ListRow(value: value)
    }
}
