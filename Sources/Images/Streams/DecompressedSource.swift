import CArchive
import Engine

/// A stream without its gzip or zstd coat; one that wears none passes as it is.
///
/// Exactly one coat is taken off: libarchive's own detection would unwrap an archive in an archive.
final class DecompressedSource: ByteSource {
    let compression: Compression
    private let input: ArchiveInput?
    private let replay: ReplaySource
    private var ended = false
    private var isOpen = false

    init(_ source: any ByteSource, subject: String) throws(EngineError) {
        replay = try ReplaySource(source)
        let compression = replay.withFirstBytes { Compression(firstBytes: $0) }
        self.compression = compression
        let filter: Int32
        switch compression {
        case .none:
            input = nil
            return
        case .gzip: filter = ARCHIVE_FILTER_GZIP
        case .zstd: filter = ARCHIVE_FILTER_ZSTD
        }
        input = try ArchiveInput(replay, subject: subject) { archive in
            min(archive_read_append_filter(archive, filter), archive_read_support_format_raw(archive))
        }
    }

    func next() throws(EngineError) -> UnsafeRawBufferPointer {
        guard let input else { return try replay.next() }
        let empty = UnsafeRawBufferPointer(start: nil, count: 0)
        if ended { return empty }
        if !isOpen {
            isOpen = true
            var entry: OpaquePointer?
            let result = archive_read_next_header(input.archive, &entry)
            try input.check(result)
            ended = result == ARCHIVE_EOF
        }
        while !ended {
            var buffer: UnsafeRawPointer?
            var size = 0
            var offset: la_int64_t = 0
            let result = archive_read_data_block(input.archive, &buffer, &size, &offset)
            try input.check(result)
            if result == ARCHIVE_EOF {
                ended = true
            } else if size > 0 {
                return UnsafeRawBufferPointer(start: buffer, count: size)
            }
        }
        return empty
    }
}

/// Looks at the first bytes of a stream and gives them back.
private final class ReplaySource: ByteSource {
    private let source: any ByteSource
    private var first: [UInt8] = []
    private var replayed = false

    init(_ source: any ByteSource) throws(EngineError) {
        self.source = source
        while first.count < 4 {
            let bytes = try source.next()
            if bytes.isEmpty { break }
            first += bytes
        }
    }

    func withFirstBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result { first.withUnsafeBytes(body) }

    private var lent: UnsafeMutableRawBufferPointer?

    deinit { lent?.deallocate() }

    func next() throws(EngineError) -> UnsafeRawBufferPointer {
        if replayed || first.isEmpty {
            lent?.deallocate()
            lent = nil
            return try source.next()
        }
        replayed = true
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: first.count, alignment: 16)
        copy.copyBytes(from: first)
        lent = copy
        return UnsafeRawBufferPointer(copy)
    }
}
