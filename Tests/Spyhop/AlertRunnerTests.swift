import Engine
import Testing

@testable import Dashboard
@testable import SpyhopCommands

struct AlertRunnerTests {
    private func command(_ line: String, name: String = "web") throws -> AlertCommand {
        let rule = try AlertRule(.init(when: "cpu > 90"))
        let alert = Alert(
            subject: .host, name: name, rule: rule, since: Timestamp(seconds: 5), value: 95, worst: 99)
        return AlertCommand(line, AlertNews(isRaised: true, alert: alert))
    }

    @Test func aCommandIsToldOfTheAlertAndANameIsNeverAPartOfIt() async throws {
        let name = "$(false); exit 3; \"'"
        let test = "test \"$SPYHOP_ALERT\" = raised && test \"$SPYHOP_VALUE\" = 95.00 && test -n \"$PATH\""
        let runner = AlertRunner()
        #expect(await runner.run(try command(test, name: name)) == nil)
        #expect(await runner.run(try command("test \"$SPYHOP_NAME\" = web")) == nil)
    }

    @Test func aFailureIsToldWithItsExitCode() async throws {
        #expect(await AlertRunner().run(try command("exit 7")) == "'exit 7' ended with exit code 7")
    }

    @Test func aCommandThatDoesNotEndIsEnded() async throws {
        let told = await AlertRunner(patience: .milliseconds(200)).run(try command("sleep 600 & sleep 600"))
        #expect(told?.hasSuffix("and was ended") == true)
    }
}
