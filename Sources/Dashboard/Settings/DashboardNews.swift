/// What the executable has to say while the dashboard runs.
public enum DashboardNews: Sendable {
    /// The configuration was read again and is to hold from now on.
    case settings(DashboardSettings)
    /// It was read again and is wrong: what held before holds on.
    case refused([String])
    /// Something else that went wrong.
    case failure(String)
}
