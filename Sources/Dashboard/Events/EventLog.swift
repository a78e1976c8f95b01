import Engine

/// The engine's newest events, bounded, and what of them is on the screen.
struct EventLog: Sendable {
    /// So many are kept.
    static let limit = 5_000

    private(set) var all: [Event] = []
    /// Events that were let go of because there were more.
    private(set) var dropped = 0
    /// Places in `all` that the filter leaves, oldest first.
    private(set) var shown: [Int] = []
    private(set) var types = Set(Event.ObjectType.allCases)
    private(set) var filter = ""
    private(set) var index = 0
    /// The newest event stays the chosen one.
    private(set) var isFollowing = true
    var scroll = 0

    var selected: Event? { shown.indices.contains(index) ? all[shown[index]] : nil }

    /// Events that have just happened.
    mutating func append(_ events: [Event]) {
        guard !events.isEmpty else { return }
        all += events
        trim()
        arrange()
    }

    /// Older events, read from where the engine keeps them; what is here already is not taken twice.
    mutating func prepend(_ older: [Event]) {
        let known = Set(all)
        let chosen = selected
        all = older.filter { !known.contains($0) } + all
        trim()
        arrange(keeping: chosen)
    }

    private mutating func trim() {
        guard all.count > Self.limit else { return }
        let surplus = all.count - Self.limit
        all.removeFirst(surplus)
        dropped += surplus
    }

    mutating func setFilter(_ text: String) {
        let chosen = selected
        filter = text
        arrange(keeping: chosen)
    }

    /// Shows one kind alone, the next time the next one, and then all again.
    mutating func stepType() {
        let kinds = Event.ObjectType.allCases
        let chosen = selected
        if types.count == kinds.count {
            types = [kinds[0]]
        } else if let only = types.first, let place = kinds.firstIndex(of: only), place + 1 < kinds.count {
            types = [kinds[place + 1]]
        } else {
            types = Set(kinds)
        }
        arrange(keeping: chosen)
    }

    /// The one kind that is shown; `nil` for all.
    var onlyType: Event.ObjectType? { types.count == 1 ? types.first : nil }

    private mutating func arrange(keeping chosen: Event? = nil) {
        let chosen = chosen ?? (isFollowing ? nil : selected)
        let phrases = filter.lowercased().split(separator: " ").map(String.init)
        shown = all.indices.filter { types.contains(all[$0].type) && Self.fits(all[$0], phrases) }
        if isFollowing {
            index = max(0, shown.count - 1)
        } else if let chosen, let place = shown.firstIndex(where: { all[$0] == chosen }) {
            index = place
        }
        index = min(index, max(0, shown.count - 1))
    }

    /// Every word must be in it; one behind `!` must not.
    private static func fits(_ event: Event, _ phrases: [String]) -> Bool {
        guard !phrases.isEmpty else { return true }
        let attributes = event.attributes.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
        let text = "\(event.type.rawValue) \(event.action) \(event.actorID) \(attributes)".lowercased()
        return phrases.allSatisfy { word in
            word.hasPrefix("!") ? word.count == 1 || !text.contains(word.dropFirst()) : text.contains(word)
        }
    }

    // MARK: Moving

    mutating func select(_ wanted: Int) {
        index = min(max(0, wanted), max(0, shown.count - 1))
        isFollowing = index == shown.count - 1
    }

    mutating func move(_ step: Int) {
        select(ScrollMath.moved(index, by: step))
    }

    mutating func keepVisible(_ height: Int) {
        scroll = ScrollMath.keeping(index, in: height, of: shown.count, scroll: scroll)
    }
}

extension Event {
    /// Whom it happened to, as a person knows it.
    var who: String {
        if let name = attributes["name"], !name.isEmpty { return name }
        let id = actorID.hasPrefix("sha256:") ? String(actorID.dropFirst(7)) : actorID
        return id.utf8.count == 64 ? String(id.prefix(12)) : id
    }

    /// What else is worth a place in its line.
    var remark: String {
        var phrases: [String] = []
        if let code = attributes["exitCode"] { phrases.append(words("exit code \(code)")) }
        if let signal = attributes["signal"] { phrases.append(words("signal \(signal)")) }
        if let old = attributes["oldName"] { phrases.append(words("was \(old)")) }
        if let container = attributes["container"], type != .container { phrases.append(String(container.prefix(12))) }
        if type == .container, let image = attributes["image"] { phrases.append(image) }
        return phrases.joined(separator: ", ")
    }
}
