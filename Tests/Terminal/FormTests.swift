import Testing

@testable import Terminal

@Suite struct FormTests {
    private static let look = Look(theme: .plain, glyphs: .ascii)

    private func form() -> Form {
        Form(
            title: "Make one",
            fields: [
                FormField("name", label: "name", hint: "made up", value: .text(TextLine())),
                FormField("kind", label: "kind", value: .choice(["small", "large"], selected: 0)),
                FormField("fast", label: "fast", value: .flag(false)),
            ], submit: "Make")
    }

    private func lines(_ form: Form, _ size: Size = Size(width: 60, height: 14)) -> [String] {
        var canvas = Canvas(size: size)
        form.draw(on: &canvas, in: Rect(size), look: Self.look)
        return canvas.lines
    }

    @Test func keysEditTheFieldWithTheCursorAndTabMovesOn() {
        var form = form()
        for key in [Key.character("a"), .character(" "), .character("b"), .tab, .right, .right, .right, .down] {
            #expect(form.apply(key) == .handled)
        }
        #expect(form["name"]?.text == "a b" && form["kind"]?.text == "large")
        #expect(form.apply(.character(" ")) == .handled)
        #expect(form["fast"]?.isSet == true && form["fast"]?.text == "")
        #expect(form.apply(.character("x")) == .ignored)
        #expect(form.apply(.enter) == .submit)
    }

    @Test func buttonsSubmitAndCancelAndTheEndsAreConnected() {
        var form = form()
        _ = form.apply(.backTab)
        #expect(form.apply(.enter) == .cancel)
        _ = form.apply(.left)
        #expect(form.apply(.character(" ")) == .submit)
        _ = form.apply(.right)
        #expect(form.apply(.character(" ")) == .cancel)
        _ = form.apply(.tab)
        #expect(form.selected == 0)
        #expect(form.apply(.escape) == .cancel)
    }

    @Test func aPressTurnsFlagsAndDoesWhatAButtonSays() {
        var form = form()
        #expect(form.press(2) == .handled && form["fast"]?.isSet == true)
        #expect(form.press(1) == .handled && form["kind"]?.text == "large")
        #expect(form.press(3) == .submit && form.press(4) == .cancel && form.press(5) == .ignored)
        #expect(form.press(-1) == .ignored)
    }

    @Test func whatIsWrongStandsBelowItsFieldUntilItIsChanged() {
        var form = form()
        form.refuse(["kind": "not that one", "nobody": "x"])
        #expect(form.selected == 1)
        #expect(lines(form).contains { $0.contains("not that one") })
        _ = form.apply(.right)
        #expect(!lines(form).contains { $0.contains("not that one") })
        form.note = "the whole of it does not work, for reasons that take more room than one line of it has"
        #expect(lines(form).filter { $0.contains("the whole") || $0.contains("one line") }.count == 2)
    }

    @Test func everyFieldAndButtonHasItsPlace() {
        var canvas = Canvas(size: Size(width: 60, height: 14))
        let places = form().draw(on: &canvas, in: canvas.bounds, look: Self.look)
        #expect(places.map(\.index) == [0, 1, 2, 3, 4])
        #expect(places.allSatisfy { !$0.rect.isEmpty && $0.rect.intersection(canvas.bounds) == $0.rect })
    }

    @Test(arguments: 0..<12)
    func aLowOneShowsTheFieldWithTheCursor(index: Int) {
        var form = form()
        form.fields = (0..<12).map { FormField("\($0)", label: "field\($0)", value: .text(TextLine("value\($0)"))) }
        form.select(index)
        #expect(lines(form, Size(width: 40, height: 8)).contains { $0.contains("field\(index) ") })
    }

    @Test func noSizeIsTooSmall() {
        for width in 0..<30 {
            for height in 0..<8 { #expect(lines(form(), Size(width: width, height: height)).count == height) }
        }
    }

    @Test func aPasteIsBounded() {
        var form = form()
        for _ in 0..<(FormField.limit + 100) { _ = form.apply(.character("x")) }
        #expect(form["name"]?.text.count == FormField.limit)
    }
}
