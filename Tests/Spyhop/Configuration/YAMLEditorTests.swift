import Engine
import Testing

@testable import SpyhopCommands

struct YAMLEditorTests {
    private static func set(_ path: [String], _ value: YAMLEditor.Value?, _ text: String) throws -> String {
        try YAMLEditor.set(path, to: value, in: text, file: "c.yaml")
    }

    private static let file = """
        # My dashboard. Do not touch!
        theme: coral   # the reefs

        keys:
          # hands of old
          preset: k9s
          remove: [delete, "ctrl-d"]  # both
          quit:
            - q
            # and
            - ctrl-q
        mouse: true

        # registries: nothing yet

        """

    @Test func aWordChangesAndNothingElse() throws {
        let text = try Self.set(["theme"], .text("abyss"), Self.file)
        #expect(text == Self.file.replacing("theme: coral   #", with: "theme: abyss   #"))
    }

    @Test func whatIsBelowAnotherKeyChangesThere() throws {
        #expect(
            try Self.set(["keys", "preset"], .text("ctop"), Self.file)
                == Self.file.replacing("preset: k9s", with: "preset: ctop"))
        #expect(
            try Self.set(["keys", "remove"], .list(["x"]), Self.file)
                == Self.file.replacing("[delete, \"ctrl-d\"]", with: "[x]"))
    }

    @Test func aListOverSeveralLinesBecomesOneOfOneLine() throws {
        #expect(
            try Self.set(["keys", "quit"], .list(["q"]), Self.file)
                == Self.file.replacing("  quit:\n    - q\n    # and\n    - ctrl-q\n", with: "  quit: [q]\n"))
    }

    @Test func whatIsNewStandsAtTheEndOfItsMap() throws {
        #expect(try Self.set(["bell"], .flag(false), Self.file) == Self.file + "bell: false\n")
        #expect(
            try Self.set(["keys", "help"], .list(["f1", "?"]), Self.file)
                == Self.file.replacing("    - ctrl-q\n", with: "    - ctrl-q\n  help: [f1, \"?\"]\n"))
        #expect(try Self.set(["keys", "preset"], .text("k9s"), "theme: x") == "theme: x\nkeys:\n  preset: k9s\n")
        #expect(try Self.set(["refresh"], .number(5), "") == "refresh: 5\n")
        #expect(try Self.set(["theme"], .text("x"), "# nothing yet\n") == "# nothing yet\ntheme: x\n")
    }

    @Test func aSettingGoesWithItsLine() throws {
        #expect(
            try Self.set(["keys", "preset"], nil, Self.file) == Self.file.replacing("  preset: k9s\n", with: ""))
        #expect(
            try Self.set(["keys", "quit"], nil, Self.file)
                == Self.file.replacing("  quit:\n    - q\n    # and\n    - ctrl-q\n", with: ""))
        #expect(try Self.set(["nothing"], nil, Self.file) == Self.file)
    }

    @Test(arguments: [
        ("keys: {preset: k9s, remove: [delete]} # mine\n", "keys: {preset: ctop, remove: [delete]} # mine\n"),
        ("keys: {remove: [delete]}\n", "keys: {remove: [delete], preset: ctop}\n"),
        ("keys: {}\n", "keys: {preset: ctop}\n"), ("keys:\n", "keys:\n  preset: ctop\n"),
        ("keys: # empty\nview: logs\n", "keys: # empty\n  preset: ctop\nview: logs\n"),
        ("keys: ~\n", "keys: \n  preset: ctop\n"),
        ("keys: {\n  remove: [delete],\n}\n", "keys: {\n  remove: [delete], preset: ctop\n}\n"),
        ("\"keys\":\n    'preset': \"k9s\"\n", "\"keys\":\n    'preset': ctop\n"),
        ("{keys: {preset: k9s}, theme: x}\n", "{keys: {preset: ctop}, theme: x}\n"),
    ])
    func mapsInBracesAreUnderstood(old: String, new: String) throws {
        #expect(try Self.set(["keys", "preset"], .text("ctop"), old) == new)
    }

    @Test(arguments: [
        ("keys: {preset: k9s, remove: [delete]}\n", "keys: {remove: [delete]}\n"),
        ("keys: {remove: [delete], preset: k9s}\n", "keys: {remove: [delete]}\n"),
        ("keys: {preset: k9s}\n", "keys: {}\n"),
    ])
    func aSettingGoesOutOfBraces(old: String, new: String) throws {
        #expect(try Self.set(["keys", "preset"], nil, old) == new)
    }

    @Test(arguments: [
        ("theme: 'it''s'\n", "theme: w\n"), ("theme: \"a\\\"b\" # c\n", "theme: w # c\n"),
        ("theme:  x  \nview: z\n", "theme:  w  \nview: z\n"),
        ("theme: x\r\nview: z\r\n", "theme: w\r\nview: z\r\n"), ("theme: x", "theme: w"),
        ("theme: |\n  a\n  b\nview: z\n", "theme: w \nview: z\n"), ("theme:\nview: z\n", "theme: w\nview: z\n"),
        ("view: z\ntheme: #x\n", "view: z\ntheme: w #x\n"), ("日: 本\ntheme: 鯨 # 海\n", "日: 本\ntheme: w # 海\n"),
    ])
    func aValueIsFoundHoweverItIsWritten(old: String, new: String) throws {
        #expect(try Self.set(["theme"], .text("w"), old) == new)
    }

    @Test func textsThatMeanSomethingElseAreQuoted() throws {
        for text in ["true", "", "a: b", "#x", "- a", "1.5", "no", "~", "it's \"q\"\n", "null", "12h", "鯨"] {
            #expect(try Self.set(["theme"], .text(text), "theme: x\n").contains("\""), "\(text)")
        }
        #expect(try Self.set(["theme"], .text("/a/b-c_d.yaml"), "theme: x\n") == "theme: /a/b-c_d.yaml\n")
    }

    @Test(arguments: [
        "theme: [unclosed\n", "- a\n- b\n", "theme: x\n...\n", "base: &b {preset: k9s}\nkeys: *b\n",
        "keys:\n  ? preset\n  : k9s\n", "keys: word\n", "? [a]\n: b\nkeys: {<<: {preset: x}}\n--- \na: b\n",
    ])
    func whatIsNotUnderstoodIsRefusedWithWords(text: String) {
        let outcome = Result { try Self.set(["keys", "preset"], .text("ctop"), text) }
        guard case .failure(let error) = outcome else { return #expect(Bool(false), "\(outcome)") }
        #expect((error as? EngineError)?.message.contains("cannot change keys.preset in c.yaml") == true)
    }
}
