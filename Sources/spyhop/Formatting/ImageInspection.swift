import Engine

/// An image as `inspect` shows it: docker's names.
enum ImageInspection {
    /// The whole object.
    static func value(_ details: ImageDetails) -> JSONValue {
        let image = details.image
        return [
            "Id": .string(image.id.digest),
            "RepoTags": .strings(image.tags),
            "RepoDigests": .strings(image.repoDigests),
            "Parent": "",
            "Comment": "",
            "Created": image.createdAt.map { .string($0.rfc3339) } ?? nil,
            "DockerVersion": "",
            "Author": .string(details.author ?? ""),
            "Architecture": .string(image.architecture),
            "Os": .string(image.os),
            "Size": .integer(image.size),
            "Config": [
                "User": .string(details.user),
                "Env": .strings(details.environment),
                "Cmd": .strings(details.command),
                "WorkingDir": .string(details.workingDirectory),
                "Entrypoint": .strings(details.entrypoint),
                "Labels": .map(image.labels),
                "StopSignal": .string(details.stopSignal ?? ""),
            ],
            "GraphDriver": ["Name": "overlay", "Data": .table([])],
            "RootFS": ["Type": "layers", "Layers": .strings(details.layers)],
            "Metadata": ["LastTagTime": "0001-01-01T00:00:00Z"],
        ]
    }
}
