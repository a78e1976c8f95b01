import Terminal
import Testing

@testable import Emulator

struct InputTests {
    private func sent(_ keys: [Key], after modes: String = "") throws -> String {
        let emulator = try #require(Emulator(size: Size(width: 20, height: 4)))
        emulator.feed(Array(modes.utf8))
        for key in keys { emulator.press(key) }
        return String(decoding: emulator.takeAnswers(), as: UTF8.self)
    }

    @Test func lettersAndTheirModifiers() throws {
        #expect(
            try sent([.character("a"), .character("日"), .alt("x"), .control("c"), .control("@"), .control("\\")])
                == "a日\u{1B}x\u{03}\u{00}\u{1C}")
        #expect(try sent([.character("e\u{301}")]) == "e\u{301}")
    }

    @Test func editingKeys() throws {
        #expect(try sent([.enter, .tab, .backTab, .backspace, .escape]) == "\r\t\u{1B}[Z\u{7F}\u{1B}")
        #expect(try sent([.delete, .insert, .pageUp, .pageDown]) == "\u{1B}[3~\u{1B}[2~\u{1B}[5~\u{1B}[6~")
    }

    @Test func arrowsFollowTheCursorMode() throws {
        #expect(try sent([.up, .left, .home]) == "\u{1B}[A\u{1B}[D\u{1B}[H")
        #expect(try sent([.up, .left, .home], after: "\u{1B}[?1h") == "\u{1B}OA\u{1B}OD\u{1B}OH")
        #expect(try sent([.up], after: "\u{1B}[?1h\u{1B}[?1l") == "\u{1B}[A")
        #expect(try sent([.shiftUp]) == "\u{1B}[1;2A")
    }

    @Test func functionKeys() throws {
        #expect(try sent([.function(1), .function(5), .function(12)]) == "\u{1B}OP\u{1B}[15~\u{1B}[24~")
    }

    @Test func pastedTextIsMarkedWhenTheProgramWantsIt() throws {
        let emulator = try #require(Emulator(size: Size(width: 20, height: 4)))
        emulator.paste("a\nb\r\nc\u{1B}[201~d")
        #expect(String(decoding: emulator.takeAnswers(), as: UTF8.self) == "a\rb\rc[201~d")
        emulator.feed(Array("\u{1B}[?2004h".utf8))
        #expect(try #require(emulator.nextPicture()).wantsPasteMarks)
        emulator.paste("x\ty")
        #expect(String(decoding: emulator.takeAnswers(), as: UTF8.self) == "\u{1B}[200~x\ty\u{1B}[201~")
    }

    @Test func theMouseIsToldOnlyToWhoAsks() throws {
        let emulator = try #require(Emulator(size: Size(width: 20, height: 4)))
        #expect(!emulator.mouse(MouseEvent(.press(.left), at: Point(x: 3, y: 1))))
        #expect(emulator.takeAnswers().isEmpty)
        emulator.feed(Array("\u{1B}[?1000h\u{1B}[?1006h".utf8))
        #expect(try #require(emulator.nextPicture()).mouse == .presses)
        #expect(emulator.mouse(MouseEvent(.press(.left), at: Point(x: 3, y: 1))))
        #expect(emulator.mouse(MouseEvent(.drag, at: Point(x: 4, y: 1))))
        #expect(emulator.mouse(MouseEvent(.release(.left), at: Point(x: 4, y: 1))))
        #expect(emulator.mouse(MouseEvent(.wheelUp, at: Point(x: 99, y: -7))))
        #expect(
            String(decoding: emulator.takeAnswers(), as: UTF8.self)
                == "\u{1B}[<0;4;2M\u{1B}[<0;5;2m\u{1B}[<64;20;1M")
        emulator.feed(Array("\u{1B}[?1002h".utf8))
        emulator.mouse(MouseEvent(.press(.left), at: Point(x: 0, y: 0)))
        emulator.mouse(MouseEvent(.drag, at: Point(x: 1, y: 0)))
        #expect(String(decoding: emulator.takeAnswers(), as: UTF8.self) == "\u{1B}[<0;1;1M\u{1B}[<32;2;1M")
    }

    @Test func theWheelIsArrowsForAPagerThatDoesNotKnowIt() throws {
        let emulator = try #require(Emulator(size: Size(width: 20, height: 4)))
        #expect(!emulator.wheelAsArrows(-3))
        emulator.feed(Array("\u{1B}[?1049h".utf8))
        #expect(emulator.wheelAsArrows(-2))
        #expect(emulator.wheelAsArrows(1))
        #expect(String(decoding: emulator.takeAnswers(), as: UTF8.self) == "\u{1B}[A\u{1B}[A\u{1B}[B")
    }
}
