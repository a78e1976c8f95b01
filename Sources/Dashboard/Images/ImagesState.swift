import Engine

/// The images, which of them are shown in which order, and what is marked.
struct ImagesState: Sendable {
    var all: [Image] = []
    private(set) var rows: [Image] = []
    var isLoaded = false
    var failure: String?
    var filter = RowFilter("")
    var sort = ImageSort()
    var selected: ImageID?
    private(set) var index = 0
    var scroll = 0
    var marks: Set<ImageID> = []
    var details: [ImageID: Result<ImageDetails, EngineError>] = [:]
    /// Its details have been asked for.
    var awaited: ImageID?
    /// How many containers were made from each, and their names.
    private(set) var usedBy: [ImageID: Int] = [:]
    private(set) var users: [ImageID: [String]] = [:]
    /// What each has in common with others, as far as it is known.
    var shares: [ImageID: ImageShare] = [:]
    /// The shares are to be found out again.
    var awaitsShares = true
    /// The first line of the details on the screen.
    var detailScroll = 0

    mutating func replace(_ images: [Image]) {
        all = images
        isLoaded = true
        failure = nil
        let present = Set(images.map(\.id))
        marks.formIntersection(present)
        details = details.filter { present.contains($0.key) }
        shares = shares.filter { present.contains($0.key) }
        awaitsShares = true
        arrange()
    }

    mutating func count(_ containers: [Container]) {
        var names: [ImageID: [String]] = [:]
        for container in containers { names[container.imageID, default: []].append(container.name) }
        for id in names.keys { names[id]?.sort { NaturalOrder($0) < NaturalOrder($1) } }
        guard names != users else { return }
        users = names
        usedBy = names.mapValues(\.count)
        arrange()
    }

    mutating func arrange() {
        let shown = filter.isEmpty ? all : all.filter { filter.matches($0.tags + [$0.id.short], labels: $0.labels) }
        rows = sort.sorted(shown, usedBy: usedBy)
        if let selected, let place = rows.firstIndex(where: { $0.id == selected }) {
            index = place
        } else {
            index = min(max(0, index), max(0, rows.count - 1))
            selected = rows.indices.contains(index) ? rows[index].id : nil
            detailScroll = 0
        }
    }

    mutating func select(_ place: Int) {
        guard !rows.isEmpty else { return }
        index = min(max(0, place), rows.count - 1)
        if selected != rows[index].id { detailScroll = 0 }
        selected = rows[index].id
    }

    mutating func select(_ id: ImageID) {
        if let place = rows.firstIndex(where: { $0.id == id }) { select(place) }
    }

    mutating func keepVisible(_ height: Int) {
        scroll = ScrollMath.keeping(index, in: height, of: rows.count, scroll: scroll)
    }

    var targets: [Image] {
        if !marks.isEmpty { return all.filter { marks.contains($0.id) } }
        return all.filter { $0.id == selected }
    }

    /// The name an image is called by: its first tag, else its identifier.
    static func name(of image: Image) -> String { image.tags.first ?? image.id.short }
}
