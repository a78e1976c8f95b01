import Engine

/// A stream without its gzip or zstd coat; one that wears none passes as it is.
///
/// Exactly one coat is taken off: an archive in an archive stays one. A stream that grows beyond all reason is refused.
final class DecompressedSource: ByteSource {
    let compression: Compression
    private let subject: String
    private let replay: ReplaySource
    private let content: any ByteSource
    private var count: Int64 = 0

    /// Honest content may shrink to a thousandth, when it is small or mostly empty; a large one does not.
    private static let freeBytes: Int64 = 1 << 30
    private static let expansionLimit: Int64 = 500

    init(_ source: any ByteSource, subject: String) throws(EngineError) {
        self.subject = subject
        replay = try ReplaySource(source)
        compression = replay.withFirstBytes { Compression(firstBytes: $0) }
        switch compression {
        case .none: content = replay
        case .gzip: content = try GzipSource(replay, subject: subject)
        case .zstd: content = try ZstdSource(replay, subject: subject)
        }
    }

    func next() throws(EngineError) -> UnsafeRawBufferPointer {
        let bytes = try content.next()
        count += Int64(bytes.count)
        guard count <= Self.freeBytes || count / Self.expansionLimit <= replay.count else {
            throw EngineError(
                .invalidArgument,
                "\(subject) is refused: \(replay.count) compressed bytes become more than \(count), as in a decompression bomb"
            )
        }
        return bytes
    }
}

/// Looks at the first bytes of a stream and gives them back.
private final class ReplaySource: ByteSource {
    private let source: any ByteSource
    private var first: [UInt8] = []
    private var replayed = false
    /// Bytes that were read.
    private(set) var count: Int64 = 0

    init(_ source: any ByteSource) throws(EngineError) {
        self.source = source
        while first.count < 4 {
            let bytes = try source.next()
            if bytes.isEmpty { break }
            first += bytes
            count += Int64(bytes.count)
        }
    }

    func withFirstBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result { first.withUnsafeBytes(body) }

    private var lent: UnsafeMutableRawBufferPointer?

    deinit { lent?.deallocate() }

    func next() throws(EngineError) -> UnsafeRawBufferPointer {
        if replayed || first.isEmpty {
            lent?.deallocate()
            lent = nil
            let bytes = try source.next()
            count += Int64(bytes.count)
            return bytes
        }
        replayed = true
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: first.count, alignment: 16)
        copy.copyBytes(from: first)
        lent = copy
        return UnsafeRawBufferPointer(copy)
    }
}
