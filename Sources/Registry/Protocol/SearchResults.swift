/// What docker's search of old answers.
struct SearchResults: Decodable {
    struct Entry: Decodable {
        let name: String?
        let description: String?
        let stars: Int?
        let isOfficial: Bool?
        let isAutomated: Bool?

        enum CodingKeys: String, CodingKey {
            case name, description
            case stars = "star_count"
            case isOfficial = "is_official"
            case isAutomated = "is_automated"
        }
    }

    let results: [Entry]?
}
