import Glibc
import Testing

@testable import Terminal

struct ThemeTests {
    @Test(arguments: Theme.builtInNames)
    func builtInThemesKeepTheSchema(_ name: String) throws {
        let theme = try #require(try Theme.builtIn(name))
        #expect(theme.name == name)
        #expect(theme.isLight == (name == "daylight" || name.hasSuffix("light") || name.hasSuffix("latte")))
        for role in GradientRole.allCases { #expect(!theme[role].stops.isEmpty) }
    }

    @Test(arguments: [
        ("nmae: x", "t.yaml:1:1: unknown key \"nmae\" (did you mean \"name\"?)"),
        ("appearance: dark", "t.yaml:1:1: the key \"name\" is missing"),
        ("name: x\nbase: abyss\nstyles:\n  txet: \"#ffffff\"", "t.yaml:4:3: there is no style \"txet\""),
        ("name: x\nbase: abyss\nstyles:\n  text: \"#ffff\"", "t.yaml:4:9: \"#ffff\" is no colour"),
        ("name: x\nbase: abyss\nstyles:\n  text: { color: corall }", "t.yaml:4:18: \"corall\" is no colour"),
        ("name: x\nbase: abyss\nstyles:\n  text: { bold: yes }", "t.yaml:4:17: bold must be true or false"),
        ("name: x\nbase: abyss\ngradients:\n  cpu: \"#ffffff\"", "t.yaml:4:8: the gradient \"cpu\" must be a list"),
        ("name: x\nbase: nowhere", "t.yaml:2:7: there is no built-in theme \"nowhere\""),
        ("name: x\nappearance: grey", "t.yaml:2:13: appearance must be dark or light"),
        ("name: x\nstyles: {text: default}", "t.yaml:2:9: the style \"muted\" is missing"),
        ("name: [", "t.yaml:"), ("", "t.yaml:1:1: the file is empty"), ("- x", "t.yaml:1:1: a theme must be a mapping"),
    ])
    func errorsSayWhere(_ yaml: String, _ message: String) {
        do {
            _ = try Theme(yaml: yaml, file: "t.yaml")
            Issue.record("no error for \(yaml)")
        } catch {
            #expect(error.description.hasPrefix(message), "\(error)")
        }
    }

    @Test func aThemeBuildsOnAnother() throws {
        let base = try #require(try Theme.builtIn("abyss"))
        let theme = try Theme(
            yaml: "name: mine\nbase: abyss\npalette: {sun: \"#ffcc00\"}\nstyles:\n  accent: {color: sun, bold: true}",
            file: "mine.yaml")
        #expect(theme[.accent] == Style(.rgb(0xFF, 0xCC, 0), .bold))
        #expect(theme[.text] == base[.text])
        #expect(theme[.background] == base[.background])
    }

    @Test(arguments: Theme.builtInNames)
    func theQuickReaderReadsAsTheFullOneDoes(_ name: String) throws {
        let text = try #require(ThemeFile.text(name))
        #expect(PlainThemeReader.read(text) == (try Theme(yaml: text, file: name)))
        // What it does not know it leaves to the other.
        #expect(PlainThemeReader.read(text + "\nnmae: x\n") == nil)
        #expect(PlainThemeReader.read(text.replacing("  text: ", with: "  txet: ")) == nil)
        #expect(PlainThemeReader.read(text.replacing("  text: ", with: "  text: &anchor ")) == nil)
    }

    @Test func seriesGoRoundAndComeFromRolesWhereAThemeNamesNone() throws {
        let theme = try Theme(yaml: "name: x\nbase: plain\nseries: [\"#010203\", \"#040506\"]", file: "x.yaml")
        #expect(
            (-1...2).map(theme.series) == [
                Color(hex: 0x040506), Color(hex: 0x010203), Color(hex: 0x040506), Color(hex: 0x010203),
            ])
        #expect(Theme.plain.series == [.default])
        let derived = Theme(
            name: "x", isLight: false, styles: [.ok: Style(Color(hex: 7)), .accent: Style(Color(hex: 9))],
            gradients: [:])
        #expect(derived.series == [Color(hex: 7), Color(hex: 9)])
    }
}

/// The files in `themes/`.
private enum ThemeFile {
    static func text(_ name: String) -> String? {
        let root = #filePath.dropLast("Tests/Terminal/ThemeTests.swift".count)
        guard let file = fopen("\(root)themes/\(name).yaml", "r") else { return nil }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 16)
        let count = fread(&bytes, 1, bytes.count, file)
        return String(decoding: bytes.prefix(count), as: UTF8.self)
    }
}
