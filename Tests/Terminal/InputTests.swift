import CNcurses
import Testing

@testable import Terminal

struct InputTests {
    @Test(arguments: [
        (UInt32(13), Key.enter), (10, .enter), (9, .tab), (27, .escape), (127, .backspace), (8, .backspace),
        (1, .control("a")),
        (3, .control("c")), (0, .control("@")), (28, .control("\\")), (32, .character(" ")), (65, .character("A")),
        (0xE9, .character("é")), (0x1F600, .character("😀")),
    ])
    func charactersBecomeKeys(_ value: UInt32, _ key: Key) {
        #expect(KeyDecoder.key(character: value) == key)
    }

    @Test func functionKeysBecomeKeys() {
        #expect(KeyDecoder.key(function: KEY_UP) == .up)
        #expect(KeyDecoder.key(function: KEY_BTAB) == .backTab)
        #expect(KeyDecoder.key(function: KEY_NPAGE) == .pageDown)
        #expect(KeyDecoder.key(function: KEY_F0 + 12) == .function(12))
        #expect(KeyDecoder.key(function: 9999) == nil)
        #expect(KeyDecoder.key(character: 0x9B) == nil)
        #expect(KeyDecoder.key(character: 0xD800) == nil)
    }

    @Test func mouseBitsBecomeEvents() {
        let point = Point(x: 3, y: 4)
        #expect(MouseDecoder.event(state: 2, at: point, isDown: false) == MouseEvent(.press(.left), at: point))
        #expect(MouseDecoder.event(state: 1, at: point, isDown: true) == MouseEvent(.release(.left), at: point))
        #expect(MouseDecoder.event(state: 2 << 10, at: point, isDown: false) == MouseEvent(.press(.right), at: point))
        #expect(MouseDecoder.event(state: 2 << 15, at: point, isDown: false) == MouseEvent(.wheelUp, at: point))
        #expect(MouseDecoder.event(state: 2 << 20, at: point, isDown: false) == MouseEvent(.wheelDown, at: point))
        #expect(MouseDecoder.event(state: 8 << 25, at: point, isDown: true) == MouseEvent(.drag, at: point))
        #expect(MouseDecoder.event(state: 8 << 25, at: point, isDown: false) == MouseEvent(.move, at: point))
        #expect(MouseDecoder.event(state: 0, at: point, isDown: false) == nil)
        for clicked in [4, 8, 16] as [UInt] {
            let event = MouseDecoder.event(state: clicked, at: point, isDown: false)
            #expect(event == MouseEvent(.press(.left), at: point))
            #expect(!MouseDecoder.leavesDown(clicked))
        }
        #expect(MouseDecoder.leavesDown(2 << 5))
    }

    @Test func aTextLineIsEdited() {
        var line = TextLine("web front")
        var taken = [line.apply(.control("w"))]
        #expect(line.text == "web ")
        for key in [Key.home, .character("é"), .right, .delete, .end, .backspace] { taken.append(line.apply(key)) }
        #expect(line.text == "éwb")
        for key in [Key.control("u"), .backspace, .delete] { taken.append(line.apply(key)) }
        #expect(line.text.isEmpty)
        #expect(line.cursor == 0)
        #expect(taken.allSatisfy { $0 })
        let enter = line.apply(.enter)
        #expect(!enter)
    }
}
