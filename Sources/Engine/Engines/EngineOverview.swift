/// An engine that is one of several, or several at once: it tells which there are and how they are doing.
public protocol EngineOverview: Sendable {
    /// All of them now, in the order in which they are shown.
    func engineStatuses() -> [EngineStatus]
    /// All of them again whenever one has changed, the present state first; a late reader gets the newest alone.
    func engineNews() -> AsyncStream<[EngineStatus]>
    /// From now on only this one's things are listed and told of, and what is made is made in it; `nil` is all of them.
    func chooseEngine(_ name: String?)
}

extension EngineOverview {
    /// One engine is always chosen.
    public func chooseEngine(_ name: String?) {}
}
