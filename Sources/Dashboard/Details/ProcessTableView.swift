import Engine
import Terminal

/// A container's processes as a table.
enum ProcessTableView {
    static func draw(
        _ processes: ProcessRows, _ state: DashboardState, in room: Rect, isFocused: Bool, _ frame: inout Frame,
        _ look: Look
    ) {
        let (top, rest) = room.splitTop(1)
        let columns = columns(room.width)
        var x = top.x + 1
        for (column, width) in columns {
            let isSorted = !processes.isTree && processes.column == column
            let sign = isSorted ? String(processes.isDescending ? look.glyphs.descending : look.glyphs.ascending) : ""
            let text = words(for: column.title) + sign
            let place = Rect(x: x, y: top.y, width: max(0, min(width, top.right - x)), height: 1)
            let isFigure = isFigure(column)
            let gap = isFigure ? max(0, width - SafeText.width(text)) : 0
            frame.canvas.put(
                text, at: Point(x: x + gap, y: top.y), style: look[.header], maxWidth: max(0, top.right - x - gap))
            frame.hit(place, .spot(.details, .header(column.rawValue)))
            x += width + 1
        }
        RowList(
            pane: .details, count: processes.rows.count, index: processes.index, scroll: processes.scroll,
            isFocused: isFocused
        ).draw(in: rest, &frame, look) { place, width in
            spans(processes.rows[place], columns, state, look)
        }
    }

    private static func isFigure(_ column: ProcessRows.Column) -> Bool {
        [.pid, .cpu, .memory, .threads, .time].contains(column)
    }

    private static func columns(_ width: Int) -> [(ProcessRows.Column, Int)] {
        var columns: [(ProcessRows.Column, Int)] = [(.pid, 8), (.user, 8), (.cpu, 6), (.memory, 8)]
        if width >= 76 { columns += [(.threads, 4), (.time, 9)] }
        if width >= 96 { columns.append((.started, 8)) }
        let used = columns.reduce(0) { $0 + $1.1 + 1 }
        return columns + [(.command, max(10, width - used - 2))]
    }

    private static func spans(
        _ row: ProcessRows.Row, _ columns: [(ProcessRows.Column, Int)], _ state: DashboardState, _ look: Look
    ) -> [Span] {
        let process = row.process
        return columns.flatMap { column, width -> [Span] in
            func figure(_ text: String, _ style: Style) -> [Span] {
                [Span(RowList.cell(text, width, trailing: true) + " ", style)]
            }
            switch column {
            case .pid: return figure(String(process.pid), look[.text])
            case .user: return [Span(RowList.cell(process.user, width) + " ", look[.muted])]
            case .cpu:
                let style = look[(row.cpu ?? 0) >= 50 ? .warning : .text]
                return figure(row.cpu.map { Format.fixed($0, 1) } ?? "-", style)
            case .memory: return figure(Format.bytes(Double(process.memory)), look[.text])
            case .threads: return figure(String(process.threads), look[.muted])
            case .time: return figure(time(process.cpuTime), look[.muted])
            case .started:
                let start = process.startedAt.map { Format.clock($0, offset: state.utcOffset) } ?? ""
                return [Span(RowList.cell(start, width) + " ", look[.muted])]
            case .command:
                let indent = String(repeating: " ", count: min(row.depth, 20) * 2)
                let branch = row.depth > 0 ? (look.glyphs.isASCII ? "`-" : "└ ") : ""
                let isGone = process.state == "Z" || process.state == "X"
                return [
                    Span(indent + branch, look[.faint]), Span(process.command, look[isGone ? .faint : .text]),
                    Span(isGone ? " \(words("(has ended)"))" : "", look[.faint]),
                ]
            }
        }
    }

    /// `0:04`, `12:00:09`.
    private static func time(_ nanoseconds: Int64) -> String {
        let seconds = max(0, nanoseconds / 1_000_000_000)
        func padded(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
        if seconds < 3600 { return "\(seconds / 60):\(padded(seconds % 60))" }
        return "\(seconds / 3600):\(padded(seconds / 60 % 60)):\(padded(seconds % 60))"
    }
}
