import Testing

@testable import Terminal

struct PictureTests {
    @Test func thePictureIsWellFormed() throws {
        let theme = try #require(try Theme.builtIn("abyss"))
        var canvas = Canvas(size: Size(width: 30, height: 5))
        theme.paintBackground(&canvas)
        canvas.box(canvas.bounds, style: theme[.border], title: [Span("<a&\"b\">", theme[.title])])
        canvas.put("日本 ⣿▄ \u{1B}[31m e\u{301}", at: Point(x: 1, y: 1), style: Style(.default, on: .inherit, .reverse))
        let svg = SvgRenderer(theme: theme).render(canvas)
        #expect(svg.hasPrefix("<svg xmlns=") && svg.hasSuffix("</svg>\n"))
        #expect(svg.contains("&lt;a&amp;&quot;b&quot;&gt;"))
        #expect(svg.unicodeScalars.allSatisfy { $0.value >= 0x20 || $0 == "\n" })
        #expect(isBalanced(svg))
    }

    @Test func theWhaleAndItsBubblesAreTheSameForTheSameTick() {
        let look = Look(theme: .plain, glyphs: .unicode)
        func draw(_ tick: Int, _ glyphs: Glyphs) -> Canvas {
            var canvas = Canvas(size: Size(width: 60, height: 20))
            let look = Look(theme: look.theme, glyphs: glyphs)
            Whale(tick: tick).draw(on: &canvas, in: canvas.bounds, look: look)
            Bubbles(tick: tick).draw(on: &canvas, in: canvas.bounds, look: look)
            return canvas
        }
        #expect(draw(3, .unicode) == draw(3, .unicode))
        #expect(draw(3, .unicode) != draw(9, .unicode))
        let plain = draw(1, .ascii).lines.joined()
        #expect(plain.unicodeScalars.allSatisfy { $0.isASCII })
        #expect(draw(Int.min, .ascii).size == Size(width: 60, height: 20))
        var small = Canvas(size: Size(width: 5, height: 2))
        Whale().draw(on: &small, in: small.bounds, look: look)
        #expect(small.lines == ["", ""])
    }

    /// Every element is closed in order: enough of XML for what the renderer writes.
    private func isBalanced(_ svg: String) -> Bool {
        var open: [Substring] = []
        for tag in svg.split(separator: "<") {
            guard let end = tag.firstIndex(of: ">") else { return false }
            let inside = tag[..<end]
            if inside.hasSuffix("/") { continue }
            let name = inside.prefix { $0 != " " }
            if name.hasPrefix("/") {
                guard open.popLast() == name.dropFirst() else { return false }
            } else {
                open.append(name)
            }
        }
        return open.isEmpty
    }
}
