import Testing

@testable import Terminal

struct CanvasTests {
    @Test func aCellIsSixteenBytes() {
        #expect(MemoryLayout<Cell>.stride == 16)
    }

    @Test func textIsCutWithAnEllipsis() {
        var canvas = Canvas(size: Size(width: 10, height: 3))
        let narrow = canvas.put("containers", at: Point(x: 0, y: 0), maxWidth: 5)
        let wide = canvas.put("データベース", at: Point(x: 0, y: 1), maxWidth: 6)
        #expect((narrow, wide) == (5, 5))
        canvas.put("off the edge", at: Point(x: -4, y: 2))
        #expect(canvas.lines == ["cont…", "デー…", "the edge"])
    }

    @Test func drawingOutsideDoesNothing() {
        var canvas = Canvas(size: Size(width: 4, height: 2))
        let blank = canvas
        canvas.put("x", at: Point(x: 0, y: -1))
        canvas.put("x", at: Point(x: 0, y: 2))
        canvas.put("x", at: Point(x: 4, y: 0))
        canvas.set("x", at: Point(x: Int.max, y: Int.max))
        canvas.fill(Rect(x: 10, y: 10, width: 5, height: 5), "x", style: .plain)
        #expect(canvas == blank)
    }

    @Test func aHalfOverwrittenWideCharacterBecomesABlank() {
        var canvas = Canvas(size: Size(width: 4, height: 2))
        canvas.put("日本", at: Point(x: 0, y: 0))
        canvas.put("x", at: Point(x: 1, y: 0))
        canvas.put("日本", at: Point(x: 0, y: 1))
        canvas.put("y", at: Point(x: 2, y: 1))
        #expect(canvas.lines == [" x本", "日y"])
        #expect(canvas[Point(x: 3, y: 1)].width == 1)
    }

    @Test func aWideCharacterDoesNotHangOverTheEdge() {
        var canvas = Canvas(size: Size(width: 3, height: 1))
        canvas.put("日本", at: Point(x: 0, y: 0))
        #expect(canvas.lines == ["日"])
    }

    @Test func clippingHoldsForEverythingInside() {
        var canvas = Canvas(size: Size(width: 6, height: 3))
        canvas.clipped(to: Rect(x: 1, y: 1, width: 3, height: 1)) { canvas in
            canvas.fill(canvas.bounds, "#", style: .plain)
            canvas.put("abcdef", at: Point(x: 0, y: 1))
        }
        canvas.put("z", at: Point(x: 5, y: 2))
        #expect(canvas.lines == ["", " bcd", "     z"])
    }

    @Test func textWithoutAGroundKeepsTheOneBeneath() {
        var canvas = Canvas(size: Size(width: 2, height: 2))
        canvas.gradient(canvas.bounds, from: .rgb(0, 0, 0), to: .rgb(10, 20, 30))
        canvas.put("x", at: Point(x: 0, y: 1), style: Style(.rgb(1, 2, 3), .bold))
        let style = canvas[Point(x: 0, y: 1)].style
        #expect(style == Style(.rgb(1, 2, 3), on: .rgb(10, 20, 30), .bold))
    }

    @Test func framesCarryTitles() {
        var canvas = Canvas(size: Size(width: 16, height: 3))
        let inner = canvas.box(canvas.bounds, style: .plain, title: [Span("Images")], trailing: [Span("3")])
        #expect(canvas.lines == ["╭ Images ── 3 ─╮", "│              │", "╰──────────────╯"])
        #expect(inner == Rect(x: 1, y: 1, width: 14, height: 1))
        canvas = Canvas(size: Size(width: 4, height: 2))
        canvas.box(canvas.bounds, glyphs: .ascii, style: .plain, title: [Span("Images")])
        #expect(canvas.lines == ["+--+", "+--+"])
    }

    @Test func onlyWhatChangedIsSent() {
        var old = Canvas(size: Size(width: 40, height: 3))
        old.put("日本", at: Point(x: 10, y: 1))
        var new = old
        #expect(new.changes(since: old).isEmpty)
        new.put("a", at: Point(x: 3, y: 0))
        new.put("b", at: Point(x: 5, y: 0))
        new.put("c", at: Point(x: 30, y: 0))
        new.put("国", at: Point(x: 12, y: 1))
        #expect(
            new.changes(since: old) == [
                Canvas.Change(start: Point(x: 3, y: 0), count: 3), Canvas.Change(start: Point(x: 30, y: 0), count: 1),
                Canvas.Change(start: Point(x: 12, y: 1), count: 1),
            ])
        #expect(new.changes(since: nil).count == 3)
        #expect(new.changes(since: Canvas(size: Size(width: 2, height: 2))).count == 3)
    }

    @Test func rectanglesAreSplitWithoutLosingCells() {
        let rect = Rect(x: 2, y: 1, width: 20, height: 10)
        let columns = rect.columns([.cells(5), .flexible(weight: 2), .flexible(weight: 1)], spacing: 1)
        #expect(columns.map(\.width) == [5, 8, 5])
        #expect(columns.map(\.x) == [2, 8, 17])
        #expect(rect.rows([.cells(50), .flexible()]).map(\.height) == [10, 0])
        #expect(rect.inset(horizontal: 30, vertical: 30).isEmpty)
        #expect(rect.splitBottom(3).bottom == Rect(x: 2, y: 8, width: 20, height: 3))
    }
}
