import Engine

/// Turns log lines back into the bytes of the two streams, in their order.
struct LogWriter {
    private let timestamps: Bool
    private let details: Bool
    /// Streams whose last piece did not end its line.
    private var open: Set<LogLine.Stream> = []

    /// `timestamps` puts each line's time in front of it, and `details` the space that ends docker's empty details.
    init(timestamps: Bool, details: Bool = false) {
        self.timestamps = timestamps
        self.details = details
    }

    /// The bytes of `lines`, neighbours of one stream together.
    mutating func runs(of lines: [LogLine]) -> [(LogLine.Stream, [UInt8])] {
        var runs: [(LogLine.Stream, [UInt8])] = []
        for line in lines {
            var bytes: [UInt8] = []
            if !open.contains(line.stream) {
                if timestamps { bytes += Array("\(line.time.rfc3339) ".utf8) }
                if details { bytes.append(UInt8(ascii: " ")) }
            }
            bytes += line.bytes
            if line.isPartial {
                open.insert(line.stream)
            } else {
                open.remove(line.stream)
                bytes.append(UInt8(ascii: "\n"))
            }
            if let last = runs.indices.last, runs[last].0 == line.stream {
                runs[last].1 += bytes
            } else {
                runs.append((line.stream, bytes))
            }
        }
        return runs
    }
}
