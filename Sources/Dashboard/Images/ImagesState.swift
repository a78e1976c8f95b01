import Engine

/// The images: their table, and what is known of each beside it.
struct ImagesState: Sendable {
    var table = Listing<Image>()
    var details: [ImageID: Result<ImageDetails, EngineError>] = [:]
    /// Its details have been asked for.
    var awaited: ImageID?
    /// The shares are to be found out again.
    var awaitsShares = true

    var all: [Image] { table.all }
    /// What the table shows, in its order.
    var rows: ListedRows<Image> { table.rows }
    var selected: ImageID? { table.selectedID }
    var index: Int { table.index }
    var targets: [Image] { table.targets }
    var isLoaded: Bool { table.isLoaded }
    var marks: Set<ImageID> {
        get { table.marks }
        set { table.marks = newValue }
    }

    /// Names of the containers that are made from each.
    var users: [ImageID: [String]] { table.facts.imageUsers }
    /// What each has in common with others, as far as it is known.
    var shares: [ImageID: ImageShare] { table.facts.imageShares }

    /// The whole list, loaded anew, or why it is not there.
    mutating func receive(_ result: Result<[Image], EngineError>) {
        table.receive(result)
        guard case .success = result else { return }
        details = details.filter { table[$0.key] != nil }
        let kept = shares.filter { table[$0.key] != nil }
        if kept.count < shares.count { table.learn { $0.imageShares = kept } }
        awaitsShares = true
    }

    mutating func receive(_ shares: [ImageID: ImageShare]) { table.learn { $0.imageShares = shares } }

    /// Who is made from what.
    mutating func count(_ containers: [Container]) {
        var names: [ImageID: [String]] = [:]
        for container in containers { names[container.imageID, default: []].append(container.name) }
        for id in names.keys { names[id]?.sort { NaturalOrder($0) < NaturalOrder($1) } }
        guard names != users else { return }
        table.learn { $0.imageUsers = names }
    }

    mutating func select(_ place: Int) { table.select(place) }

    mutating func select(_ id: ImageID) { table.select(id) }

    /// The name an image is called by: its first tag, else its identifier.
    static func name(of image: Image) -> String { image.name }
}
