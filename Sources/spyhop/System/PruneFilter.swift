import Engine

/// The filters that prunes have: `until`, `label` and `label!`.
struct PruneFilter: Sendable {
    private let filters: FilterSet
    /// Before when things must have been made.
    let moment: Timestamp?

    /// Reads the options.
    /// - Throws: `EngineError` `.invalidArgument`.
    init(_ options: [String], now: Timestamp) throws {
        filters = try FilterSet(options, allowed: ["until", "label", "label!"])
        moment = try filters.values["until"]?.map { try TimeArgument.moment($0, for: "until", now: now) }.min()
    }

    /// Things are chosen by their labels.
    var hasLabels: Bool { filters.values["label"] != nil || filters.values["label!"] != nil }

    /// There is a moment before which things must have been made.
    var hasMoment: Bool { moment != nil }

    /// Whether something with these labels, made then, may go. What tells no time is of no time.
    func allows(_ labels: [String: String], _ createdAt: Timestamp?) -> Bool {
        guard filters.allowsLabels(labels), !filters.forbidsLabels(labels) else { return false }
        guard let moment, let createdAt else { return true }
        return createdAt < moment
    }
}
