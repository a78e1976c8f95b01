import Engine
import Terminal

/// What the panes of images, networks and volumes share: all about the selected row beside the table or below it.
enum ResourcePane {
    /// Details beside the table where it is wide, below it where it is high.
    static func parts(_ whole: Rect) -> (table: Rect, details: Rect) {
        if whole.width >= 110 {
            let (left, rest) = whole.splitLeft(whole.width * 60 / 100)
            return (left, rest)
        }
        guard whole.height >= 15 else { return (whole, .zero) }
        let (top, rest) = whole.splitTop(max(7, whole.height * 45 / 100))
        return (top, rest)
    }

    static func drawDetails(
        _ title: String, _ name: String, _ lines: [[Span]], scroll: Int, in rect: Rect, _ frame: inout Frame,
        _ look: Look
    ) {
        guard !rect.isEmpty else { return }
        let inside = frame.pane(
            rect, title: [Span("\(title) ", look[.title]), Span(name, look[.secondary])], isFocused: false, look: look)
        let text = inside.inset(horizontal: 1, vertical: 0)
        let first = ScrollMath.clamp(scroll, height: text.height, count: lines.count)
        for (index, line) in lines.dropFirst(first).prefix(text.height).enumerated() {
            frame.canvas.put(
                line, at: Point(x: text.x, y: text.y + index), maxWidth: text.width, ellipsis: look.glyphs.ellipsis)
        }
        if lines.count > text.height {
            Scrollbar(offset: first, visible: text.height, count: lines.count).draw(
                on: &frame.canvas, in: Rect(x: inside.right, y: text.y, width: 1, height: text.height), look: look)
        }
    }

    /// How long ago, in docker's words.
    static func ago(_ moment: Timestamp, _ now: Timestamp) -> String {
        Format.ago(Format.humanDuration(seconds: Format.age(of: moment, now: now)))
    }
}
