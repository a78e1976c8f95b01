import ArgumentParser
import Testing

@testable import SpyhopCommands

struct PlainDashboardTests {
    private static func parsed(_ words: [String]) throws -> DashboardRequest {
        let command = try RootCommand.parseAsRoot(OptionWords.normalise(words))
        return try #require(command as? DashboardCommand).request
    }

    @Test(arguments: [
        "", "dashboard", "dashboard --once", "dashboard --theme nord --view logs --ascii",
        "dashboard --once --size 120x40 --container web --svg out.svg",
    ])
    func whatIsReadWithoutTheParserIsWhatTheParserReads(_ line: String) throws {
        let words = line.split(separator: " ").map(String.init)
        let plain = try #require(PlainDashboard.request(words))
        #expect(try plain == Self.parsed(words))
    }

    @Test(arguments: [
        ["ps"], ["--once"], ["dashboard", "--size", "120x40"], ["dashboard", "--help"], ["dashboard", "--theme"],
        ["dashboard", "--theme=nord"], ["dashboard", "--theme", "a", "--theme", "b"], ["dashboard", "--theme", ""],
        ["dashboard", "--theme", "--once"], ["dashboard", "--root", "/x"], ["dashboard", "x"], ["--root", "/x"],
    ])
    func everythingElseIsLeftToTheParser(_ words: [String]) {
        #expect(PlainDashboard.request(words) == nil)
    }
}
