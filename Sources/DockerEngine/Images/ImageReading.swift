import Engine

/// Images as `/images/json` and `/images/NAME/json` tell them.
enum ImageReading {
    /// An entry of the list, which knows neither architecture nor layers.
    static func listed(_ node: JSONNode) -> Image? {
        guard let id = node["Id"]?.words else { return nil }
        return Image(
            id: ImageID(rawValue: ContainerReading.digest(id)), tags: tags(node),
            digest: digest(node) ?? "", createdAt: node["Created"]?.integer.map { Timestamp(seconds: $0) },
            size: node["Size"]?.integer ?? 0, architecture: "", os: "", layerCount: 0,
            labels: node["Labels"]?.texts ?? [:], repoDigests: repoDigests(node))
    }

    static func details(_ node: JSONNode) -> ImageDetails? {
        guard let id = node["Id"]?.words else { return nil }
        let layers = node["RootFS"]?["Layers"]?.strings ?? []
        let configuration = node["Config"] ?? .null
        let image = Image(
            id: ImageID(rawValue: ContainerReading.digest(id)), tags: tags(node), digest: digest(node) ?? "",
            createdAt: node["Created"]?.moment, size: node["Size"]?.integer ?? 0,
            architecture: node["Architecture"]?.string ?? "", os: node["Os"]?.string ?? "", layerCount: layers.count,
            labels: configuration["Labels"]?.texts ?? [:], repoDigests: repoDigests(node))
        return ImageDetails(
            image: image, entrypoint: words(configuration["Entrypoint"]), command: words(configuration["Cmd"]),
            environment: configuration["Env"]?.strings ?? [],
            workingDirectory: configuration["WorkingDir"]?.string ?? "", user: configuration["User"]?.string ?? "",
            stopSignal: configuration["StopSignal"]?.words, layers: layers, author: node["Author"]?.words)
    }

    private static func words(_ node: JSONNode?) -> [String] { node?.string.map { [$0] } ?? node?.strings ?? [] }

    private static func tags(_ node: JSONNode) -> [String] {
        (node["RepoTags"]?.strings ?? []).filter { !$0.isEmpty && $0 != "<none>:<none>" }
    }

    private static func repoDigests(_ node: JSONNode) -> [String] {
        (node["RepoDigests"]?.strings ?? []).filter { $0.contains("@") && !$0.hasPrefix("<none>") }
    }

    private static func digest(_ node: JSONNode) -> String? {
        repoDigests(node).first?.split(separator: "@").last.map(String.init)
    }

    static func history(_ node: JSONNode) -> ImageHistoryEntry {
        let id = node["Id"]?.words.flatMap { $0 == "<missing>" ? nil : ImageID(rawValue: ContainerReading.digest($0)) }
        return ImageHistoryEntry(
            imageID: id, createdAt: node["Created"]?.integer.map { Timestamp(seconds: $0) },
            createdBy: node["CreatedBy"]?.string ?? "", size: node["Size"]?.integer ?? 0,
            comment: node["Comment"]?.string ?? "", tags: node["Tags"]?.strings ?? [], layer: nil)
    }
}
