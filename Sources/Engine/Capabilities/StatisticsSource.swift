/// Live figures and their history.
public protocol StatisticsSource: Sendable {
    var hostFacts: HostFacts { get }
    /// Rounds of figures; a reader that is late gets the newest and misses the ones between.
    func frames() -> AsyncStream<StatisticsFrame>
    /// Kept values from the oldest to the newest, evenly spaced over the span and at most `query.points`;
    /// `nil` where nothing was measured.
    func history(_ query: HistoryQuery) -> [Double?]
    /// The answers to several questions, in their order; cheaper than one by one where they are about the same span.
    func histories(_ queries: [HistoryQuery]) -> [[Double?]]
    /// Of these containers, from the next round on, also figures that cost more: single cores, kernel memory.
    func watchDetails(of containers: Set<ContainerID>)
}

extension StatisticsSource {
    /// One after the other.
    public func histories(_ queries: [HistoryQuery]) -> [[Double?]] { queries.map(history) }

    /// A source that always tells all it knows.
    public func watchDetails(of containers: Set<ContainerID>) {}
}
