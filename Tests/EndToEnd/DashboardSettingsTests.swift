import Foundation
import Harness
import Testing

/// The dashboard's configuration on a pseudo-terminal: read again as soon as it is saved, changed by the settings screen.
@Suite(.needsRoot, .serialized)
struct DashboardSettingsTests {
    private final class Home {
        let directory: URL
        var file: URL { directory.appending(path: "config/spyhop/config.yaml") }
        var variables: [String] {
            [
                "XDG_CONFIG_HOME=\(directory.path)/config", "XDG_STATE_HOME=\(directory.path)/state",
                "TERM=xterm-256color", "COLORTERM=truecolor",
            ]
        }

        init() throws {
            directory = FileManager.default.temporaryDirectory.appending(path: "spyhop-home-\(UUID().uuidString)")
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        }

        deinit { try? FileManager.default.removeItem(at: directory) }

        /// As an editor saves: beside it, and then in its place.
        func save(_ text: String) throws {
            let other = directory.appending(path: "config/spyhop/.config.yaml.swp")
            try Data(text.utf8).write(to: other)
            guard rename(other.path, file.path) == 0 else { throw CocoaError(.fileWriteUnknown) }
        }

        var text: String { (try? String(contentsOf: file, encoding: .utf8)) ?? "" }
    }

    private func open(_ place: Workplace, _ home: Home) throws -> PseudoTerminal {
        // Of two values of one variable the first would hold.
        let others = place.environment.filter { variable in
            !home.variables.contains { $0.prefix { $0 != "=" } == variable.prefix { $0 != "=" } }
        }
        return try PseudoTerminal(
            [Workplace.spyhop], environment: others + home.variables, columns: 130, rows: 40)
    }

    @Test func aSavedConfigurationHoldsAtOnceAndAWrongOneIsToldWithItsPlace() throws {
        try Workplace.with { (place) throws in
            let home = try Home()
            try home.save("keys: {images: [\"9\"]}\n")
            let screen = try open(place, home)
            screen.wait(forText: "Overview")
            try home.save("keys: {settings: [\"9\"]}\n")
            screen.wait(forText: "the configuration was read again")
            try home.save("keys: {settings: [\"9\"]}\nglyphs: square\n")
            screen.wait(forText: "config.yaml:2:9: glyphs wants auto, unicode or ascii")
            screen.type("9")
            screen.wait(forText: "First view")
            screen.type("q")
            _ = screen.waitForExit()
        }
    }

    @Test func theSettingsScreenChangesOneLineOfTheFile() throws {
        try Workplace.with { (place) throws in
            let home = try Home()
            let before = "# mine, by hand\ntheme: coral  # the reefs\n\nview: overview\n"
            try home.save(before)
            let screen = try open(place, home)
            screen.wait(forText: "Overview")
            screen.type("\u{1b}OQ")
            screen.wait(forText: "Time of day")
            screen.type("\r")
            screen.wait(forText: "daylight")
            screen.type("j\r")
            screen.wait(forText: "First view")
            try place.eventually("the theme in the file") { home.text == before.replacing("coral", with: "daylight") }
            screen.type("q")
            _ = screen.waitForExit()
        }
    }

    @Test func aCommandOfOnesOwnShowsItsOutput() throws {
        try Workplace.with { (place) throws in
            let home = try Home()
            try home.save(
                """
                commands:
                  - name: greet
                    key: alt-g
                    scope: everywhere
                    command: echo "hello from {{.Root}}"; exit 7

                """)
            let screen = try open(place, home)
            screen.wait(forText: "Overview")
            screen.type("\u{1b}g")
            screen.wait(forText: "hello from /")
            screen.wait(forText: "exit code 7")
            screen.type("q")
            _ = screen.waitForExit()
        }
    }
}
