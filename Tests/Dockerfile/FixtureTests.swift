import Dockerfile
import Foundation
import Testing

/// The reference's cases, instruction by instruction; errors have a folder of their own.
struct FixtureTests {
    @Test(arguments: Fixture.all(in: "."))
    func aFileReadsAsExpected(_ fixture: Fixture) { compare(fixture, in: ".") }

    @Test(arguments: Fixture.all(in: "errors"))
    func aWrongFileIsToldAsExpected(_ fixture: Fixture) { compare(fixture, in: "errors") }

    @Test func thereAreFixtures() {
        #expect(Fixture.all(in: ".").count >= 15)
        #expect(Fixture.all(in: "errors").count >= 20)
    }

    /// With SPYHOP_RECORD=1 what comes out is written down, to be looked at by a person.
    private func compare(_ fixture: Fixture, in folder: String) {
        if ProcessInfo.processInfo.environment["SPYHOP_RECORD"] == "1" {
            let place = Fixture.directory.appending(path: "\(folder)/\(fixture.name)/expected")
            try? Data(fixture.outcome.utf8).write(to: place)
        }
        #expect(fixture.outcome == fixture.expected)
    }
}
