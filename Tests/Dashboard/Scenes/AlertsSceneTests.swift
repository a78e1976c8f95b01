import Terminal
import Testing

@testable import Dashboard

@Suite struct AlertsSceneTests {
    static let scenes: [GoldenScene] = [
        GoldenScene(.alerts, "ringing") { columns, rows in
            var state = Scenery.state(view: .alerts, columns: columns, rows: rows)
            state.alerts.book.rules = Scenery.rules
            for round in 0..<12 { _ = state.update(.frame(Scenery.statistics().frame(round), histories: [:])) }
            return state
        }
    ]

    @Test(arguments: scenes) func looksAsRecorded(_ scene: GoldenScene) throws { try scene.check() }
}
