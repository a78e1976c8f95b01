import Engine
import Glibc
import Terminal
import Testing

@testable import Dashboard

/// Whole frames against text files. `SPYHOP_RECORD_GOLDEN=1` writes them anew; look at the difference before you commit.
@Suite struct GoldenTests {
    struct Scene: Sendable, CustomTestStringConvertible {
        var name: String
        var view: ViewName
        var columns: Int
        var rows: Int
        var keys: [Key] = []
        var isASCII = false
        /// The container that is selected.
        var chosen = 0
        /// A build stands here.
        var build: Scenery.BuildMoment?
        var testDescription: String { name }
    }

    static let scenes: [Scene] = [
        Scene(name: "overview-120x40", view: .overview, columns: 120, rows: 40),
        Scene(name: "overview-80x24", view: .overview, columns: 80, rows: 24),
        Scene(name: "overview-60x15", view: .overview, columns: 60, rows: 15),
        Scene(name: "overview-200x60", view: .overview, columns: 200, rows: 60),
        Scene(name: "overview-ascii", view: .overview, columns: 100, rows: 30, isASCII: true),
        Scene(name: "containers-100x20", view: .containers, columns: 100, rows: 20),
        Scene(name: "images-120x20", view: .images, columns: 120, rows: 20),
        Scene(name: "images-60x15", view: .images, columns: 60, rows: 15),
        Scene(name: "images-80x24", view: .images, columns: 80, rows: 24),
        Scene(name: "images-prune-80x24", view: .images, columns: 80, rows: 24, keys: [.character("P")]),
        Scene(name: "layers-120x40", view: .layers, columns: 120, rows: 40),
        Scene(name: "layers-80x24", view: .layers, columns: 80, rows: 24, keys: [.character("s"), .tab, .down]),
        Scene(name: "layers-60x15", view: .layers, columns: 60, rows: 15),
        Scene(name: "layers-history-120x40", view: .layers, columns: 120, rows: 40, keys: [.character("]"), .down]),
        Scene(name: "layers-ascii", view: .layers, columns: 100, rows: 30, keys: [.enter, .up], isASCII: true),
        Scene(name: "files-60x15", view: .layers, columns: 60, rows: 15, keys: [.enter]),
        Scene(name: "transfers-120x40", view: .images, columns: 120, rows: 40),
        Scene(name: "transfers-80x24", view: .overview, columns: 80, rows: 24),
        Scene(name: "transfers-60x15", view: .images, columns: 60, rows: 15),
        Scene(name: "transfers-ascii", view: .images, columns: 100, rows: 30, isASCII: true),
        Scene(name: "run-80x24", view: .images, columns: 80, rows: 24, keys: [.character("r")]),
        Scene(name: "run-60x15", view: .images, columns: 60, rows: 15, keys: [.character("r")]),
        Scene(name: "run-ascii", view: .images, columns: 100, rows: 30, keys: [.character("r"), .tab], isASCII: true),
        Scene(name: "pull-prompt-80x24", view: .images, columns: 80, rows: 24, keys: [.character("p")]),
        Scene(name: "build-120x40", view: .build, columns: 120, rows: 40, build: .running),
        Scene(name: "build-80x24", view: .build, columns: 80, rows: 24, build: .running),
        Scene(name: "build-60x15", view: .build, columns: 60, rows: 15, build: .running),
        Scene(name: "build-base-80x24", view: .build, columns: 80, rows: 24, keys: [.down, .down], build: .running),
        Scene(name: "build-failed-120x40", view: .build, columns: 120, rows: 40, build: .failed),
        Scene(name: "build-failed-80x24", view: .build, columns: 80, rows: 24, build: .failed),
        Scene(name: "build-done-120x40", view: .build, columns: 120, rows: 40, build: .done),
        Scene(name: "build-ascii", view: .build, columns: 100, rows: 30, isASCII: true, build: .failed),
        Scene(
            name: "build-stop-80x24", view: .build, columns: 80, rows: 24, keys: [.control("x")], build: .running),
        Scene(name: "build-behind-80x24", view: .build, columns: 80, rows: 24, keys: [.escape], build: .running),
        Scene(name: "build-form-80x24", view: .images, columns: 80, rows: 24, keys: [.character("b")]),
        Scene(name: "build-empty-80x24", view: .build, columns: 80, rows: 24),
        Scene(name: "networks-120x40", view: .networks, columns: 120, rows: 40, keys: [.down]),
        Scene(name: "networks-80x24", view: .networks, columns: 80, rows: 24, keys: [.down]),
        Scene(name: "networks-60x15", view: .networks, columns: 60, rows: 15),
        Scene(name: "networks-ascii", view: .networks, columns: 100, rows: 30, isASCII: true),
        Scene(name: "networks-200x60", view: .networks, columns: 200, rows: 60),
        Scene(name: "volumes-120x40", view: .volumes, columns: 120, rows: 40, keys: [.down]),
        Scene(name: "volumes-80x24", view: .volumes, columns: 80, rows: 24, keys: [.down, .down]),
        Scene(name: "volumes-60x15", view: .volumes, columns: 60, rows: 15),
        Scene(name: "volumes-ascii", view: .volumes, columns: 100, rows: 30, isASCII: true),
        Scene(
            name: "volumes-prune-80x24", view: .volumes, columns: 80, rows: 24, keys: [.character("P")]),
        Scene(
            name: "network-details-80x24", view: .details, columns: 80, rows: 24,
            keys: [.character("]"), .character("]"), .character("]")]),
        Scene(name: "browser-80x24", view: .containers, columns: 80, rows: 24, keys: [.character("w")]),
        Scene(name: "graphs-120x40", view: .graphs, columns: 120, rows: 40),
        Scene(name: "graphs-80x24", view: .graphs, columns: 80, rows: 24),
        Scene(name: "graphs-60x15", view: .graphs, columns: 60, rows: 15),
        Scene(name: "graphs-200x60", view: .graphs, columns: 200, rows: 60),
        Scene(name: "graphs-ascii", view: .graphs, columns: 100, rows: 30, isASCII: true),
        Scene(
            name: "graphs-cursor-120x40", view: .graphs, columns: 120, rows: 40,
            keys: [.character("{"), .left], chosen: 1),
        Scene(
            name: "graphs-alone-120x40", view: .graphs, columns: 120, rows: 40,
            keys: [.down, .down, .enter], chosen: 1),
        Scene(
            name: "graphs-over-120x40", view: .graphs, columns: 120, rows: 40, keys: [.character("v"), .down]),
        Scene(name: "graphs-over-80x24", view: .graphs, columns: 80, rows: 24, keys: [.character("v")]),
        Scene(
            name: "graphs-share-120x40", view: .graphs, columns: 120, rows: 40,
            keys: [.character("v"), .character("v")]),
        Scene(
            name: "graphs-share-60x15", view: .graphs, columns: 60, rows: 15,
            keys: [.character("v"), .character("v")]),
        Scene(name: "alerts-120x40", view: .alerts, columns: 120, rows: 40),
        Scene(name: "alerts-80x24", view: .alerts, columns: 80, rows: 24),
        Scene(name: "alerts-60x15", view: .alerts, columns: 60, rows: 15),
        Scene(name: "logs-80x24", view: .logs, columns: 80, rows: 24, keys: [.character("t")]),
        Scene(name: "details-80x24", view: .details, columns: 80, rows: 24),
        Scene(name: "too-small", view: .overview, columns: 40, rows: 8),
        Scene(name: "help-80x24", view: .overview, columns: 80, rows: 24, keys: [.character("?")]),
        Scene(name: "remove-80x24", view: .containers, columns: 80, rows: 24, keys: [.character("d")]),
        Scene(name: "kill-80x24", view: .containers, columns: 80, rows: 24, keys: [.control("k")]),
        Scene(name: "sort-80x24", view: .containers, columns: 80, rows: 24, keys: [.character("O")]),
        Scene(
            name: "filter-80x24", view: .containers, columns: 80, rows: 24,
            keys: [.character("/"), .character("w"), .character("e")]),
    ]

    @Test(arguments: scenes)
    func framesLookAsRecorded(scene: Scene) throws {
        var state =
            scene.build.map { Scenery.building($0, columns: scene.columns, rows: scene.rows) }
            ?? Scenery.state(view: scene.view, columns: scene.columns, rows: scene.rows)
        state.list.select(Scenery.id(scene.chosen))
        var effects = state.settle()
        if scene.view == .alerts {
            state.alerts.book.rules = Scenery.rules
            for round in 0..<12 { effects += state.update(.frame(Scenery.statistics().frame(round), histories: [:])) }
        }
        for key in scene.keys { effects += state.update(.key(key)) }
        Scenery.settle(&state, effects)
        if scene.name.hasPrefix("transfers") { Scenery.transfer(&state) }
        if scene.view == .details {
            _ = state.update(.details(Scenery.id(0), .success(Scenery.details)))
        }
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
