import Engine
import Terminal

/// Looking into an image.
extension DashboardState {
    /// Nothing is read before the view is open; what was read goes when it is left.
    mutating func settleLayers() -> [Effect] {
        guard view == .layers || history.contains(.layers) else {
            guard layers.image != nil else { return [] }
            layers.close()
            return [.stopExploring]
        }
        guard view == .layers else { return [] }
        if layers.image == nil, let image = selectedImage { layers.open(image) }
        layers.layerScroll = ScrollMath.keeping(
            layers.layer, in: tableHeight(.layers), of: layers.layers.count, scroll: layers.layerScroll)
        layers.stepScroll = ScrollMath.keeping(
            layers.step, in: tableHeight(.layers), of: layers.steps.count, scroll: layers.stepScroll)
        layers.files.keepVisible(tableHeight(.files))
        guard let image = layers.image else { return [] }
        if case .idle = layers.phase {
            layers.phase = .loading
            return [.explore(image)]
        }
        return layers.wantFiles().map { [.prepareFiles($0)] } ?? []
    }

    mutating func receiveImages(_ message: Message) -> [Effect] {
        switch message {
        case .imageFiles(let id, let result):
            guard layers.image == id else { return [] }
            switch result {
            case .success(let files):
                layers.phase = .loaded(files)
                layers.select(layer: files.layers.layers.count - 1)
            case .failure(let error): layers.phase = .failed(error)
            }
        case .imageHistory(let id, let result):
            guard layers.image == id else { return [] }
            layers.history = result
            layers.select(layer: layers.layer)
        case .filesPrepared(let request, let prepared): layers.receive(request, prepared)
        case .shares(let result):
            // Nobody needs it so much that a failure is to be told.
            if case .success(let shares) = result { imageList.receive(shares) }
        case .imageTagged(let image, let name, let error):
            if let error {
                tell(.failure, words("cannot name \(image.name) \(name): \(error)"))
                return []
            }
            tell(.success, words("\(image.name) is \(name), too"))
            return [.loadImages]
        default: break
        }
        return []
    }

    /// The list of images is another one: the one that is looked into may be gone.
    mutating func noteImages() {
        guard let id = layers.image else { return }
        if let image = imageList.all.first(where: { $0.id == id }) { return layers.rename(image) }
        let name = layers.name
        history.removeAll { $0 == .layers }
        if view == .layers {
            view = .images
            focus = .images
            isZoomed = false
            if case .pane(.layers, _, _, _) = prompt?.purpose { prompt = nil }
        }
        tell(.information, words("\(name) is gone"))
    }

    mutating func actOnLayers(_ action: Action) -> [Effect]? {
        switch action {
        case .filesSum: layers.isSum.toggle()
        case .filesAdded: layers.files.toggle(.added)
        case .filesModified: layers.files.toggle(.modified)
        case .filesRemoved: layers.files.toggle(.removed)
        case .filesUnchanged: layers.files.toggle(.unchanged)
        case .nextChange: goToChange(1)
        case .previousChange: goToChange(-1)
        case .fold: layers.files.toggle(layers.files.index)
        case .foldAll: layers.files.toggleAll()
        default: return nil
        }
        return []
    }

    private mutating func goToChange(_ direction: Int) {
        focus = .files
        if !layers.files.goToChange(direction) {
            tell(.information, words("nothing else has changed in what is shown"))
        }
    }

    /// J and K scroll what is told of the layer.
    mutating func scrollSummary(_ step: Int) {
        guard let rect = layout.rect(of: .layers) else { return }
        let room = LayersPane.parts(self, rect).summary
        let count = LayerSummary.lines(self, width: room.width - 4).count
        let wanted = ScrollMath.moved(layers.summaryScroll, by: step)
        layers.summaryScroll = ScrollMath.clamp(wanted, height: max(1, room.height - 2), count: count)
    }
}
