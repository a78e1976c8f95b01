import Dashboard
import Foundation
import Testing

@testable import SpyhopCommands

/// Languages of the dashboard, as people write them.
struct LanguageFileTests {
    private static let list = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "docs/phrases.yaml")

    private static func read(_ yaml: String) -> LanguageFile { LanguageFile(yaml: yaml, path: "de.yaml") }

    @Test func theListForTranslatorsIsALanguageThatSaysNothingYet() throws {
        let file = Self.read(try String(contentsOf: Self.list, encoding: .utf8))
        #expect(file.problems == [])
        #expect(file.phrases.isEmpty && file.counts.isEmpty && file.plural == .oneOrOther)
    }

    @Test func phrasesFormsAndTheRuleAreRead() {
        let file = Self.read(
            """
            plurals: east-slavic
            "%1 images": {one: "%1 образ", few: "%1 образа", many: "%1 образов", other: ""}
            "Quit?": "Выйти?"
            "no": "нет"
            "yes": ""
            """)
        #expect(file.problems == [])
        #expect(file.plural == .eastSlavic && file.phrases == ["Quit?": "Выйти?", "no": "нет"])
        #expect(file.counts == ["%1 images": [.one: "%1 образ", .few: "%1 образа", .many: "%1 образов"]])
    }

    @Test(arguments: [
        ("plurals: dual", "de.yaml:2:10: "), ("x: [y]", "de.yaml:2:4: "), ("x: {two: y}", "de.yaml:2:5: "),
        ("x: {one: [y]}", "de.yaml:2:5: "),
    ])
    func aWrongPartCostsOnlyItselfAndSaysWhere(line: String, place: String) {
        let file = Self.read("\"Quit?\": Schluss?\n\(line)\n")
        #expect(file.phrases == ["Quit?": "Schluss?"])
        #expect(file.problems.count == 1, "\(file.problems)")
        #expect(file.problems.first?.hasPrefix(place) == true, "\(file.problems)")
    }

    @Test func whatIsNoMapOrNoYAMLIsToldWithItsPlace() {
        #expect(Self.read("[a, b]\n").problems == ["de.yaml:1:1: expected a map of phrases"])
        #expect(Self.read("a: [b\n").problems.first?.hasPrefix("de.yaml:2:") == true)
        #expect(Self.read("a: b\na: c\n").problems == ["de.yaml:1:1: more than once in one map: a"])
        #expect(Self.read("# nothing yet\n").problems == [])
    }

    @Test func aLanguageThatIsNamedIsSpokenAndItsFileIsWatched() throws {
        let home = URL(filePath: "/tmp/spyhop-language-\(UUID().uuidString)")
        let languages = home.appending(path: "spyhop/languages")
        defer { try? FileManager.default.removeItem(at: home) }
        try FileManager.default.createDirectory(at: languages, withIntermediateDirectories: true)
        try Data("language: de\n".utf8).write(to: home.appending(path: "spyhop/config.yaml"))
        let configuration = DashboardConfiguration(
            ProcessEnvironment(
                lookup: { ["XDG_CONFIG_HOME": home.path()][$0] }, workingDirectory: "/", isRoot: true,
                runtimeDirectory: nil), .init())
        let file = languages.appending(path: "de.yaml")

        let missing = try configuration.start()
        #expect(missing.language == Language(name: "de", phrases: [:]))
        #expect(missing.problems.count == 1 && missing.problems.first?.contains("no language \"de\"") == true)

        try Data("\"Quit?\": Schluss?\nplurals: dual\n".utf8).write(to: file)
        let begun = try configuration.start()
        #expect(begun.language == Language(name: "de", phrases: ["Quit?": "Schluss?"]) && begun.problems.count == 1)
        #expect(begun.languages == ["en", "de"] && configuration.watchedFiles.contains(file.path()))

        try Data("\"Quit?\": Beenden?\n".utf8).write(to: file)
        guard case .settings(let settings)? = configuration.read(forced: false) else {
            Issue.record("the changed file is not seen")
            return
        }
        #expect(settings.language == Language(name: "de", phrases: ["Quit?": "Beenden?"]))
    }
}
