/// The places a person has been to, and which of them is the present one: what back and forward go along.
struct PlaceTrail<Place: Sendable & Hashable>: Sendable, Hashable {
    private(set) var places: [Place]
    private(set) var index: Int

    /// Nobody goes further back.
    static var limit: Int { 100 }

    init(_ place: Place) {
        places = [place]
        index = 0
    }

    var current: Place { places[min(index, places.count - 1)] }
    var canGoBack: Bool { index > 0 }
    var canGoForward: Bool { index + 1 < places.count }

    /// The person has gone somewhere: what lay ahead is forgotten.
    mutating func go(_ place: Place) {
        guard place != current else { return }
        places.removeLast(places.count - 1 - index)
        places.append(place)
        if places.count > Self.limit { places.removeFirst(places.count - Self.limit) }
        index = places.count - 1
    }

    /// What is known of the present place has changed: it is no new one.
    mutating func refresh(_ place: Place) { places[min(index, places.count - 1)] = place }

    mutating func back() -> Place? {
        guard canGoBack else { return nil }
        index -= 1
        return current
    }

    mutating func forward() -> Place? {
        guard canGoForward else { return nil }
        index += 1
        return current
    }
}
