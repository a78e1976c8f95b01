import Engine
import Terminal

/// The lines of a picture, cut to the terminal's width and height.
extension TransferBoard {
    /// Bars are as long as docker's where there is room, and left out where there is little.
    private static let barLengths = 10...50

    /// What is shown at a moment: the blobs, and on a last line the whole. Never more lines than fit above the cursor; where
    /// there are more blobs, those that are over are counted, then those that wait.
    func lines(_ size: TerminalSize, at now: Int64) -> [String] {
        let room = max(1, size.rows - 1)
        let columns = max(1, size.columns - 1)
        guard !blobs.isEmpty else { return [] }
        guard blobs.contains(where: { !$0.isOver }) else {
            return blobLines(room: room, columns: columns)
        }
        return blobLines(room: room - 1, columns: columns) + [ShownText.cut(total(at: now), columns)]
    }

    private func blobLines(room: Int, columns: Int) -> [String] {
        if blobs.count <= room { return blobs.map { line(of: $0, columns: columns) } }
        guard room > 0 else { return [] }
        let over = blobs.count { $0.isOver }
        var lines = over > 0 ? [ShownText.cut("\(over) of \(blobs.count) are complete", columns)] : []
        let open = blobs.filter { !$0.isOver }
        let places = room - lines.count
        if open.count <= places { return lines + open.map { line(of: $0, columns: columns) } }
        // What moves is worth more than what waits, and the order is that of the layers.
        let urgent = open.filter { $0.phase != .waiting } + open.filter { $0.phase == .waiting }
        let shown = urgent.prefix(max(0, places - 1))
        let digests = Set(shown.map(\.digest))
        lines += open.filter { digests.contains($0.digest) }.map { line(of: $0, columns: columns) }
        if lines.count < room { lines.append(ShownText.cut("\(open.count - shown.count) more", columns)) }
        return lines
    }

    /// One blob's line; `nil` columns is as long as it gets.
    func line(of blob: BlobProgress, columns: Int?) -> String {
        let start = "\(blob.short): \(verb.words(blob.phase))"
        guard blob.isMoving else { return ShownText.cut(start, columns) }
        let done = HumanSize.decimal(UInt64(max(0, blob.done)))
        guard blob.size > 0 else { return ShownText.cut("\(start)  \(done)", columns) }
        let numbers = Self.padded(done, 8) + "/" + HumanSize.decimal(UInt64(blob.size))
        // Bars end in one column whatever their numbers.
        let room = (columns ?? 80) - start.utf8.count - max(15, numbers.utf8.count) - 4
        guard room >= Self.barLengths.lowerBound else { return ShownText.cut("\(start) \(numbers)", columns) }
        let bar = Self.bar(blob, length: min(room, Self.barLengths.upperBound))
        return ShownText.cut("\(start) [\(bar)] \(numbers)", columns)
    }

    private static func bar(_ blob: BlobProgress, length: Int) -> String {
        let share = min(1, Double(max(0, blob.done)) / Double(blob.size))
        let filled = Int(share * Double(length))
        guard filled < length else { return String(repeating: "=", count: length) }
        return String(repeating: "=", count: filled) + ">" + String(repeating: " ", count: length - filled - 1)
    }

    private func total(at now: Int64) -> String {
        let size = blobs.reduce(Int64(0)) { $0 &+ max(0, $1.size) }
        let left = blobs.reduce(Int64(0)) { $0 &+ $1.left }
        let sizes = [size &- left, size].map { HumanSize.decimal(UInt64(max(0, $0))) }
        var text = "Total: \(sizes[0])/\(sizes[1])"
        if left > 0, let rate = rate.perSecond(at: now) {
            text += "  \(HumanSize.decimal(UInt64(rate)))/s  \(Self.duration(left / rate)) left"
        }
        return text
    }

    /// `9s`, `3m05s`, `2h10m`.
    private static func duration(_ seconds: Int64) -> String {
        func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
        if seconds < 60 { return "\(max(1, seconds))s" }
        if seconds < 3600 { return "\(seconds / 60)m\(two(seconds % 60))s" }
        return seconds < 360_000 ? "\(seconds / 3600)h\(two(seconds % 3600 / 60))m" : "days"
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.utf8.count)) + text
    }
}
