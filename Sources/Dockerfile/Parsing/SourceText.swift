/// A file's bytes and where its lines are.
struct SourceText {
    let bytes: [UInt8]
    /// Each line without its line feed; a carriage return before that is in it.
    let lines: [Range<Int>]

    /// Finds the lines; a byte order mark is skipped.
    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        var lines: [Range<Int>] = []
        var index = start
        while index < bytes.count {
            if bytes[index] == .newline {
                lines.append(start..<index)
                start = index + 1
            }
            index += 1
        }
        if start < bytes.count { lines.append(start..<bytes.count) }
        self.lines = lines
    }

    /// A line without carriage returns at its end; numbers are from 0.
    func content(_ line: Int) -> ArraySlice<UInt8> {
        guard lines.indices.contains(line) else { return [] }
        var content = bytes[lines[line]]
        while content.last == .carriageReturn { content = content.dropLast() }
        return content
    }

    /// A line with its end, as the file has it.
    func raw(_ line: Int) -> ArraySlice<UInt8> {
        guard lines.indices.contains(line) else { return [] }
        let range = lines[line]
        return bytes[range.lowerBound..<min(range.upperBound + 1, bytes.count)]
    }

    /// All lines as texts.
    var texts: [String] { lines.indices.map { content($0).text } }
}
