import Testing

@testable import SpyhopCommands

struct ConfigurationFileTests {
    @Test func allSettingsAreRead() {
        let file = ConfigurationFile(
            yaml: "theme: coral\nview: logs\nglyphs: ascii\nkeys:\n  quit: [q, ctrl-q]\n  kill: K\n", path: "c.yaml")
        #expect(file.theme == "coral" && file.view == "logs" && file.glyphs == "ascii")
        #expect(file.keys == ["quit": ["q", "ctrl-q"], "kill": ["K"]])
        #expect(file.problems.isEmpty)
    }

    @Test(arguments: [
        ("bogus: 1\ntheme: mono\n", "c.yaml:1:1: "), ("theme: mono\nglyphs: round\n", "c.yaml:2:9: "),
        ("theme: mono\nkeys: 3\n", "c.yaml:2:7: "), ("theme: mono\nkeys:\n  quit: [[1]]\n", "c.yaml:3:9: "),
        ("theme: mono\nview: [a]\n", "c.yaml:2:7: "),
    ])
    func aWrongPartCostsOnlyItselfAndSaysWhere(yaml: String, place: String) {
        let file = ConfigurationFile(yaml: yaml, path: "c.yaml")
        #expect(file.theme == "mono")
        #expect(file.problems.count == 1)
        #expect(file.problems.first?.hasPrefix(place) == true, "\(file.problems)")
    }

    @Test func brokenYAMLSaysWhere() {
        let file = ConfigurationFile(yaml: "theme: [unclosed\n", path: "c.yaml")
        #expect(file.problems.count == 1)
        #expect(file.problems.first?.hasPrefix("c.yaml:2:") == true, "\(file.problems)")
    }

    @Test(arguments: ["", "# only a comment\n"])
    func nothingConfiguredIsFine(yaml: String) {
        #expect(ConfigurationFile(yaml: yaml, path: "c.yaml") == ConfigurationFile())
    }
}
