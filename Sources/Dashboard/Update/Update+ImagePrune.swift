import Engine

extension DashboardState {
    /// As `image prune` does, those without a name alone; or all that no container is made from, as with `--all`.
    mutating func askPruneImages() {
        guard !refuseIfReadOnly(words("remove images")) else { return }
        let unused = imageList.all.filter { imageList.users[$0.id] == nil }
        guard !unused.isEmpty else {
            return tell(
                .information,
                imageList.all.isEmpty ? words("there is no image") : words("every image has a container made from it"))
        }
        let dangling = unused.filter(\.tags.isEmpty)
        func item(_ images: [Image], _ label: String) -> ChoiceDialog.Item {
            let size = Format.decimalBytes(images.reduce(0) { $0 + Double($1.size) })
            return ChoiceDialog.Item(
                label: label, note: words("at most \(size)"), choice: .pruneImages(images.map(\.id)), isDangerous: true)
        }
        var items = [ChoiceDialog.Item(label: words("Cancel"), choice: .cancel)]
        if !dangling.isEmpty { items.append(item(dangling, words("Remove \(dangling.count) without a name"))) }
        if dangling.count < unused.count { items.append(item(unused, words("Remove all \(unused.count) unused"))) }
        var text: [String] = []
        if !dangling.isEmpty {
            text.append("\(words("Without a name:")) " + dangling.map(\.id.short).joined(separator: ", "))
        }
        let named = unused.filter { !$0.tags.isEmpty }
        if !named.isEmpty { text.append("\(words("Unused:")) " + named.flatMap(\.tags).joined(separator: ", ")) }
        dialog = ChoiceDialog(
            kind: .list, title: words("Remove images that no container is made from?"), text: text, items: items)
    }
}
