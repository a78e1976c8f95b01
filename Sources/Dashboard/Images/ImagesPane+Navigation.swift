import Engine

/// What navigation needs to know of the images.
extension ImagesPane {
    static let changing: Set<Action> = [.pull, .push, .tag, .run, .remove, .prune, .create]

    static func obstacle(_ action: Action, _ state: DashboardState) -> String? {
        guard state.focus == pane else { return nil }
        switch action {
        case .tag, .push, .remove, .users, .open:
            return state.selectedImage == nil ? words("no image is selected") : nil
        case .run, .create: return state.canRun ? nil : words("this dashboard has no way to it")
        case .transfers: return state.transfers.all.isEmpty ? words("nothing was pulled or pushed yet") : nil
        default: return nil
        }
    }

    static func copies(_ state: DashboardState) -> [Copyable] {
        guard let image = state.selectedImage else { return [] }
        return [
            Copyable(words("name"), image.tags.first ?? ""), Copyable(words("identifier"), image.id.rawValue),
            Copyable(words("digest"), image.digest),
            Copyable(words("all names"), image.tags.count > 1 ? image.tags.joined(separator: "\n") : ""),
            Copyable(words("run command"), CommandSpelling.line(["run", "-d", image.tags.first ?? image.id.short])),
        ]
    }

    static func sentence(_ state: DashboardState) -> Sentence? {
        guard let image = state.selectedImage else { return Sentence(words("there is no image here")) }
        let used = state.imageList.users[image.id]?.count ?? 0
        let marks = state.imageList.marks.contains(image.id) ? words("marked") : ""
        let parts = [
            image.name, marks, Format.decimalBytes(Double(image.size)),
            Format.count(image.layerCount, "layer"),
            used > 0 ? words("used by \(Format.count(used, "container"))") : words("unused"),
            words("\(state.imageList.index + 1) of \(state.imageList.rows.count)"),
        ]
        return Sentence(parts.filter { !$0.isEmpty }.joined(separator: ", "), key: "\(image.id.rawValue) \(marks)")
    }
}
