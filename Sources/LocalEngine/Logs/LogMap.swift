import Engine
import LinuxSystem

/// The files of a log as they are now, cut into chunks that are looked through one by one.
struct LogMap: Sendable {
    struct Part: Sendable {
        let file: RotatedFile
        /// Its first moment: a name that no rotation changes.
        let key: Int64
        let size: Int64
        /// The number of its first chunk.
        let firstChunk: Int

        var chunkCount: Int { Int((size + LogChunk.size - 1) / LogChunk.size) }
    }

    /// Oldest first; none is empty.
    private(set) var parts: [Part] = []

    var chunkCount: Int { parts.last.map { $0.firstChunk + $0.chunkCount } ?? 0 }

    init(path: String) throws(SystemError) {
        var chunks = 0
        for file in try RotatedFileSet(path: path).open() {
            let size = try file.size()
            guard size > 0 else { continue }
            let part = Part(
                file: file, key: try Self.key(of: file, after: parts.last?.key), size: size, firstChunk: chunks)
            parts.append(part)
            chunks += part.chunkCount
        }
    }

    /// A file's key; files come in the order of their keys.
    static func key(of file: RotatedFile, after previous: Int64?) throws(SystemError) -> Int64 {
        var parser = CRIRecordParser()
        let bytes = try file.read(at: 0, count: CRIRecordParser.longestHeader)
        let time = bytes.withUnsafeBytes { parser.parseTime($0) }?.nanoseconds ?? 0
        guard let previous, time <= previous else { return time }
        return previous + 1
    }

    /// The part that a chunk is in, and the chunk's number in it.
    func part(of chunk: Int) -> (part: Part, index: Int)? {
        guard let part = parts.last(where: { $0.firstChunk <= chunk }), chunk - part.firstChunk < part.chunkCount else {
            return nil
        }
        return (part, chunk - part.firstChunk)
    }

    /// The chunk that a line begins in; where the line is gone, the first that is left behind it.
    func chunk(of place: LogPlace) -> Int {
        guard let part = parts.last(where: { $0.key <= place.part }) else { return 0 }
        guard part.key == place.part else { return part.firstChunk + part.chunkCount }
        return part.firstChunk + min(Int(max(0, place.offset) / LogChunk.size), part.chunkCount)
    }

    /// The first chunk that may hold lines from `time` on.
    func firstChunk(from time: Timestamp) throws(SystemError) -> Int {
        max(0, try firstChunk { $0 >= time } - 1)
    }

    /// Behind the last chunk that may hold lines up to `time`.
    func endChunk(upTo time: Timestamp) throws(SystemError) -> Int { try firstChunk { $0 > time } }

    /// The first chunk whose first moment fulfils what all later ones fulfil, too.
    private func firstChunk(_ isBehind: (Timestamp) -> Bool) throws(SystemError) -> Int {
        var low = 0
        var high = chunkCount
        while low < high {
            let middle = (low + high) / 2
            if let time = try firstTime(of: middle), isBehind(time) { high = middle } else { low = middle + 1 }
        }
        return low
    }

    private func firstTime(of chunk: Int) throws(SystemError) -> Timestamp? {
        guard let (part, index) = part(of: chunk) else { return nil }
        var parser = CRIRecordParser()
        let start = Int64(index) * LogChunk.size
        let bytes = try part.file.read(at: start, count: LogChunk.longestRecord + CRIRecordParser.longestHeader)
        return bytes.withUnsafeBytes { bytes in
            var position = 0
            if start > 0 {
                guard let newline = bytes.firstIndex(of: 0x0a) else { return nil }
                position = newline + 1
            }
            while position < bytes.count {
                let record = UnsafeRawBufferPointer(rebasing: bytes[position...])
                if let time = parser.parseTime(record) { return time }
                guard let newline = record.firstIndex(of: 0x0a) else { return nil }
                position += newline + 1
            }
            return nil
        }
    }
}
