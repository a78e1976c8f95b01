import Engine
import Glibc
import Terminal
import Testing

@testable import Dashboard

/// Whole frames that are no single pane's (those are in `Scenes`) against text files. `SPYHOP_RECORD_GOLDEN=1` writes them
/// anew; look at the difference before you commit.
@Suite struct GoldenTests {
    struct Scene: Sendable, CustomTestStringConvertible {
        var name: String
        var view: ViewName
        var columns: Int
        var rows: Int
        var keys: [Key] = []
        var isASCII = false
        var testDescription: String { name }
    }

    static let scenes: [Scene] = [
        Scene(name: "overview-120x40", view: .overview, columns: 120, rows: 40),
        Scene(name: "overview-80x24", view: .overview, columns: 80, rows: 24),
        Scene(name: "overview-60x15", view: .overview, columns: 60, rows: 15),
        Scene(name: "overview-200x60", view: .overview, columns: 200, rows: 60),
        Scene(name: "overview-ascii", view: .overview, columns: 100, rows: 30, isASCII: true),
        Scene(name: "layers-ascii", view: .layers, columns: 100, rows: 30, keys: [.enter, .up], isASCII: true),
        Scene(name: "transfers-120x40", view: .images, columns: 120, rows: 40),
        Scene(name: "transfers-80x24", view: .overview, columns: 80, rows: 24),
        Scene(name: "transfers-60x15", view: .images, columns: 60, rows: 15),
        Scene(name: "transfers-ascii", view: .images, columns: 100, rows: 30, isASCII: true),
        Scene(name: "networks-ascii", view: .networks, columns: 100, rows: 30, isASCII: true),
        Scene(name: "networks-200x60", view: .networks, columns: 200, rows: 60),
        Scene(name: "volumes-ascii", view: .volumes, columns: 100, rows: 30, isASCII: true),
        Scene(name: "graphs-200x60", view: .graphs, columns: 200, rows: 60),
        Scene(name: "too-small", view: .overview, columns: 40, rows: 8),
        Scene(name: "help-80x24", view: .overview, columns: 80, rows: 24, keys: [.character("?")]),
    ]

    @Test(arguments: scenes)
    func framesLookAsRecorded(scene: Scene) throws {
        let state = Self.state(scene)
        let look = Look(theme: .plain, glyphs: scene.isASCII ? .ascii : .unicode)
        let lines = Frame.draw(state, look: look).canvas.lines
        #expect(lines.count == scene.rows)
        if scene.isASCII { #expect(lines.allSatisfy { $0.utf8.allSatisfy { $0 < 0x7f } }) }
        let text = lines.joined(separator: "\n") + "\n"
        let path = Self.directory + scene.name + ".txt"
        if getenv("SPYHOP_RECORD_GOLDEN") != nil { try Self.write(text, to: path) }
        let recorded = try #require(Self.read(path), "there is no golden frame \(scene.name); record it")
        #expect(text == recorded)
    }

    @Test(arguments: scenes)
    func framesAreInTheLanguageInForce(scene: Scene) {
        let lines = Language.$current.withValue(.scrambled) {
            let look = Look(theme: .plain, glyphs: scene.isASCII ? .ascii : .unicode)
            return Frame.draw(Self.state(scene), look: look).canvas.lines
        }
        #expect(Untranslated.words(in: lines, of: scene.name) == [])
    }

    private static func state(_ scene: Scene) -> DashboardState {
        var state = Scenery.state(view: scene.view, columns: scene.columns, rows: scene.rows)
        state.list.select(Scenery.id(0))
        var effects = state.settle()
        for key in scene.keys { effects += state.update(.key(key)) }
        Scenery.settle(&state, effects)
        if scene.name.hasPrefix("transfers") { Scenery.transfer(&state) }
        return state
    }

    @Test func anEmptyEngineIsGreetedByTheWhale() {
        var state = DashboardState(
            host: Scenery.statistics().hostFacts, engineName: "spyhop", view: .containers, now: Scenery.now)
        _ = state.update(.resized(columns: 100, rows: 30))
        _ = state.update(.containers(.success([])))
        let text = Frame.draw(state, look: Look(theme: .plain, glyphs: .unicode)).canvas.lines.joined()
        #expect(text.contains("nothing in sight yet"))
        #expect(text.contains("▄████"))
    }

    private static var directory: String {
        String(#filePath.dropLast("GoldenTests.swift".count)) + "Golden/"
    }

    private static func read(_ path: String) -> String? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 20)
        let count = fread(&bytes, 1, bytes.count, file)
        return String(decoding: bytes.prefix(count), as: UTF8.self)
    }

    private static func write(_ text: String, to path: String) throws {
        let file = try #require(fopen(path, "w"))
        defer { fclose(file) }
        #expect(fputs(text, file) >= 0)
    }
}
