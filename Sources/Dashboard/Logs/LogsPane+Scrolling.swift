import Engine
import Terminal

extension DashboardState {
    /// Where the view begins.
    func logPosition(_ geometry: LogGeometry) -> LogGeometry.Position {
        let last = geometry.bottomPosition(logs.window.lines)
        let wanted = LogGeometry.Position(line: logs.top, row: logs.topRow)
        return logs.isFollowing || last < wanted ? last : wanted
    }

    /// Moves the view by screen rows, or the cursor by lines.
    mutating func scrollLog(_ step: Int) {
        guard let rect = layout.rect(of: .logs), !logs.window.lines.isEmpty else { return }
        if let cursor = logs.cursorIndex {
            let index = min(max(0, cursor + step), logs.window.lines.count - 1)
            logs.cursor = logs.window.lines[index].key
            return keepInSight(index, rect)
        }
        let geometry = LogGeometry(logs, in: rect)
        let last = geometry.bottomPosition(logs.window.lines)
        if logs.isFollowing {
            guard step < 0 else { return }
            hold()
        }
        let start = LogGeometry.Position(line: logs.top, row: logs.topRow)
        let position = geometry.moved(start, by: step, logs.window.lines)
        if position < last {
            logs.top = position.line
            logs.topRow = position.row
        } else {
            logs.top = last.line
            logs.topRow = last.row
            if step > 0, logs.window.reachesEnd { logs.isFollowing = true }
        }
    }

    /// The view stays where it is.
    mutating func hold() {
        guard logs.isFollowing, let rect = layout.rect(of: .logs) else { return }
        let last = LogGeometry(logs, in: rect).bottomPosition(logs.window.lines)
        logs.top = last.line
        logs.topRow = last.row
        logs.isFollowing = false
    }

    private mutating func keepInSight(_ index: Int, _ rect: Rect) {
        hold()
        let geometry = LogGeometry(logs, in: rect)
        let lines = logs.window.lines
        let start = LogGeometry.Position(line: logs.top, row: logs.topRow)
        if index < start.line || (index == start.line && start.row > 0) {
            logs.top = index
            logs.topRow = 0
        } else if index >= geometry.lastVisible(from: start, lines) {
            let end = LogGeometry.Position(line: index, row: max(0, geometry.rows(of: lines[index]) - 1))
            let position = geometry.moved(end, by: -max(0, geometry.height - 1), lines)
            if start < position {
                logs.top = position.line
                logs.topRow = position.row
            }
        }
    }

    mutating func showLine(_ line: Int) {
        let height = max(1, (layout.rect(of: .logs)?.height ?? 3) - 2)
        logs.isFollowing = false
        logs.top = max(0, line - height / 2)
        logs.topRow = 0
        guard let rect = layout.rect(of: .logs) else { return }
        let last = LogGeometry(logs, in: rect).bottomPosition(logs.window.lines)
        if LogGeometry.Position(line: logs.top, row: 0) > last {
            logs.top = last.line
            logs.topRow = last.row
        }
    }

    // MARK: The line that keys are about

    /// The cursor's line, else the present match, else the last that is seen.
    var logLine: Int? {
        guard !logs.window.lines.isEmpty else { return nil }
        return logs.cursorIndex ?? logs.search?.hit.flatMap { logs.window.index(of: $0) } ?? lastVisibleLine
    }

    /// Chooses a line; on the chosen one unfolds what is in it.
    mutating func openLine() {
        guard let index = logLine else { return }
        let line = logs.window.lines[index]
        if logs.cursor == nil {
            hold()
            logs.cursor = line.key
        }
        if logs.unfolded.removeValue(forKey: line.key) != nil { return }
        if let value = LogJSON.object(in: LogText.visible(line.bytes)) {
            logs.unfolded[line.key] = LogTree.rows(value)
        } else {
            logs.unfolded[line.key] = facts(of: line)
        }
        if let rect = layout.rect(of: .logs) { keepInSight(index, rect) }
    }

    private func facts(of line: LogWindow.Line) -> [LogTree.Row] {
        let name = logs.query.sources.indices.contains(line.source) ? logs.query.sources[line.source].name : ""
        var rows = [
            LogTree.Row(indent: 1, name: "time", value: line.time.rfc3339),
            LogTree.Row(indent: 1, name: "container", value: name, isText: true),
            LogTree.Row(indent: 1, name: "stream", value: line.stream.rawValue),
            LogTree.Row(indent: 1, name: "bytes", value: "\(line.bytes.count)"),
        ]
        if line.bytes.contains(UInt8(ascii: "{")) {
            rows.append(LogTree.Row(indent: 1, name: "JSON", value: "no"))
        }
        return rows
    }

    mutating func selectLines() {
        guard let index = logLine else { return }
        hold()
        let key = logs.window.lines[index].key
        if logs.cursor == nil { logs.cursor = key }
        logs.anchor = logs.anchor == nil ? logs.cursor : nil
    }

    mutating func copyLines() -> [Effect] {
        guard let index = logLine else {
            tell(.information, words("there is no line to copy"))
            return []
        }
        let anchor = logs.anchor.flatMap { logs.window.index(of: $0) } ?? index
        let chosen = logs.window.lines[min(index, anchor)...max(index, anchor)]
        var bytes: [UInt8] = []
        for line in chosen {
            if !bytes.isEmpty { bytes.append(0x0a) }
            bytes += LogText.visible(line.bytes)
            // More than terminals take.
            guard bytes.count < 74_000 else {
                tell(.failure, words("that is too much for the clipboard: save it to a file"))
                return []
            }
        }
        tell(.success, chosen.count == 1 ? words("copied the line") : words("copied \(chosen.count) lines"))
        logs.anchor = nil
        return [.copy(String(decoding: bytes, as: UTF8.self))]
    }

    // MARK: Marks

    mutating func markLine() {
        guard let index = logLine else { return }
        let line = logs.window.lines[index]
        if let known = logs.marks.firstIndex(where: { $0.key == line.key }) {
            logs.marks.remove(at: known)
        } else {
            logs.marks.append(LogMark(key: line.key, time: line.time))
            logs.marks.sort { $0.time < $1.time }
        }
    }

    /// To the next mark in a direction; behind the last one it begins anew.
    mutating func jumpToMark(_ direction: Int) -> [Effect] {
        guard !logs.marks.isEmpty else {
            tell(.information, words("no line is marked: m marks one"))
            return []
        }
        let lines = logs.window.lines
        let here = logs.cursorIndex ?? (logs.isFollowing ? lines.count : logs.top)
        let present = lines.indices.contains(here) ? lines[here].key : nil
        let time = lines.indices.contains(here) ? lines[here].time : now
        let marks = logs.marks.filter { $0.key != present }
        let next =
            direction < 0
            ? marks.last { $0.time <= time } ?? marks.last : marks.first { $0.time >= time } ?? marks.first
        guard let mark = next ?? logs.marks.first else { return [] }
        if let index = lines.firstIndex(where: { $0.key == mark.key }) {
            showLine(index)
            logs.cursor = mark.key
            return wantPages()
        }
        return logTo(mark.time)
    }
}
