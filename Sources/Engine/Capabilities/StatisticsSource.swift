/// Live figures and their history.
public protocol StatisticsSource: Sendable {
    var hostFacts: HostFacts { get }
    /// Rounds of figures; a reader that is late gets the newest and misses the ones between.
    func frames() -> AsyncStream<StatisticsFrame>
    /// Kept values from the oldest to the newest, evenly spaced over the span and at most `query.points`;
    /// `nil` where nothing was measured.
    func history(_ query: HistoryQuery) -> [Double?]
}
