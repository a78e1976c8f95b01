import Testing

@testable import Terminal

struct GraphTests {
    private func lines(_ values: [Double?], _ kind: GraphKind, width: Int, height: Int, hangs: Bool = false) -> [String]
    {
        var canvas = Canvas(size: Size(width: width, height: height))
        Graph(values, kind: kind, scale: .fixed(8), gradient: Gradient([.default]), hangs: hangs)
            .draw(on: &canvas, in: canvas.bounds)
        return canvas.lines
    }

    @Test func brailleFillsFromTheBottom() {
        #expect(lines([1, 2, 3, 4, 5, 6, 7, 8], .braille, width: 4, height: 2) == ["  ⣠⣾", "⣠⣾⣿⣿"])
    }

    @Test func brailleHangsFromTheTop() {
        #expect(lines([1, 2, 3, 4, 5, 6, 7, 8], .braille, width: 4, height: 2, hangs: true) == ["⠙⢿⣿⣿", "  ⠙⢿"])
    }

    @Test func blocksFillByEighths() {
        #expect(lines([1, 2, 3, 4, 5, 6, 7, 8], .block, width: 8, height: 1) == ["▁▂▃▄▅▆▇█"])
    }

    @Test func asciiHasThreeSteps() {
        #expect(lines([0, 2, 4, 6, 8], .ascii, width: 5, height: 2) == ["   :#", ".:###"])
        #expect(lines([8, 0], .ascii, width: 2, height: 2) == ["#", "#."])
    }

    @Test func aGapIsEmptyAndZeroIsNot() {
        #expect(lines([0, nil, 0], .block, width: 3, height: 1) == ["▁ ▁"])
        #expect(lines([nil, nil], .braille, width: 1, height: 1) == [""])
    }

    @Test func theNewestValueStandsAtTheRight() {
        #expect(lines([8], .block, width: 3, height: 1) == ["  █"])
        #expect(lines([1, 8, 8], .block, width: 2, height: 1) == ["██"])
    }

    @Test func wildValuesAreTamed() {
        #expect(lines([.infinity, .nan, -5, 1e300], .block, width: 4, height: 1) == ["  ▁█"])
    }

    @Test(arguments: [(0.3, 0.5), (1.0, 1.0), (1.1, 2), (23, 25), (26, 50), (51, 100), (0.0, 1)])
    func automaticScalesEndAtRoundNumbers(_ largest: Double, _ top: Double) {
        let found = GraphScale.automatic(minimum: 0).top(for: [nil, largest, .nan])
        #expect(abs(found - top) < 1e-9)
    }

    @Test func bytesScaleByPowersOfTwo() {
        #expect(GraphScale.automatic(minimum: 0, binary: true).top(for: [1_000_000]) == 1_048_576)
        #expect(GraphScale.automatic(minimum: 4096, binary: true).top(for: []) == 4096)
        #expect(GraphScale.fixed(0).top(for: [5]) == 1)
    }

    @Test func axesCarryTheirLabels() {
        var canvas = Canvas(size: Size(width: 20, height: 6))
        ChartPane(
            Graph([5, 5], kind: .block, scale: .fixed(10), gradient: Gradient([])), times: ("-1m", "now")
        ) { "\(Int($0))%" }.draw(on: &canvas, in: canvas.bounds, look: Look(theme: .plain, glyphs: .unicode))
        #expect(canvas.lines[0] == "10%")
        #expect(canvas.lines[2].hasPrefix(" 5%"))
        #expect(canvas.lines[4] == " 0%" + String(repeating: " ", count: 15) + "██")
        #expect(canvas.lines[5] == "    -1m          now")
    }
}
