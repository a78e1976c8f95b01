import Engine

/// Whose figure: what a graph is drawn of.
struct GraphSource: Sendable, Hashable {
    var subject: HistoryQuery.Subject
    var metric: HistoryQuery.Metric

    init(_ subject: HistoryQuery.Subject, _ metric: HistoryQuery.Metric) {
        self.subject = subject
        self.metric = metric
    }
}
