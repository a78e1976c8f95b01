import Engine

/// The outcome of the last thing done, told in the footer.
struct Notice: Sendable, Hashable {
    enum Kind: Sendable, Hashable {
        case success, failure, information
    }

    var kind: Kind
    var text: String
    var since: Timestamp

    /// Failures stay longer: they must be read.
    func isOver(at now: Timestamp) -> Bool { Format.age(of: since, now: now) >= (kind == .failure ? 60 : 12) }
}
