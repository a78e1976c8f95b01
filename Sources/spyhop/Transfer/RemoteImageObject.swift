import Engine

/// An image in a registry as `inspect --remote` shows it: what `inspect` tells of one that is here, as far as a registry
/// knows it, and what only a registry knows.
enum RemoteImageObject {
    /// The whole object. `Size` is that of the layers as they would come over the network.
    static func value(_ image: RemoteImage) -> JSONValue {
        let repository = ImageRow.split(image.reference.prefix { $0 != "@" }.description).0
        var members: [JSONValue.Member] = []
        func add(_ key: String, _ value: JSONValue) { members.append(.init(key: key, value: value)) }
        add("Id", .string(image.details?.image.id.rawValue ?? ""))
        add("RepoTags", image.reference.contains("@") ? .array([]) : .strings([image.reference]))
        add("RepoDigests", .strings(["\(repository)@\(image.digest)"]))
        if let details = image.details {
            let known = ImageInspection.value(details).members ?? []
            members += known.filter { Self.kept.contains($0.key) }
        }
        add("Digest", .string(image.digest))
        add("MediaType", .string(image.mediaType))
        add("Layers", .array(image.layers.map(layer)))
        add("Platforms", .array(image.platforms.map { entry($0, isReferrer: false) }))
        add("Referrers", .array(image.referrers.map { entry($0, isReferrer: true) }))
        return .object(members)
    }

    /// Of an image that is here, what is not about its being here.
    private static let kept: Set<String> = [
        "Comment", "Created", "Author", "Architecture", "Variant", "Os", "Size", "Config", "RootFS",
    ]

    private static func layer(_ layer: RemoteImage.Layer) -> JSONValue {
        ["Digest": .string(layer.digest), "Size": .integer(layer.size), "MediaType": .string(layer.mediaType)]
    }

    private static func entry(_ entry: RemoteImage.Entry, isReferrer: Bool) -> JSONValue {
        [
            "Digest": .string(entry.digest), "Size": .integer(entry.size), "MediaType": .string(entry.mediaType),
            isReferrer ? "ArtifactType" : "Platform":
                .string((isReferrer ? entry.artifactType : entry.platform) ?? ""),
        ]
    }
}
