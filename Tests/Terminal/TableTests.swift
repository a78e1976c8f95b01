import Testing

@testable import Terminal

struct TableTests {
    private let look = Look(theme: .plain, glyphs: .unicode)
    private let columns = [
        TableColumn("name", title: "NAME", minimum: 6, ideal: 8, flex: 1),
        TableColumn("cpu", title: "CPU", minimum: 5, alignment: .trailing),
        TableColumn("image", title: "IMAGE", minimum: 8, dispensability: 1),
    ]

    private func draw(width: Int, height: Int, count: Int, selected: Int = 0) -> (Canvas, Table.Layout) {
        var canvas = Canvas(size: Size(width: width, height: height))
        let table = Table(columns: columns, sort: .init(column: "cpu", ascending: false))
        let window = ListWindow(count: count, selected: selected, height: Table.visibleRows(in: canvas.bounds))
        let layout = table.draw(on: &canvas, in: canvas.bounds, look: look, window: window) { index in
            TableRow(
                ["name": .text("web-\(index)-long"), "cpu": .text("\(index)%"), "image": .text("busybox")],
                isMarked: index == 1)
        }
        return (canvas, layout)
    }

    @Test func columnsAreAlignedSortedMarkedAndCut() {
        let (canvas, _) = draw(width: 26, height: 4, count: 3)
        #expect(
            canvas.lines == [
                "  NAME      CPU▼ IMAGE", "▌ web-0-l…    0% busybox", " ✓web-1-l…    1% busybox",
                "  web-2-l…    2% busybox",
            ])
    }

    @Test func theDispensableColumnGoesFirst() {
        let (canvas, layout) = draw(width: 16, height: 2, count: 1)
        #expect(canvas.lines == ["  NAME     CPU▼", "▌ web-0-…    0%"])
        #expect(layout.columns.map(\.column.id) == ["name", "cpu"])
    }

    @Test func aPointIsFoundAgain() {
        let (_, layout) = draw(width: 26, height: 4, count: 50, selected: 10)
        #expect(layout.hit(Point(x: 3, y: 0)) == .header("name"))
        #expect(layout.hit(Point(x: 14, y: 0)) == .header("cpu"))
        #expect(layout.hit(Point(x: 3, y: 3)) == .row(10))
        #expect(layout.hit(Point(x: 25, y: 3)) == .scrollbar(1))
        #expect(layout.hit(Point(x: 3, y: 9)) == nil)
    }

    @Test func nothingBreaksWhenThereIsNoRoom() {
        for width in 0..<30 { for height in 0..<4 { _ = draw(width: width, height: height, count: 9) } }
        #expect(draw(width: 3, height: 2, count: 0).0.lines.count == 2)
    }

    @Test func theWindowKeepsItsCursorInView() {
        var window = ListWindow(count: 100, height: 10)
        window.move(by: 15)
        #expect((window.selected, window.offset) == (15, 6))
        window.move(by: Int.max)
        #expect((window.selected, window.offset) == (99, 90))
        window.scroll(by: -50)
        #expect((window.selected, window.offset) == (49, 40))
        window.fit(count: 5, height: 10)
        #expect((window.selected, window.offset) == (4, 0))
        window.fit(count: 0, height: 10)
        #expect((window.selected, window.offset) == (0, 0))
        window.move(by: Int.min)
        #expect(window.selected == 0)
    }

    @Test func theThumbReachesBothEnds() {
        #expect(Scrollbar(offset: 0, visible: 10, count: 100).thumb(height: 10) == (0, 1))
        #expect(Scrollbar(offset: 90, visible: 10, count: 100).thumb(height: 10) == (9, 1))
        #expect(Scrollbar(offset: 0, visible: 10, count: 5).thumb(height: 10) == (0, 10))
    }
}
