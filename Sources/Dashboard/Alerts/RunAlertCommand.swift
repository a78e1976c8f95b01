/// Has an alert's command run.
struct RunAlertCommand: Errand {
    /// That it has ended, and what went wrong.
    struct Answer: Sendable {
        var failure: String?
    }

    var command: AlertCommand

    func run(_ services: ErrandServices, _ answer: @Sendable (any Sendable) async -> Void) async {
        guard let run = services.host.runAlert else {
            return await answer(
                Answer(failure: words("this dashboard was started without a way to run an alert's command")))
        }
        await answer(Answer(failure: await run(command)))
    }
}
