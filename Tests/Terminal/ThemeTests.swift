import Testing

@testable import Terminal

struct ThemeTests {
    @Test(arguments: Theme.builtInNames)
    func builtInThemesKeepTheSchema(_ name: String) throws {
        let theme = try #require(try Theme.builtIn(name))
        #expect(theme.name == name)
        #expect(theme.isLight == (name == "daylight"))
        for role in GradientRole.allCases { #expect(!theme[role].stops.isEmpty) }
    }

    @Test func textCanBeReadOnEveryGround() throws {
        for name in ["abyss", "coral", "daylight"] {
            let theme = try #require(try Theme.builtIn(name))
            for role in [Role.text, .muted, .accent, .secondary, .tertiary, .ok, .warning, .error, .running] {
                for ground in theme[.background].stops {
                    #expect(contrast(theme[role].foreground, ground) >= 3, "\(name) \(role) on \(ground)")
                }
            }
        }
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

    /// WCAG 2's contrast, with a gamma of 2 in place of 2.4: near enough for a floor.
    private func contrast(_ a: Color, _ b: Color) -> Double {
        func luminance(_ color: Color) -> Double {
            guard case .rgb(let r, let g, let b) = color else { return 0 }
            func part(_ value: UInt8) -> Double { Double(value) * Double(value) / 65025 }
            return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b)
        }
        let (x, y) = (luminance(a) + 0.05, luminance(b) + 0.05)
        return max(x, y) / min(x, y)
    }
}
