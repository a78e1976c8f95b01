/// Which names mean what.
struct StageNames: Sendable, Hashable {
    /// All stages with a name; a name that is used twice means the last stage here.
    private var indexes: [String: Int] = [:]
    /// All indexes of a name, in order.
    private var places: [String: [Int]] = [:]
    /// Named contexts by their short names.
    private var contexts: [String: String] = [:]

    init(_ dockerfile: Dockerfile, contexts names: Set<String>) {
        for stage in dockerfile.stages {
            guard let name = stage.name else { continue }
            indexes[name] = stage.index
            places[name, default: []].append(stage.index)
        }
        for name in names.sorted() { contexts[ImageName.familiar(name)] = name }
    }

    /// The stage that `--from` means.
    func index(of name: String) -> Int? { indexes[name.lowercased()] }

    /// The stage that FROM means: the nearest before it. Upper case does not matter: no image's name has any.
    func base(_ name: String, before index: Int) -> Int? {
        guard let places = places[name.lowercased()] else { return nil }
        var low = 0
        var high = places.count
        while low < high {
            let middle = (low + high) / 2
            if places[middle] < index { low = middle + 1 } else { high = middle }
        }
        return low > 0 ? places[low - 1] : nil
    }

    /// The named context that stands in for a stage or an image; one of its platform alone comes first.
    func context(of name: String, platform: String) -> String? {
        guard !["scratch", "context"].contains(name.lowercased()) else { return nil }
        let familiar = ImageName.familiar(name)
        return contexts["\(familiar)::\(platform)"] ?? contexts[familiar]
    }
}
