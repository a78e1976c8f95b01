import Engine

/// Block I/O: `io.stat`, or version 1's `blkio.throttle.io_service_bytes_recursive` and `io_serviced_recursive`.
struct BlockIOReader: ~Copyable {
    private var statistics: KeptFile?
    private var bytes: KeptFile?
    private var operations: KeptFile?
    /// The bytes at the last reading: without new ones the number of operations is still the same.
    private var last = Sample.BlockIO()

    init(paths: [String: String], isKept: Bool) {
        if let directory = paths[Controller.blkio.rawValue] {
            bytes = KeptFile(directory + "/blkio.throttle.io_service_bytes_recursive", isKept: isKept)
            operations = KeptFile(directory + "/blkio.throttle.io_serviced_recursive", isKept: isKept)
        } else if let directory = paths[ContainerCgroup.unifiedKey] {
            statistics = KeptFile(directory + "/io.stat", isKept: isKept)
        }
    }

    mutating func read(into io: inout Sample.BlockIO, using buffer: ReadBuffer) {
        var result = Sample.BlockIO()
        if statistics?.read(into: buffer, { Self.scanV2(&$0, into: &result) }) == nil {
            guard let totals = bytes?.read(into: buffer, { Self.sumV1(&$0) }) else { return }
            result = last
            if totals.read != last.readBytes || totals.written != last.writtenBytes {
                result.readBytes = totals.read
                result.writtenBytes = totals.written
                if let counts = operations?.read(into: buffer, { Self.sumV1(&$0) }) {
                    result.reads = counts.read
                    result.writes = counts.written
                }
            }
        }
        last = result
        io = result
    }

    /// `8:0 rbytes=1 wbytes=2 rios=3 wios=4 dbytes=5 dios=6`, one line a device (cgroup-v2.rst, "io.stat").
    static func scanV2(_ scanner: inout ByteScanner, into io: inout Sample.BlockIO) {
        while !scanner.isAtEnd {
            _ = scanner.word()
            scanner.skipBlanks()
            while !scanner.isAtEnd, scanner.current != 0x0a {
                if scanner.skip("rbytes=") {
                    io.readBytes &+= scanner.number() ?? 0
                } else if scanner.skip("wbytes=") {
                    io.writtenBytes &+= scanner.number() ?? 0
                } else if scanner.skip("rios=") {
                    io.reads &+= scanner.number() ?? 0
                } else if scanner.skip("wios=") {
                    io.writes &+= scanner.number() ?? 0
                }
                _ = scanner.word()
                scanner.skipBlanks()
            }
            scanner.skipLine()
        }
    }

    /// `8:0 Read 1`, `8:0 Write 2`, …, `Total 3`: sums over all devices (cgroup-v1/blkio-controller.rst).
    static func sumV1(_ scanner: inout ByteScanner) -> (read: UInt64, written: UInt64) {
        var sum = (read: UInt64(0), written: UInt64(0))
        while !scanner.isAtEnd {
            _ = scanner.word()
            scanner.skipBlanks()
            if scanner.skip("Read ") {
                sum.read &+= scanner.number() ?? 0
            } else if scanner.skip("Write ") {
                sum.written &+= scanner.number() ?? 0
            }
            scanner.skipLine()
        }
        return sum
    }
}
