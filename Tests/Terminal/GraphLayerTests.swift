import Testing

@testable import Terminal

struct GraphLayerTests {
    private let red = Color.rgb(255, 0, 0)
    private let blue = Color.rgb(0, 0, 255)

    private func canvas(_ width: Int, _ height: Int, _ body: (inout Canvas) -> Void) -> Canvas {
        var canvas = Canvas(size: Size(width: width, height: height))
        body(&canvas)
        return canvas
    }

    @Test func aStacksOutlineIsTheSumAndEachCellHasTheLargestPartsColour() {
        let canvas = canvas(2, 2) { canvas in
            GraphStack([GraphLayer([4, 4, 4, 4], red), GraphLayer([2, 2, 4, 4], blue)], top: 8)
                .draw(on: &canvas, in: canvas.bounds)
        }
        #expect(canvas.lines == ["⣤⣿", "⣿⣿"])
        #expect(canvas[Point(x: 0, y: 1)].style.foreground == red)
        #expect(canvas[Point(x: 0, y: 0)].style.foreground == blue)
    }

    @Test func aStacksGapIsEmptyAndZeroIsNot() {
        let canvas = canvas(3, 1) { canvas in
            GraphStack([GraphLayer([0, nil, nil], red), GraphLayer([0, nil, 8], blue)], kind: .block, top: 8)
                .draw(on: &canvas, in: canvas.bounds)
        }
        #expect(canvas.lines == ["▁ █"])
    }

    @Test func linesAreJoinedWhereTheyRiseAndFall() {
        let canvas = canvas(2, 2) { canvas in
            GraphLines([GraphLayer([1, 8, 8, 1], red)], top: 8).draw(on: &canvas, in: canvas.bounds)
        }
        #expect(canvas[Point(x: 0, y: 0)].base == "⢸" && canvas[Point(x: 0, y: 1)].base == "⡸")
        #expect(canvas[Point(x: 1, y: 0)].base == "⢱" && canvas[Point(x: 1, y: 1)].base == "⢸")
    }

    @Test func whereLinesCrossTheOneWithMoreDotsGivesTheColour() {
        let canvas = canvas(1, 1) { canvas in
            GraphLines([GraphLayer([4, 4], red), GraphLayer([1, 4], blue)], top: 4).draw(on: &canvas, in: canvas.bounds)
        }
        #expect(canvas[Point(x: 0, y: 0)].style.foreground == blue)
        #expect(canvas.lines == ["⡹"])
    }

    @Test func inASCIIALineHasItsLetter() {
        let canvas = canvas(2, 2) { canvas in
            GraphLines([GraphLayer([8, 8], red), GraphLayer([1, 1], blue)], kind: .ascii, top: 8)
                .draw(on: &canvas, in: canvas.bounds)
        }
        #expect(canvas.lines == ["aa", "bb"])
    }

    @Test func aLimitStandsBehindTheGraphAndAboveTheTopNowhere() {
        let canvas = canvas(4, 1) { canvas in
            canvas.set("x", at: Point(x: 0, y: 0))
            GraphRule.level(
                [4, 4, 4, 4, 9, 9, nil, 2], top: 8, kind: .braille, style: .plain, on: &canvas, in: canvas.bounds)
        }
        #expect(canvas.lines == ["x⠤ ⣀"])
    }

    @Test func theCursorLeavesWhatIsThere() {
        let look = Look(theme: .plain, glyphs: .unicode)
        let canvas = canvas(2, 2) { canvas in
            canvas.set("x", at: Point(x: 1, y: 1))
            GraphRule.cursor(at: 1, look, on: &canvas, in: canvas.bounds)
            GraphRule.cursor(at: 7, look, on: &canvas, in: canvas.bounds)
        }
        #expect(canvas.lines == [" │", " x"])
        #expect(canvas[Point(x: 1, y: 1)].style.attributes.contains(.reverse))
    }

    @Test func wildValuesAndRoomsAreSurvived() {
        let wild: [Double?] = [.infinity, .nan, -1, 1e308, nil, 0]
        for kind in GraphKind.allCases {
            for (width, height) in [(0, 0), (1, 1), (3, 2), (9, 5)] {
                _ = canvas(width, height) { canvas in
                    let layers = [GraphLayer(wild, red), GraphLayer(wild.reversed(), blue)]
                    GraphStack(layers, kind: kind, top: .nan).draw(on: &canvas, in: canvas.bounds)
                    GraphLines(layers, kind: kind, top: 0).draw(on: &canvas, in: canvas.bounds)
                    GraphRule.level(wild, top: 5, kind: kind, style: .plain, on: &canvas, in: canvas.bounds)
                }
            }
        }
    }
}
