import Engine

/// The image that is looked into: its layers, its history, and the files of the chosen layer.
struct LayersState: Sendable {
    enum Tab: String, Sendable, Hashable, CaseIterable {
        case layers, history

        var title: String { self == .layers ? words("Layers") : words("History") }
    }

    /// How far reading the image has come.
    enum Phase: Sendable {
        case idle
        case loading
        case loaded(ImageFiles)
        case failed(EngineError)
    }

    private(set) var image: ImageID?
    private(set) var name = ""
    var phase = Phase.idle
    var history: Result<[ImageHistoryEntry], EngineError>?
    var tab = Tab.layers
    private(set) var layer = 0
    var layerScroll = 0
    private(set) var step = 0
    var stepScroll = 0
    /// The first line of what is told of the image.
    var summaryScroll = 0
    var isSum = false
    var filter = ""
    var files = FileRows()
    /// The tree that is on the screen, and what it is of.
    private(set) var prepared: PreparedFiles?
    private(set) var preparedFor: FilesRequest?
    /// The tree that was asked for last.
    private(set) var awaited: FilesRequest?

    var loaded: ImageFiles? { if case .loaded(let files) = phase { files } else { nil } }
    var layers: [ImageLayer] { loaded?.layers.layers ?? [] }
    var steps: [ImageHistoryEntry] { (try? history?.get()) ?? [] }
    /// The line of a Dockerfile that made each layer, by diff identifier, as far as the history tells it.
    var linePlaces: [String: String] {
        Dictionary(
            steps.compactMap { step in
                step.layer.flatMap { layer in Instruction.place(step.comment).map { (layer, $0) } }
            }, uniquingKeysWith: { first, _ in first })
    }
    /// What is on the screen is not yet what was asked for.
    var isPreparing: Bool { awaited != nil }

    /// Looks into another image.
    mutating func open(_ image: Image) {
        guard image.id != self.image else { return }
        let shown = files.shown
        self = LayersState()
        files = FileRows(shown: shown)
        self.image = image.id
        name = ImagesState.name(of: image)
    }

    mutating func close() { self = LayersState() }

    mutating func rename(_ image: Image) { name = ImagesState.name(of: image) }

    // MARK: Choosing

    mutating func select(layer wanted: Int) {
        layer = min(max(0, wanted), max(0, layers.count - 1))
        guard let id = layers.indices.contains(layer) ? layers[layer].diffID : nil else { return }
        if let place = steps.firstIndex(where: { $0.layer == id }) { step = place }
    }

    mutating func select(step wanted: Int) {
        step = min(max(0, wanted), max(0, steps.count - 1))
        guard steps.indices.contains(step), let id = steps[step].layer else { return }
        if let place = layers.firstIndex(where: { $0.diffID == id }) { layer = place }
    }

    mutating func move(_ count: Int) {
        let wanted = ScrollMath.moved(tab == .layers ? layer : step, by: count)
        if tab == .layers { select(layer: wanted) } else { select(step: wanted) }
    }

    mutating func stepTab(_ direction: Int) {
        let all = Tab.allCases
        guard let index = all.firstIndex(of: tab) else { return }
        tab = all[((index + direction) % all.count + all.count) % all.count]
    }

    // MARK: The tree

    /// What is to be prepared now; `nil` when it is here or on its way.
    mutating func wantFiles() -> FilesRequest? {
        guard let loaded, !layers.isEmpty else { return nil }
        var wanted = FilesRequest(files: loaded, layer: layer, isSum: isSum, filter: filter)
        if let awaited, awaited.hasSameTree(as: wanted), awaited.filter == filter { return nil }
        if let preparedFor, preparedFor.hasSameTree(as: wanted) {
            if preparedFor.filter == filter {
                // Back where it was before the answer came.
                awaited = nil
                return nil
            }
            wanted.known = prepared
        }
        awaited = wanted
        return wanted
    }

    /// An answer to anything but the last question is dropped.
    mutating func receive(_ request: FilesRequest, _ answer: PreparedFiles) {
        guard request == awaited else { return }
        awaited = nil
        prepared = answer
        preparedFor = request
        preparedFor?.known = nil
        files.replace(answer.tree, matches: answer.matches)
    }
}
