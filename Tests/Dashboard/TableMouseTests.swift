import Engine
import Terminal
import Testing

@testable import Dashboard

/// The mouse on tables: hovering, marking and sizing columns.
@Suite struct TableMouseTests {
    private static let look = Look(theme: .plain, glyphs: .unicode)

    private static func frame(_ state: DashboardState) -> Frame { Frame.draw(state, look: look) }

    private static func rect(of spot: Spot, _ state: DashboardState, in pane: Pane = .containers) throws -> Rect {
        try #require(frame(state).hits.last { $0.target == .spot(pane, spot) }?.rect)
    }

    private static func row(_ name: String, _ state: DashboardState) throws -> Spot {
        .row(try #require(state.list.all.first { $0.name == name }).id.rawValue)
    }

    private static func press(
        _ spot: Spot, _ state: inout DashboardState, control: Bool = false, shift: Bool = false, isDouble: Bool = false
    ) throws {
        let place = try rect(of: spot, state).origin
        let event = MouseEvent(.press(.left), at: place, control: control, shift: shift)
        let kind: MouseInput.Kind = isDouble ? .doublePress : .press
        _ = state.update(.mouse(MouseInput(kind: kind, target: .spot(.containers, spot), point: place, event: event)))
        let end = MouseEvent(.release(.left), at: place, control: control, shift: shift)
        _ = state.update(.mouse(MouseInput(kind: .release, target: nil, point: place, event: end)))
    }

    private static func drag(from place: Point, by step: Int, _ state: inout DashboardState) {
        let target = frame(state).target(at: place)
        func input(_ kind: MouseInput.Kind, _ event: MouseEvent.Kind, _ x: Int) -> MouseInput {
            let point = Point(x: x, y: place.y)
            return MouseInput(kind: kind, target: target, point: point, event: MouseEvent(event, at: point))
        }
        _ = state.update(.mouse(input(.press, .press(.left), place.x)))
        for moved in stride(from: 0, through: step, by: step.signum()) {
            _ = state.update(.mouse(input(.drag, .drag, place.x + moved)))
        }
        _ = state.update(.mouse(input(.release, .release(.left), place.x + step)))
    }

    // MARK: Hovering

    @Test func theRowUnderThePointerIsPointedAt() throws {
        var state = Scenery.state(view: .containers)
        let spot = try Self.row("frozen", state)
        let place = try Self.rect(of: spot, state)
        _ = state.update(.mouse(MouseInput(kind: .hover, target: .spot(.containers, spot), point: place.origin)))
        let canvas = Self.frame(state).canvas
        #expect(canvas[place.origin].text == String(Self.look.glyphs.pointer))
        #expect(canvas[Point(x: place.x + 3, y: place.y)].style.attributes.contains(.bold))
        // No other row is.
        #expect(!canvas[Point(x: place.x + 3, y: place.y + 1)].style.attributes.contains(.bold))
        _ = state.update(.mouse(MouseInput(kind: .hover, target: .pane(.containers))))
        #expect(Self.frame(state).canvas[place.origin].text != String(Self.look.glyphs.pointer))
    }

    @Test func headersAndTheirBordersShowThatTheyCanBePressed() throws {
        var state = Scenery.state(view: .containers)
        let header = try Self.rect(of: .header("memory"), state)
        _ = state.update(.mouse(MouseInput(kind: .hover, target: .spot(.containers, .header("memory")))))
        #expect(Self.frame(state).canvas[header.origin].style.attributes.contains(.underline))
        let edge = try Self.rect(of: .edge("memory"), state)
        #expect(Self.frame(state).canvas[edge.origin].text == " ")
        _ = state.update(.mouse(MouseInput(kind: .hover, target: .spot(.containers, .edge("memory")))))
        #expect(Self.frame(state).canvas[edge.origin].text == "│")
    }

    // MARK: Marking

    @Test func controlAndShiftMarkRows() throws {
        var state = Scenery.state(view: .containers)
        let names = state.list.rows.map(\.name)
        func marked() -> [String] { state.list.rows.filter { state.list.marks.contains($0.id) }.map(\.name) }
        try Self.press(try Self.row(names[1], state), &state, control: true)
        try Self.press(try Self.row(names[4], state), &state, control: true)
        #expect(marked() == [names[1], names[4]])
        #expect(state.selected?.name == names[4])
        try Self.press(try Self.row(names[1], state), &state, control: true)
        #expect(marked() == [names[4]])
        // The range begins where the cursor is, and a second one begins there too.
        try Self.press(try Self.row(names[0], state), &state)
        try Self.press(try Self.row(names[3], state), &state, shift: true)
        #expect(marked() == Array(names[0...4]))
        try Self.press(try Self.row(names[2], state), &state, shift: true)
        #expect(marked() == Array(names[0...2]) + [names[4]])
    }

    @Test func nothingIsMarkedBehindADialog() throws {
        var state = Scenery.state(view: .containers)
        let spot = try Self.row("frozen", state)
        _ = state.update(.key(.character("D")))
        guard state.dialog != nil else { return }
        let event = MouseEvent(.press(.left), at: Point(x: 3, y: 5), control: true)
        _ = state.update(.mouse(MouseInput(kind: .press, target: .spot(.containers, spot), event: event)))
        #expect(state.list.marks.isEmpty)
    }

    // MARK: Columns

    @Test func aBorderBetweenHeadersIsDragged() throws {
        var state = Scenery.state(view: .containers)
        let (left, right) = try columns(beside: "name", state)
        let others = try Self.rect(of: .header("memory"), state)
        let edge = try Self.rect(of: .edge("name"), state).origin
        Self.drag(from: edge, by: 3, &state)
        let (wider, narrower) = try columns(beside: "name", state)
        #expect(wider.width == left.width + 3 && narrower.width == right.width - 3)
        #expect(try Self.rect(of: .edge("name"), state).x == edge.x + 3)
        #expect(abs(try Self.rect(of: .header("memory"), state).x - others.x) <= 1)
        // It is kept as the chooser's widths are.
        #expect(state.memory["containers.table"]?.contains("name=\(wider.width)") == true)
        #expect(state.list.table.sortOrder == Container.standardOrder)
        #expect(state.pointer.selection == nil && state.pointer.pull == nil)
    }

    @Test func noColumnBecomesNarrowerThanItMay() throws {
        var state = Scenery.state(view: .containers)
        Self.drag(from: try Self.rect(of: .edge("memory"), state).origin, by: -60, &state)
        #expect(state.list.table.settings.width(of: "memory") == TableSettings.widths.lowerBound)
        Self.drag(from: try Self.rect(of: .edge("memory"), state).origin, by: 100, &state)
        #expect(state.list.table.settings.choices.allSatisfy { TableSettings.widths.contains($0.width ?? 10) })
    }

    @Test func aDoubleClickOnABorderGivesTheWidthsBack() throws {
        var state = Scenery.state(view: .containers)
        let before = Self.frame(state).canvas.lines
        Self.drag(from: try Self.rect(of: .edge("memory"), state).origin, by: 2, &state)
        #expect(Self.frame(state).canvas.lines != before)
        try Self.press(.edge("memory"), &state, isDouble: true)
        #expect(state.list.table.settings.width(of: "memory") == nil)
    }

    @Test func aClickOnABorderChangesNothing() throws {
        var state = Scenery.state(view: .containers)
        let settings = state.list.table.settings
        try Self.press(.edge("memory"), &state)
        #expect(state.list.table.settings == settings)
    }

    private func columns(beside id: String, _ state: DashboardState) throws -> (left: Rect, right: Rect) {
        let left = try Self.rect(of: .header(id), state)
        let right = try #require(
            Self.frame(state).hits.first { hit in
                if case .spot(.containers, .header) = hit.target { hit.rect.x == left.right + 1 } else { false }
            })
        return (left, right.rect)
    }
}
