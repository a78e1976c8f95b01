import Engine

/// What `spyhop dashboard` was asked for.
struct DashboardRequest: Sendable, Equatable {
    var looks = DashboardLooks()
    /// One frame without a terminal.
    var isOnce = false
    var size: String?
    var container: String?
    var pictureFile: String?

    /// Opens the dashboard, or draws the frame.
    func carryOut(_ context: CommandContext) async throws -> Int32 {
        let launcher = try DashboardLauncher(looks, context, beginning: isOnce ? .passing : .staying)
        guard isOnce else { return try await launcher.open() }
        let frame = DashboardLauncher.Frame(
            size: try DashboardLauncher.size(size), container: container,
            pictureFile: pictureFile.map(context.environment.absolute))
        try await launcher.draw(frame)
        return 0
    }
}
