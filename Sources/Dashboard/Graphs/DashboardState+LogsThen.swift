import Engine

extension DashboardState {
    /// Opens the logs at what was written when the graphs' cursor stands.
    mutating func openLogs(at time: Timestamp) -> [Effect] {
        open(.logs)
        let wasOpen = !logs.window.lines.isEmpty
        var effects = settleLog(isShown: true)
        if wasOpen, effects.isEmpty { return logTo(time) }
        // The newest lines, which have just been asked for, are not what is wanted.
        logs.isFollowing = false
        logs.isLive = false
        logs.window.reachesEnd = false
        effects.append(.endErrand(.logs, slot: LogRequest.Part.Slot.live.rawValue))
        return effects + want(.around(time, count: LogState.pageLines))
    }
}
