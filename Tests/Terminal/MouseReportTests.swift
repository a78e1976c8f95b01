import Testing

@testable import Terminal

struct MouseReportTests {
    private static func event(_ text: String) -> MouseEvent? {
        var report = MouseReport()
        for scalar in text.unicodeScalars where !report.take(scalar.value) { return nil }
        return report.isFinished ? report.event : nil
    }

    @Test(arguments: [
        ("0;1;1M", MouseEvent(.press(.left), at: .zero)), ("0;1;1m", MouseEvent(.release(.left), at: .zero)),
        ("1;300;70M", MouseEvent(.press(.middle), at: Point(x: 299, y: 69))),
        ("2;4;5m", MouseEvent(.release(.right), at: Point(x: 3, y: 4))),
        ("32;4;5M", MouseEvent(.drag, at: Point(x: 3, y: 4))), ("35;4;5M", MouseEvent(.move, at: Point(x: 3, y: 4))),
        ("64;1;1M", MouseEvent(.wheelUp, at: .zero)), ("65;1;1M", MouseEvent(.wheelDown, at: .zero)),
        ("16;1;1M", MouseEvent(.press(.left), at: .zero, control: true)),
        ("4;1;1M", MouseEvent(.press(.left), at: .zero, shift: true)),
    ])
    func reportsBecomeEvents(_ text: String, _ event: MouseEvent) { #expect(Self.event(text) == event) }

    @Test(arguments: [
        "66;1;1M", "128;1;1M", "3;1;1M", "0;0;1M", "0;1M", "0;1;1;1M", "0;123456;1M", "0;-1;1M", "0;1;1x", "M", ";;M",
    ])
    func whatIsNoReportIsNoEvent(_ text: String) { #expect(Self.event(text) == nil) }
}

extension ScreenTruthTests {
    private static func mouse(_ events: [TerminalEvent]) -> [MouseEvent] {
        events.compactMap { if case .mouse(let event) = $0 { event } else { nil } }
    }

    @Test(arguments: ["xterm-256color", "screen-256color"])
    func aDragThatComesInOneWriteArrivesWhole(_ term: String) throws {
        let truth = try #require(TerminalTruth(columns: 40, rows: 10, term: term, mouse: true))
        defer { truth.close() }
        let moves = (3..<23).map { "\u{1B}[<32;\($0);4M" }.joined()
        let events = Self.mouse(truth.type("\u{1B}[<0;3;4M\(moves)\u{1B}[<0;22;4m"))
        #expect(events.map(\.kind) == [.press(.left)] + Array(repeating: .drag, count: 20) + [.release(.left)])
        #expect(events.map(\.position.x) == [2] + Array(2..<22) + [21])
        let clicks = Self.mouse(truth.type("\u{1B}[<0;5;5M\u{1B}[<0;5;5m\u{1B}[<16;6;6M\u{1B}[<16;6;6m"))
        #expect(clicks.map(\.isRelease) == [false, true, false, true])
        #expect(clicks.map(\.control) == [false, false, true, true])
    }

    @Test func keysBetweenReportsAndReportsInPiecesAreNotLost() throws {
        let truth = try #require(TerminalTruth(columns: 40, rows: 10, mouse: true))
        defer { truth.close() }
        #expect(
            truth.type("a\u{1B}[<64;1;1Mb\u{1B}OA") == [
                .key(.character("a")), .mouse(MouseEvent(.wheelUp, at: .zero)), .key(.character("b")), .key(.up),
            ])
        #expect(truth.type("\u{1B}[<35;1").isEmpty)
        #expect(truth.type("2;3Mx") == [.mouse(MouseEvent(.move, at: Point(x: 11, y: 2))), .key(.character("x"))])
        // A report that breaks off costs no key.
        #expect(truth.type("\u{1B}[<0;1x") == [.key(.character("x"))])
        #expect(truth.type("\u{1B}\u{1B}[<0;1;1M") == [.key(.escape), .mouse(MouseEvent(.press(.left), at: .zero))])
    }

    @Test func oldReportsAreRead() throws {
        let truth = try #require(TerminalTruth(columns: 40, rows: 10, term: "screen-256color", mouse: true))
        defer { truth.close() }
        let events = Self.mouse(truth.type("\u{1B}[M !!"))
        #expect(events == [MouseEvent(.press(.left), at: .zero)])
    }
}

extension Point {
    fileprivate static let zero = Point(x: 0, y: 0)
}
