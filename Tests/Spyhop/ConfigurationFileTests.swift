import Dashboard
import Engine
import Terminal
import Testing

@testable import SpyhopCommands

struct ConfigurationFileTests {
    private static func read(_ yaml: String) -> ConfigurationFile { ConfigurationFile(yaml: yaml, path: "c.yaml") }

    @Test func allSettingsAreRead() {
        let file = Self.read(
            """
            theme: coral
            view: logs
            glyphs: ascii
            colors: 256
            mouse: false
            bell: no
            builtInHighlights: no
            timeZone: "+02:00"
            timeFormat: 12h
            refresh: 5
            readOnly: true
            screenReader: true
            confirm: always
            language: de
            keys:
              preset: k9s
              quit: [q, ctrl-q]
              kill: K
            """)
        #expect(file.problems.isEmpty, "\(file.problems)")
        #expect(file.theme == "coral" && file.view == "logs" && file.glyphs == .ascii && file.colors == .indexed)
        #expect(file.mouse == false && file.bell == false && file.timeZone == .fixed(7200))
        #expect(file.builtInHighlights == false)
        #expect(file.timeFormat == .hours12 && file.refresh == 5 && file.readOnly == true && file.screenReader == true)
        #expect(file.confirm == .always && file.language == "de" && file.preset == .k9s)
        #expect(file.keys.map(\.action) == ["quit", "kill"])
        #expect(file.keys.first?.keys.map(\.name) == ["q", "ctrl-q"])
        #expect(file.keys.first?.keys.map(\.place) == ["c.yaml:17:10", "c.yaml:17:13"])
    }

    @Test(arguments: [
        ("bogus: 1\ntheme: mono\n", "c.yaml:1:1: "), ("theme: mono\nglyphs: round\n", "c.yaml:2:9: "),
        ("theme: mono\nkeys: 3\n", "c.yaml:2:7: "), ("theme: mono\nkeys:\n  quit: [[1]]\n", "c.yaml:3:9: "),
        ("theme: mono\nview: [a]\n", "c.yaml:2:7: "), ("theme: mono\nrefresh: 0\n", "c.yaml:2:10: "),
        ("theme: mono\ntimeZone: Moon\n", "c.yaml:2:11: "), ("theme: mono\nreadOnly: maybe\n", "c.yaml:2:11: "),
        ("theme: mono\nkeys: {preset: emacs}\n", "c.yaml:2:16: "),
        ("theme: mono\nalerts: [{when: gravity > 9}]\n", "c.yaml:2:17: "),
        ("theme: mono\nalerts: [{for: 5s}]\n", "c.yaml:2:10: "),
        ("theme: mono\nhighlights: [{pattern: x, style: loud}]\n", "c.yaml:2:34: "),
        ("theme: mono\ncommands: [{name: x}]\n", "c.yaml:2:12: "),
        ("theme: mono\ncommands: [{name: x, command: 'a {{.Image.ID}}'}]\n", "c.yaml:2:31: "),
        ("theme: mono\ncommands: [{name: x, command: a, inputs: [{name: a-b}]}]\n", "c.yaml:2:50: "),
        ("theme: mono\ncommands: [{name: x, command: a}, {name: x, command: b}]\n", "c.yaml:2:42: "),
    ])
    func aWrongPartCostsOnlyItselfAndSaysWhere(yaml: String, place: String) {
        let file = Self.read(yaml)
        #expect(file.theme == "mono")
        #expect(file.problems.count == 1, "\(file.problems)")
        #expect(file.problems.first?.hasPrefix(place) == true, "\(file.problems)")
    }

    @Test func brokenYAMLSaysWhere() {
        let file = Self.read("theme: [unclosed\n")
        #expect(file.problems.count == 1)
        #expect(file.problems.first?.hasPrefix("c.yaml:2:") == true, "\(file.problems)")
    }

    @Test(arguments: ["", "# only a comment\n", "theme:\nkeys:\ncommands: ~\n"])
    func nothingConfiguredIsFine(yaml: String) { #expect(Self.read(yaml) == ConfigurationFile()) }

    @Test func commandsAreReadWithTheirInputs() throws {
        let file = Self.read(
            """
            commands:
              - name: top
                key: alt-t
                command: docker exec {{.Container.Name}} top
                output: terminal
              - name: copy
                scope: image
                command: [skopeo, copy, "{{.Image.Name}}", "docker://{{.Input.where}}"]
                confirm: true
                readOnly: true
                inputs:
                  - {name: where, label: To, default: "localhost:5000/x"}
                  - {name: how, choices: [fast, slow]}
                  - {name: times, kind: number, default: 3}
                  - {name: password, kind: secret}
                  - {name: really, kind: yesno, default: yes}
            """)
        #expect(file.problems.isEmpty, "\(file.problems)")
        let (top, copy) = try (#require(file.commands.first), #require(file.commands.last))
        #expect(top.key?.name == "alt-t" && top.key?.place == "c.yaml:3:10" && top.output == .terminal)
        #expect(top.scope == .container && !top.asks && !top.isReadOnly)
        #expect(copy.scope == .image && copy.asks && copy.isReadOnly && copy.output == .pane)
        #expect(copy.inputs.map(\.kind) == [.text, .choice(["fast", "slow"]), .number, .secret, .yesNo])
        #expect(copy.inputs.map(\.label) == ["To", "how", "times", "password", "really"])
        #expect(copy.inputs.map(\.initial) == ["localhost:5000/x", "", "3", "", "yes"])
    }

    @Test func rulesAreRead() {
        let file = Self.read(
            """
            alerts:
              - {when: cpu > 90, for: 30s, containers: "web*", then: [color, bell], name: hot}
              - {when: oom, then: [notify, command: logger "$SPYHOP_TEXT"]}
            highlights:
              - {pattern: "ERROR|FATAL", style: error, ignoreCase: true, line: true}
              - pattern: retry
            """)
        #expect(file.problems.isEmpty, "\(file.problems)")
        #expect(file.alerts?.first?.name == "hot" && file.alerts?.first?.actions == [.color, .bell])
        #expect(file.alerts?.last?.actions == [.notify, .command("logger \"$SPYHOP_TEXT\"")])
        #expect(file.highlights.map(\.pattern) == ["ERROR|FATAL", "retry"])
        #expect(file.highlights.map(\.role) == [.error, .match] && file.highlights.first?.isWholeLine == true)
        #expect(file.highlights.first?.place == "c.yaml:5:15")
    }
}
