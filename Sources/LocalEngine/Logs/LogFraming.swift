import Engine
import Glibc
import Search

/// The lines of a chunk as text: pieces joined, without times, streams, escape sequences.
final class LogFraming {
    /// Where a line is.
    struct Row {
        /// Its first byte in `text`.
        var text: Int32
        /// Its first record in the chunk's bytes.
        var raw: Int32
    }

    /// No record is shorter.
    private static let shortestRecord = 24

    private let memory: UnsafeMutableRawBufferPointer
    private let rowMemory: UnsafeMutableBufferPointer<Row>
    private var textCount = 0
    private(set) var rowCount = 0

    init(capacity: Int) {
        memory = .allocate(byteCount: capacity + 64, alignment: 64)
        rowMemory = .allocate(capacity: capacity / Self.shortestRecord + 1)
    }

    deinit {
        memory.deallocate()
        rowMemory.deallocate()
    }

    /// The lines, each with a newline.
    var text: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: memory[..<textCount]) }

    /// The text of a line, without its newline.
    func text(of row: Int) -> UnsafeRawBufferPointer {
        guard row >= 0, row < rowCount else { return UnsafeRawBufferPointer(start: nil, count: 0) }
        let start = Int(rowMemory[row].text)
        let end = row + 1 < rowCount ? Int(rowMemory[row + 1].text) : textCount
        return UnsafeRawBufferPointer(rebasing: memory[start..<max(start, end - 1)])
    }

    /// Where a line's first record is in the chunk's bytes.
    func position(of row: Int) -> Int { row >= 0 && row < rowCount ? Int(rowMemory[row].raw) : 0 }

    /// The row that begins at `place` in the text, looked for from `first` on.
    func row(at place: Int, from first: Int) -> Int {
        var low = first
        var high = rowCount
        // Most often it is near.
        var step = 1
        while low + step < high, rowMemory[low + step].text <= place { step *= 2 }
        high = min(high, low + step)
        low += step / 2
        while low + 1 < high {
            let middle = (low + high) / 2
            if rowMemory[middle].text <= place { low = middle } else { high = middle }
        }
        return low
    }

    /// Reads the records that begin in `own`, and of the last line what reaches over its end.
    func read(_ raw: UnsafeRawBufferPointer, own: Range<Int>, isFileStart: Bool) {
        textCount = 0
        rowCount = 0
        guard let base = raw.baseAddress, let target = memory.baseAddress else { return }
        var reading = Reading(own: own, target: target, rows: rowMemory)
        reading.hasEscapes = memchr(base, 0x1b, raw.count) != nil
        var position = 0
        if !isFileStart {
            guard let newline = memchr(base, 0x0a, raw.count) else { return }
            position = UnsafeRawPointer(newline) - base + 1
        }
        while position < raw.count, let newline = memchr(base + position, 0x0a, raw.count - position) {
            let end = UnsafeRawPointer(newline) - base
            let record = UnsafeRawBufferPointer(start: base + position, count: end - position)
            if let header = CRIRecordParser.quickHeader(record) {
                guard reading.take(header, record, at: position) else { break }
                reading.previous = position
            } else if position >= own.upperBound, !reading.isWriting {
                break
            }
            position = end + 1
        }
        if reading.isWriting { reading.close() }
        textCount = reading.textCount
        rowCount = reading.rowCount
    }

    /// How far the records have been read.
    private struct Reading {
        let own: Range<Int>
        let target: UnsafeMutableRawPointer
        let rows: UnsafeMutableBufferPointer<Row>
        var hasEscapes = false
        var textCount = 0
        var rowCount = 0
        var lastText = 0
        /// The stream (1 or 2) whose line goes on, 0 when none does.
        var open: UInt8 = 0
        /// The record before the line's first; -1 when that was not seen, and the beginning is not sure.
        var before = -1
        /// The record before the present one.
        var previous = -1
        var length = 0
        /// A line of the chunk before reaches in.
        var isSkipping = false
        /// A line of this chunk is being put together.
        var isWriting = false
        var hasBegun = false

        init(own: Range<Int>, target: UnsafeMutableRawPointer, rows: UnsafeMutableBufferPointer<Row>) {
            self.own = own
            self.target = target
            self.rows = rows
        }

        /// Takes a record; `false` when it begins a line of the next chunk.
        @inline(__always)
        mutating func take(
            _ header: CRIRecordParser.Header, _ record: UnsafeRawBufferPointer, at position: Int
        ) -> Bool {
            let stream: UInt8 = header.stream == .stdout ? 1 : 2
            var goesOn = open == stream && length < LineJoiner.longestLine
            if position >= own.lowerBound, !hasBegun {
                hasBegun = true
                // Its chunk has taken it when its beginning can be seen from here.
                if goesOn, before >= 0 { isSkipping = true } else { goesOn = false }
            }
            if position >= own.upperBound, !goesOn || !isWriting || before <= own.upperBound - LogChunk.lookBack {
                return false
            }
            if !goesOn {
                if isWriting { close() }
                before = open == stream ? -1 : previous
                length = 0
                isSkipping = false
                isWriting = false
            }
            length += record.count - header.content
            open = header.isPartial ? stream : 0
            guard position >= own.lowerBound, !isSkipping else { return true }
            if !isWriting {
                guard rowCount < rows.count else { return false }
                rows[rowCount] = Row(
                    text: Int32(truncatingIfNeeded: textCount), raw: Int32(truncatingIfNeeded: position))
                lastText = textCount
                rowCount += 1
            }
            append(record, from: header.content)
            isWriting = true
            if !header.isPartial { close() }
            return true
        }

        @inline(__always)
        private mutating func append(_ record: UnsafeRawBufferPointer, from content: Int) {
            let count = record.count - content
            guard count > 0, let source = record.baseAddress.map({ $0 + content }) else { return }
            if hasEscapes, memchr(source, 0x1b, count) != nil {
                textCount += EscapeSequences.strip(
                    UnsafeRawBufferPointer(start: source, count: count), to: target + textCount)
            } else {
                memcpy(target + textCount, source, count)
                textCount += count
            }
        }

        @inline(__always)
        mutating func close() {
            isWriting = false
            if textCount > lastText, target.load(fromByteOffset: textCount - 1, as: UInt8.self) == 0x0d {
                textCount -= 1
            }
            target.storeBytes(of: 0x0a, toByteOffset: textCount, as: UInt8.self)
            textCount += 1
        }
    }
}
