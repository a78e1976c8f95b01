/// What is looked for in a registry (`docker search`).
public struct RegistrySearch: Sendable, Hashable {
    /// The words; a registry before them, as in `localhost:5000/web`, asks that one instead of Docker Hub.
    public var term: String
    /// At most this many.
    public var limit: Int
    /// At least as many stars.
    public var minimumStars: Int?
    /// Only those that are, or are not, official.
    public var isOfficial: Bool?
    /// Only those that are, or are not, built automatically.
    public var isAutomated: Bool?

    /// Makes a search.
    public init(
        term: String, limit: Int = 25, minimumStars: Int? = nil, isOfficial: Bool? = nil, isAutomated: Bool? = nil
    ) {
        self.term = term
        self.limit = limit
        self.minimumStars = minimumStars
        self.isOfficial = isOfficial
        self.isAutomated = isAutomated
    }
}

/// A repository that a search has found.
public struct FoundRepository: Sendable, Hashable, Codable {
    /// Its name as `pull` takes it.
    public var name: String
    /// What its owner says of it; may be empty.
    public var description: String
    /// How many people have starred it.
    public var stars: Int
    /// One of Docker Hub's official images.
    public var isOfficial: Bool
    /// Built automatically from a source repository.
    public var isAutomated: Bool

    /// Makes a line.
    public init(name: String, description: String, stars: Int, isOfficial: Bool, isAutomated: Bool) {
        self.name = name
        self.description = description
        self.stars = stars
        self.isOfficial = isOfficial
        self.isAutomated = isAutomated
    }
}
