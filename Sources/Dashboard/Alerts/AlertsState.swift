import Engine

/// Who alerts, and what has been done about it.
struct AlertsState: PaneState {
    var book = AlertBook()
    /// The row that is chosen, and the first on the screen.
    var selected = 0
    var scroll = 0
    /// Commands under way.
    var running = 0
    /// Notifications of the last minute.
    private var notified: [Timestamp] = []

    init() {}

    /// More than so many commands at once would be a burden of their own.
    static let mostCommands = 4
    private static let mostNotifications = 10

    /// Whether one more notification within a minute is not one too many.
    mutating func mayNotify(at now: Timestamp) -> Bool {
        notified.removeAll { now.since($0) > .seconds(60) || $0 > now }
        guard notified.count < Self.mostNotifications else { return false }
        notified.append(now)
        return true
    }
}

extension DashboardState {
    var alerts: AlertsState {
        get { self[AlertsPane.self] }
        _modify { yield &self[AlertsPane.self] }
    }

    /// Whether an alert that is raised colours the container's row.
    func isAlerting(_ id: ContainerID) -> Bool { alertingContainers.contains(.container(id)) }

    /// Who is to be shown in another colour.
    var alertingContainers: Set<AlertSubject> { alerts.book.colored }
}
