import Emulator
import Engine
import Terminal

/// A session as the pane knows it.
struct ShellSession: Sendable {
    enum Status: Sendable, Hashable {
        case opening, live
        case ended(ShellEnd)
    }

    let id: Int
    let container: ContainerID
    var name: String
    var subject: ShellSubject
    var status = Status.opening
    var picture: ScreenPicture?
    /// The number of the first line on the screen; `nil`: what is new stays in sight.
    var top: Int?
    var copy: CopyMode?
    /// What the mouse has selected.
    var selection: TextSelection?
    /// Something has happened since it was last in sight.
    var hasNews = false
    var search = ""

    /// It has not ended.
    var isLive: Bool { if case .ended = status { false } else { true } }

    /// The number of the first line that is shown.
    var firstLine: Int { picture.map { min(max(top ?? $0.screenStart, $0.start), $0.screenStart) } ?? 0 }

    /// Lines that are shown.
    var height: Int { picture?.size.height ?? 0 }

    /// How many lines above the newest it stands.
    var linesBack: Int { picture.map { $0.screenStart - firstLine } ?? 0 }

    /// Scrolls; at the end it follows again.
    mutating func scroll(_ step: Int) {
        guard let picture else { return }
        let line = min(max(firstLine + step, picture.start), picture.screenStart)
        top = line == picture.screenStart ? nil : line
    }

    /// Brings a line into sight.
    mutating func show(line: Int) {
        if line < firstLine { scroll(line - firstLine) }
        if line >= firstLine + height { scroll(line - (firstLine + height - 1)) }
    }

    /// How it ended, as a sentence.
    var ending: String? {
        guard case .ended(let end) = status else { return nil }
        let what = subject == .shell ? words("the shell in \(name)") : "\(name)"
        switch end {
        case .exited(let code): return words("\(what) has ended with exit code \(code)")
        case .detached(let why): return words("left \(what): \(why)")
        case .failed(let why): return why
        case .noTerminal: return words("\(name) has no terminal to join")
        }
    }
}

/// A piece of what a terminal has shown.
struct TextSelection: Sendable, Hashable {
    enum Shape: Sendable, Hashable {
        /// As text runs, whole lines, a rectangle.
        case text, lines, block
    }

    var anchor: ScreenPicture.Place
    var end: ScreenPicture.Place
    var shape = Shape.text

    func text(in picture: ScreenPicture) -> String {
        switch shape {
        case .text: return picture.text(from: anchor, to: end)
        case .lines:
            let (first, last) = anchor <= end ? (anchor, end) : (end, anchor)
            return picture.text(
                from: ScreenPicture.Place(line: first.line, column: 0),
                to: ScreenPicture.Place(line: last.line, column: .max - 1)) + "\n"
        case .block:
            return picture.text(
                fromColumn: anchor.column, to: end.column,
                lines: min(anchor.line, end.line)...max(anchor.line, end.line))
        }
    }

    /// The columns of a line that it covers.
    func columns(of line: Int) -> ClosedRange<Int>? {
        let (first, last) = anchor <= end ? (anchor, end) : (end, anchor)
        guard line >= first.line, line <= last.line else { return nil }
        switch shape {
        case .lines: return 0...Int.max
        case .block: return min(anchor.column, end.column)...max(anchor.column, end.column)
        case .text:
            let start = line == first.line ? first.column : 0
            return start...max(start, line == last.line ? last.column : Int.max)
        }
    }
}
