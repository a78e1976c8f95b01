/// That an alert was raised, or is over.
public struct AlertNews: Sendable, Hashable {
    /// Raised, or over.
    public var isRaised: Bool
    /// Which.
    public var alert: Alert

    /// Makes news.
    public init(isRaised: Bool, alert: Alert) {
        self.isRaised = isRaised
        self.alert = alert
    }
}
