/// One image in the `manifest.json` of a docker archive (moby, image/tarexport).
struct DockerArchiveEntry: Codable, Sendable {
    var config: String
    var repoTags: [String]?
    var layers: [String]?

    enum CodingKeys: String, CodingKey {
        case config = "Config"
        case repoTags = "RepoTags"
        case layers = "Layers"
    }
}
