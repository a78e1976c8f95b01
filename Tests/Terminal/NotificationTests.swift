import Testing

@testable import Terminal

struct NotificationTests {
    private func code(_ title: String, _ body: String, _ way: NotificationWay) -> String {
        String(decoding: ScreenCodes.notificationCode(title, body, way).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    @Test func bothWaysAreSpelledAsTerminalsReadThem() {
        #expect(code("Spyhop", "web: cpu > 90%", .osc9) == "\u{1B}]9;Spyhop: web: cpu > 90%\u{07}")
        #expect(code("Spyhop", "web is ill", .osc777) == "\u{1B}]777;notify;Spyhop;web is ill\u{07}")
    }

    @Test(arguments: NotificationWay.allCases)
    func noTextEndsTheCommandOrBeginsAnother(way: NotificationWay) {
        let hostile = "a\u{07}\u{1B}]52;c;aGk=\u{07}\u{9C}\u{9D}0;x\n\u{1B}\\\u{202E}\u{85}b"
        let bytes = ScreenCodes.notificationCode(hostile, hostile, way).map { UInt8(bitPattern: $0) }
        #expect(bytes.first == 0x1B && bytes.last == 0x07)
        let inside = String(decoding: bytes.dropFirst().dropLast(), as: UTF8.self)
        #expect(inside.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) })
        #expect(!inside.unicodeScalars.contains("\u{202E}"))
    }

    @Test func aTitleOfNumbersIsNoOtherCommand() {
        #expect(code("4", "1;50", .osc9) == "\u{1B}]9;Spyhop 4: 1;50\u{07}")
        #expect(code("a;b", "c;d", .osc777) == "\u{1B}]777;notify;a,b;c,d\u{07}")
    }

    @Test(arguments: NotificationWay.allCases)
    func insideTmuxTheyAreWrapped(way: NotificationWay) {
        let code = ScreenCodes.notificationCode("Spyhop", "web\u{1B}\\ is ill", way, isInTmux: true)
        let text = String(decoding: code.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let plain = self.code("Spyhop", "web\u{1B}\\ is ill", way)
        #expect(text == "\u{1B}Ptmux;\u{1B}\(plain)\u{1B}\\")
        // Whatever the text is, only its beginning has an ESC: nothing ends tmux's string early.
        #expect(text.unicodeScalars.filter { $0 == "\u{1B}" }.count == 4)
    }

    @Test func longTextsAreCut() {
        #expect(code(String(repeating: "x", count: 1000), String(repeating: "y", count: 1000), .osc9).utf8.count < 400)
    }

    @Test func theWayFollowsFromTheTerminal() {
        #expect(NotificationWay.detect(term: "xterm-256color", hasVTE: false) == .osc9)
        #expect(NotificationWay.detect(term: "xterm-256color", hasVTE: true) == .osc777)
        #expect(NotificationWay.detect(term: "rxvt-unicode-256color", hasVTE: false) == .osc777)
    }
}
