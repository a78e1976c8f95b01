import Terminal
import Testing

@testable import Dashboard

/// A pane in a situation, recorded as text in three sizes and as styles in four colour depths.
///
/// A pane's own test file lists its scenes and checks them:
///
///     @Suite struct ImagesSceneTests {
///         static let scenes = [GoldenScene(.images, "list", view: .images)]
///         @Test(arguments: scenes) func looksAsRecorded(_ scene: GoldenScene) throws { try scene.check() }
///     }
///
/// `SPYHOP_RECORD_GOLDEN=1 swift test --filter SceneTests` writes the files anew; look at the difference before you
/// commit. `GoldenSceneTests` demands that every pane has a scene and every file belongs to one.
struct GoldenScene: Sendable, CustomTestStringConvertible {
    let pane: Pane
    let name: String
    /// Keys that are pressed once everything has arrived.
    var keys: [Key] = []
    var isASCII = false
    /// Whether the colours are recorded as well: one scene a pane at least.
    var hasColors = true
    /// The container that is selected.
    var chosen = 0
    /// The state before the keys, for so many columns and rows.
    var make: @Sendable (Int, Int) -> DashboardState
    /// What happens after the keys.
    var prepare: @Sendable (inout DashboardState) -> Void = { _ in }

    /// The pane in `view` of the harbour that `Scenery` is.
    init(_ pane: Pane, _ name: String, view: ViewName, keys: [Key] = [], isASCII: Bool = false, colors: Bool = true) {
        self.init(pane, name, keys: keys, isASCII: isASCII, colors: colors) { columns, rows in
            Scenery.state(view: view, columns: columns, rows: rows)
        }
    }

    /// The pane in a state of its own.
    init(
        _ pane: Pane, _ name: String, keys: [Key] = [], isASCII: Bool = false, colors: Bool = true,
        make: @escaping @Sendable (Int, Int) -> DashboardState
    ) {
        (self.pane, self.name, self.keys, self.isASCII, self.make) = (pane, name, keys, isASCII, make)
        hasColors = colors
    }

    /// The same with another container selected.
    func choosing(_ number: Int) -> GoldenScene {
        var copy = self
        copy.chosen = number
        return copy
    }

    /// The same with something more that happens after the keys.
    func then(_ prepare: @escaping @Sendable (inout DashboardState) -> Void) -> GoldenScene {
        var copy = self
        copy.prepare = prepare
        return copy
    }

    var testDescription: String { "\(pane.name)/\(name)" }

    static let sizes = [Size(width: 60, height: 15), Size(width: 80, height: 24), Size(width: 120, height: 40)]
    static let depths = [ColorDepth.none, .sixteen, .indexed, .direct]

    /// Draws the scene and holds it against what was recorded.
    func check() throws {
        let texts = Self.sizes.map { size in
            let lines = Frame.draw(state(size), look: Look(theme: .plain, glyphs: glyphs)).canvas.lines
            if isASCII { #expect(lines.allSatisfy { $0.utf8.allSatisfy { $0 < 0x7f } }) }
            return Self.heading("\(size.width)x\(size.height)") + lines.map { $0 + "\n" }.joined()
        }
        try GoldenFile(pane.name, "\(name).txt").compare(texts.joined())
        if hasColors { try GoldenFile(pane.name, "\(name).colors.txt").compare(try colors()) }
        Language.$current.withValue(.scrambled) {
            for size in Self.sizes {
                let lines = Frame.draw(state(size), look: Look(theme: .plain, glyphs: glyphs)).canvas.lines
                let rest = Untranslated.words(in: lines, of: pane.name)
                #expect(rest == [], "not in the language in force, and no data of Golden/data.txt")
            }
        }
    }

    static func heading(_ text: String) -> String { "── \(text)\n" }

    private var glyphs: Glyphs { isASCII ? .ascii : .unicode }

    private func state(_ size: Size) -> DashboardState {
        var state = make(size.width, size.height)
        state.list.select(Scenery.id(chosen))
        Scenery.settle(&state, state.settle())
        for key in keys { Scenery.settle(&state, state.update(.key(key))) }
        prepare(&state)
        return state
    }

    private func colors() throws -> String {
        let state = state(Size(width: 80, height: 24))
        return try Self.depths.map { depth in
            // Without colours the dashboard takes this theme by itself.
            let theme = try #require(try Theme.builtIn(depth == .none ? "mono" : "abyss"))
            let canvas = Frame.draw(state, look: Look(theme: theme, glyphs: glyphs)).canvas
            return Self.heading("\(depth)") + StyledText(canvas, depth).text
        }.joined()
    }
}
