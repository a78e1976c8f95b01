import Engine
import LinuxSystem

/// Finds where the last lines of a log begin, by reading backwards.
struct TailFinder {
    /// A place in a log.
    struct Place: Equatable {
        /// Index in the files, which are oldest first.
        var file: Int
        /// Bytes from the file's start.
        var offset: Int64
    }

    private static let blockSize: Int64 = 64 << 10
    private var remaining: Int
    private var place: Place

    /// Where the last `lines` lines begin; a line in pieces counts once, what is no record not at all.
    static func start(of lines: Int, in files: [RotatedFile]) throws(SystemError) -> Place {
        guard let newest = files.indices.last else { return Place(file: 0, offset: 0) }
        let end = try endOfWholeRecords(files[newest])
        var finder = TailFinder(remaining: max(lines, 0), place: Place(file: newest, offset: end))
        for index in files.indices.reversed() {
            if try finder.search(files[index], index) { break }
        }
        return finder.place
    }

    private init(remaining: Int, place: Place) {
        self.remaining = remaining
        self.place = place
    }

    /// Walks one file backwards; `true` when the beginning is found.
    private mutating func search(_ file: RotatedFile, _ index: Int) throws(SystemError) -> Bool {
        var end = place.file == index ? place.offset : try Self.endOfWholeRecords(file)
        while end > 0 {
            let start = max(0, end - Self.blockSize)
            // One byte before tells whether a record starts the block; some behind hold the header of its last one.
            let from = max(0, start - 1)
            let bytes = try file.read(at: from, count: Int(end - from) + CRIRecordParser.longestHeader)
            let isFound = bytes.withUnsafeBytes { scan($0, from: from, records: start..<end, index) }
            if isFound { return true }
            end = start
        }
        return false
    }

    private mutating func scan(
        _ buffer: UnsafeRawBufferPointer, from: Int64, records: Range<Int64>, _ index: Int
    ) -> Bool {
        var position = min(Int(records.upperBound - from), buffer.count)
        let first = Int(records.lowerBound - from)
        while position > first {
            position -= 1
            guard from + Int64(position) == 0 || (position > 0 && buffer[position - 1] == 0x0a) else { continue }
            let record = UnsafeRawBufferPointer(rebasing: buffer[position...])
            if let header = CRIRecordParser.header(record), !header.isPartial {
                if remaining == 0 { return true }
                remaining -= 1
            }
            place = Place(file: index, offset: from + Int64(position))
        }
        return false
    }

    /// The offset behind the last newline: what follows it is still being written.
    private static func endOfWholeRecords(_ file: RotatedFile) throws(SystemError) -> Int64 {
        var end = try file.size()
        while end > 0 {
            let start = max(0, end - blockSize)
            let bytes = try file.read(at: start, count: Int(end - start))
            if let newline = bytes.lastIndex(of: 0x0a) { return start + Int64(newline) + 1 }
            end = start
        }
        return 0
    }
}
