import Engine
import Terminal

/// What comes and goes between here and registries, above the panes.
enum TransfersPanel {
    /// A line, and the transfer it tells of.
    struct Line {
        var transfer: Int
        var spans: [Span]
        /// A bar within the line, from this column on.
        var bar: (x: Int, width: Int, fraction: Double)?
    }

    static func rect(in body: Rect) -> Rect {
        body.centered(Size(width: min(body.width, max(72, body.width * 85 / 100)), height: body.height))
    }

    static func draw(_ state: DashboardState, in body: Rect, _ frame: inout Frame, _ look: Look) {
        let transfers = state.transfers
        let outer = rect(in: body)
        let lines = lines(state, width: outer.width - 4, look)
        let rect = body.centered(Size(width: outer.width, height: min(body.height, max(5, lines.count + 3))))
        let ground = look[.dialog].background
        frame.cover()
        frame.hit(rect, .overlay)
        frame.canvas.fill(rect, style: look[.dialog])
        let inside = frame.canvas.box(
            rect, glyphs: look.glyphs, style: look[.dialogBorder],
            title: [
                Span("\(words("Transfers")) ", look[.title].on(ground)),
                Span("\(transfers.all.count)", look[.muted].on(ground)),
            ], trailing: [Span(words("Esc hides"), look[.muted].on(ground))])
        let (room, hints) = inside.splitBottom(1)
        guard !transfers.all.isEmpty else {
            frame.canvas.put(
                words("nothing has been pulled or pushed from here yet"), at: Point(x: room.x + 1, y: room.y),
                style: look[.muted].on(ground), maxWidth: room.width - 2)
            return
        }
        drawHints(transfers, in: hints, &frame, look)
        let scroll = scroll(lines, transfers, height: room.height)
        for (index, line) in lines.dropFirst(scroll).prefix(room.height).enumerated() {
            let row = room.row(index)
            draw(line, in: row, isSelected: line.transfer == transfers.selected, &frame, look)
            frame.hit(row, .transferRow(line.transfer))
        }
        if lines.count > room.height {
            Scrollbar(offset: scroll, visible: room.height, count: lines.count).draw(
                on: &frame.canvas, in: Rect(x: inside.right - 1, y: room.y, width: 1, height: room.height), look: look)
        }
    }

    /// The first line such that the selected transfer is seen from its head on.
    private static func scroll(_ lines: [Line], _ transfers: TransfersState, height: Int) -> Int {
        let first = lines.firstIndex { $0.transfer == transfers.selected } ?? 0
        let last = lines.lastIndex { $0.transfer == transfers.selected } ?? 0
        let top = last < height ? 0 : min(first, last - height + 1)
        return ScrollMath.clamp(max(top, 0) + transfers.scroll, height: height, count: lines.count)
    }

    private static func draw(
        _ line: Line, in row: Rect, isSelected: Bool, _ frame: inout Frame, _ look: Look
    ) {
        let ground = look[.dialog].background
        if isSelected {
            frame.canvas.set(look.glyphs.pointer, at: row.origin, style: look[.accent].on(ground))
        }
        let spans = line.spans.map { Span($0.text, $0.style.on(ground)) }
        frame.canvas.put(
            spans, at: Point(x: row.x + 2, y: row.y), maxWidth: row.width - 3, ellipsis: look.glyphs.ellipsis)
        if let bar = line.bar {
            Meter(bar.fraction, gradient: look.theme[.network]).draw(
                on: &frame.canvas, in: Rect(x: row.x + 2 + bar.x, y: row.y, width: bar.width, height: 1), look: look)
        }
    }

    private static func drawHints(
        _ transfers: TransfersState, in row: Rect, _ frame: inout Frame, _ look: Look
    ) {
        let ground = look[.dialog].background
        var x = row.x + 2
        let isRunning =
            transfers.all.indices.contains(transfers.selected) && transfers.all[transfers.selected].isRunning
        var hints: [(key: String, text: String, target: HitTarget)] = []
        if isRunning { hints.append(("d", words("stop"), .transferStop)) }
        if transfers.all.contains(where: { !$0.isRunning }) {
            hints.append(("c", words("forget those that ended"), .transferForget))
        }
        for hint in hints {
            let spans = [Span(hint.key, look[.key].on(ground)), Span(" \(hint.text)", look[.muted].on(ground))]
            let width = frame.canvas.put(spans, at: Point(x: x, y: row.y), maxWidth: row.right - x)
            frame.hit(Rect(x: x, y: row.y, width: width, height: 1), hint.target)
            x += width + 3
        }
    }

    // MARK: Lines

    /// All transfers, one below the other; of those that are over only their ends.
    static func lines(_ state: DashboardState, width: Int, _ look: Look) -> [Line] {
        var lines: [Line] = []
        for (index, transfer) in state.transfers.all.enumerated() {
            lines.append(Line(transfer: index, spans: head(transfer, look)))
            switch transfer.phase {
            case .running, .stopping:
                lines.append(sum(transfer.report, index, width: width, look))
                lines += transfer.report.blobs.map { blob($0, index, width: width, look) }
            case .failed(let reason):
                for text in FooterBar.wrap(SafeText.string(reason), width: max(10, width - 3), limit: 4) {
                    lines.append(Line(transfer: index, spans: [Span("  \(text)", look[.error])]))
                }
            case .done, .stopped: break
            }
            for notice in transfer.report.notices {
                lines.append(Line(transfer: index, spans: [Span("  \(notice)", look[.warning])]))
            }
        }
        return lines
    }

    private static func head(_ transfer: Transfer, _ look: Look) -> [Span] {
        let name = transfer.report.reference ?? transfer.request.reference
        let word: (String, Style) =
            switch transfer.phase {
            case .running: (transfer.report.blobs.isEmpty ? words("asking") : words("under way"), look[.info])
            case .stopping: (words("stopping"), look[.warning])
            case .done(let text): (text, look[.ok])
            case .failed: (words("failed"), look[.error])
            case .stopped: (words("stopped; the next one goes on from there"), look[.warning])
            }
        return [
            Span("\(words(for: transfer.request.verb)) ", look[.muted]), Span(name, look[.secondary]),
            Span("  ", look[.text]),
            Span(word.0, word.1),
        ]
    }

    private static func barWidth(_ width: Int) -> Int { width >= 80 ? 20 : width >= 64 ? 12 : 8 }

    /// All of a transfer in one line.
    static func sum(_ report: TransferReport, _ index: Int, width: Int, _ look: Look) -> Line {
        let (done, total) = report.bytes
        let amount = words("\(Format.decimalBytes(Double(done))) of \(Format.decimalBytes(Double(total)))")
        let text =
            total == 0
            ? "" : "\(Format.percent(Double(done) / Double(total) * 100))  \(amount)  \(Format.rate(report.rate))/s"
        let bar = barWidth(width)
        return Line(
            transfer: index,
            spans: [Span(String(repeating: " ", count: 15 + bar + 1), look[.text]), Span(text, look[.text])],
            bar: (15, bar, report.fraction ?? 0))
    }

    /// One layer of it.
    static func blob(_ blob: BlobProgress, _ index: Int, width: Int, _ look: Look) -> Line {
        let bar = barWidth(width)
        let size = Format.decimalBytes(Double(blob.size))
        let isMoving = blob.phase == .downloading || blob.phase == .uploading
        let figures = isMoving ? "\(Format.decimalBytes(Double(blob.done)))/\(size)" : size
        let gap = String(repeating: " ", count: max(0, 15 - figures.utf8.count))
        let style: Style =
            switch blob.phase {
            case .downloading, .uploading, .extracting: look[.info]
            case .retrying: look[.warning]
            case .done, .exists, .mounted: look[.ok]
            case .waiting, .awaitingOther: look[.faint]
            }
        let name = blob.short + String(repeating: " ", count: max(0, 12 - blob.short.utf8.count))
        return Line(
            transfer: index,
            spans: [
                Span("  \(name) ", look[.muted]), Span(String(repeating: " ", count: bar + 1), look[.text]),
                Span("\(figures)\(gap) ", look[.text]), Span(blob.word, style),
            ], bar: (15, bar, blob.size > 0 ? Double(blob.shownDone) / Double(blob.size) : 0))
    }
}
