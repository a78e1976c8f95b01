import Testing

@testable import Terminal

struct ColorDepthTests {
    @Test func everyPaletteColourIsItsOwnNearest() {
        for index in 16...255 {
            let color = ColorDepth.paletteColor(index)
            let found = ColorDepth.indexed.index(color)
            #expect(found.map(ColorDepth.paletteColor) == color)
        }
        for index in 0..<16 { #expect(ColorDepth.sixteen.index(ColorDepth.paletteColor(index)) == index) }
        for index in 0..<8 { #expect(ColorDepth.eight.index(ColorDepth.paletteColor(index)) == index) }
    }

    @Test func aNamedColourIsTheTerminalsOwnOfThatName() {
        for index in 0..<16 {
            #expect(ColorDepth.indexed.index(ColorDepth.paletteColor(index)) == index)
            #expect(ColorDepth.eight.index(ColorDepth.paletteColor(index)) == index % 8)
        }
    }

    @Test(arguments: [
        (ColorDepth.direct, 0x123456), (.indexed, 23), (.sixteen, 0), (.eight, 0),
    ])
    func coloursComeDown(_ depth: ColorDepth, _ expected: Int) {
        #expect(depth.index(Color(hex: 0x123456)) == expected)
    }

    @Test(arguments: [
        (0xFF8878, 9), (0xFF829C, 9), (0x6EC8FF, 14), (0x58D6A4, 10), (0xFFAE57, 11), (0xB9A3FF, 12),
        (0xD9EEFB, 7), (0x86B3CF, 8),
        (0x0C4068, 0),
    ])
    func accentsStayColoursAndWaterStaysDarkWhereThereAreSixteen(_ hex: UInt32, _ expected: Int) {
        #expect(ColorDepth.sixteen.index(Color(hex: hex)) == expected)
    }

    @Test func theTerminalsOwnColourHasNoNumber() {
        for depth in ColorDepth.allCases { #expect(depth.index(.default) == nil) }
        #expect(ColorDepth.none.index(.rgb(1, 2, 3)) == nil)
    }

    @Test(arguments: [
        (256, false, "truecolor", false, ColorDepth.direct), (256, false, "24bit", false, .direct),
        (256, true, "", false, .direct), (256, false, "", false, .indexed), (16, false, "", false, .sixteen),
        (8, false, "truecolor", false, .eight), (0, false, "", false, .none), (-1, false, "", false, .none),
        (256, true, "truecolor", true, .none), (256, false, "yes", false, .indexed),
    ])
    func theDepthIsToldFromTheSurroundings(
        _ colors: Int, _ rgb: Bool, _ term: String, _ none: Bool, _ expected: ColorDepth
    ) {
        #expect(ColorDepth.detect(colors: colors, hasRGB: rgb, colorTerm: term, noColor: none) == expected)
    }

    @Test func textIsNeverLostInItsGround() throws {
        for name in ["abyss", "coral", "daylight"] {
            let theme = try #require(try Theme.builtIn(name))
            for role in Role.allCases {
                for ground in theme[.background].stops {
                    let style = theme[role].background == .inherit ? theme[role].on(ground) : theme[role]
                    let pair = ColorDepth.eight.pair(style)
                    #expect(pair.foreground != pair.background)
                }
            }
        }
        let same = ColorDepth.eight.pair(Style(.rgb(0, 0, 0), on: .rgb(0, 0, 0)))
        #expect(same.foreground == same.background)
    }
}
