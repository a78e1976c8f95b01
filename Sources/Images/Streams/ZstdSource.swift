import CCompression
import Engine

/// A zstd stream without its coat (RFC 8878): any number of frames, skippable ones between them, with nothing behind.
///
/// As the zstd program does by default, it takes windows up to 128 MiB; usual ones have 8 at most.
final class ZstdSource: ByteSource {
    private let source: any ByteSource
    private let subject: String
    private let stream: OpaquePointer
    private let output: UnsafeMutableRawBufferPointer
    private var input = UnsafeRawBufferPointer(start: nil, count: 0)
    private var position = 0
    private var inputEnded = false
    /// Between frames.
    private var isWhole = false
    /// The stream has more to give without more input.
    private var isFull = false

    init(_ source: any ByteSource, subject: String) throws(EngineError) {
        guard let stream = ZSTD_createDStream() else {
            throw EngineError(.system, "cannot read \(subject): out of memory")
        }
        self.stream = stream
        self.source = source
        self.subject = subject
        output = .allocate(byteCount: 256 << 10, alignment: 4096)
    }

    deinit {
        ZSTD_freeDStream(stream)
        output.deallocate()
    }

    func next() throws(EngineError) -> UnsafeRawBufferPointer {
        while true {
            if position == input.count, !isFull, !inputEnded {
                input = try source.next()
                position = 0
                inputEnded = input.isEmpty
            }
            if inputEnded, !isFull {
                guard isWhole else {
                    throw EngineError(.corrupted, "cannot read \(subject): its zstd data break off")
                }
                return UnsafeRawBufferPointer(start: nil, count: 0)
            }
            var from = ZSTD_inBuffer(src: input.baseAddress, size: input.count, pos: position)
            var to = ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
            let result = ZSTD_decompressStream(stream, &to, &from)
            guard ZSTD_isError(result) == 0 else {
                let reason = printable(String(cString: ZSTD_getErrorName(result)))
                throw EngineError(.corrupted, "cannot read \(subject): its zstd data are damaged: \(reason)")
            }
            position = from.pos
            isWhole = result == 0
            isFull = to.pos == to.size && !isWhole
            if to.pos > 0 { return UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(output)[..<to.pos]) }
        }
    }
}
