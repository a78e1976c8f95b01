import Engine

extension DashboardState {
    /// How long until the durations of what is under way want to be drawn anew; `nil` while nothing runs, or while the
    /// figures' pictures bring the time along each second anyway.
    func untilTick(_ moment: Timestamp) -> Duration? {
        guard settings.refresh > 1, !activity.running.isEmpty else { return nil }
        // A clock that was set back is waited for no longer than one that was not.
        return min(max(.zero, .seconds(1) - moment.since(now)), .seconds(1))
    }
}
