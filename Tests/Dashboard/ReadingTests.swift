import Engine
import Terminal
import Testing

@testable import Dashboard

/// What a screen reader hears.
@Suite struct ReadingTests {
    private var reading = Reading()
    private var state: DashboardState

    init() {
        state = Scenery.state(view: .containers)
        state.list.select(Scenery.id(0))
        _ = state.settle()
    }

    private mutating func press(_ keys: Key...) -> [String] {
        for key in keys { _ = state.update(.key(key)) }
        return reading.lines(state)
    }

    @Test mutating func theRowIsASentenceAndOnlyChangesAreSaid() {
        let first = reading.lines(state)
        #expect(first.first?.hasPrefix("Containers, ") == true)
        #expect(first.contains { $0.hasPrefix("web, ") && $0.hasSuffix(" of 8") })
        #expect(reading.lines(state).isEmpty)
        // Figures go up and down in silence.
        _ = state.update(.frame(Scenery.statistics().frame(7), histories: [:]))
        #expect(reading.lines(state).isEmpty)
        let next = press(.down)
        #expect(next.count == 1)
        #expect(next.first?.contains(" of 8") == true)
    }

    @Test mutating func nothingIsDrawn() {
        var lines = reading.lines(state)
        for key in "1234567" { lines += press(.character(key)) }
        for key in [Key.character("?"), .escape, .character("x"), .escape, .character("8"), .control("w"), .escape] {
            lines += press(key)
        }
        let drawn = "─│╭╮╰╯├┤┬┴┼━┃⣿⡇█▌"
        #expect(!lines.contains { line in line.contains { drawn.contains($0) } })
        #expect(!lines.contains { $0.contains("|  ") || $0.contains("---") })
    }

    @Test mutating func dialogsAndTheirChoicesAreSaid() {
        _ = reading.lines(state)
        let asked = press(.character("d"))
        #expect(asked.first == "Remove web?")
        #expect(asked.last == "Cancel, 1 of 2")
        #expect(press(.right) == ["Kill and remove, 2 of 2"])
        let after = press(.escape)
        #expect(after.contains { $0 == "Containers" })
    }

    @Test mutating func whatIsTypedTellsHowMuchIsFound() {
        _ = reading.lines(state)
        _ = press(.character("/"))
        #expect(press(.character("w")).contains { $0.hasPrefix("filter: w, ") })
        #expect(press(.character("e")).contains("filter: we, 1 of 8"))
    }

    @Test mutating func bubblesAreForEyes() {
        _ = reading.lines(state)
        _ = state.update(.key(.character("2")))
        state.list.select(Scenery.id(6))
        let lines = press(.character("7"))
        #expect(!lines.contains { $0.allSatisfy { "oO. ".contains($0) } }, "\(lines)")
    }

    @Test mutating func noticesAreSaidOnce() {
        _ = reading.lines(state)
        let lines = press(.character("r"))
        #expect(lines.contains("restarting web"))
        #expect(reading.lines(state).isEmpty)
    }

    @Test mutating func aLogIsReadOnLineByLine() {
        _ = reading.lines(state)
        let first = press(.character("7"))
        #expect(first.first?.hasPrefix("Logs") == true)
        #expect(reading.lines(state).isEmpty)
    }
}
