import CCompression
import Engine

/// Compresses into a file (RFC 1952). The same bytes always become the same bytes: no name and no time is written.
final class GzipSink {
    private let file: FileSink
    /// zlib remembers where its stream lies.
    private let stream: UnsafeMutablePointer<z_stream>
    private let output: UnsafeMutableRawBufferPointer

    /// The largest window, and gzip's header and checksum around it (zlib.h, deflateInit2).
    private static let windowBits: Int32 = 15 + 16

    init(_ file: FileSink) throws(EngineError) {
        self.file = file
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        output = .allocate(byteCount: 256 << 10, alignment: 4096)
        let result = deflateInit2_(
            stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, Self.windowBits, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size))
        guard result == Z_OK else { throw EngineError(.system, "cannot compress: out of memory") }
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
        output.deallocate()
    }

    func write(_ bytes: UnsafeRawBufferPointer) throws(EngineError) {
        // zlib only reads through the pointer.
        stream.pointee.next_in = UnsafeMutablePointer(mutating: bytes.bindMemory(to: UInt8.self).baseAddress)
        stream.pointee.avail_in = UInt32(clamping: bytes.count)
        while stream.pointee.avail_in > 0 { _ = try step(Z_NO_FLUSH) }
    }

    /// Ends the stream.
    func finish() throws(EngineError) {
        stream.pointee.avail_in = 0
        while try step(Z_FINISH) != Z_STREAM_END {}
    }

    private func step(_ flush: Int32) throws(EngineError) -> Int32 {
        stream.pointee.next_out = output.bindMemory(to: UInt8.self).baseAddress
        stream.pointee.avail_out = UInt32(output.count)
        let result = deflate(stream, flush)
        guard result == Z_OK || result == Z_STREAM_END else {
            throw EngineError(.system, "cannot compress: zlib refuses (\(result))")
        }
        let count = output.count - Int(stream.pointee.avail_out)
        try file.write(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(output)[..<count]))
        return result
    }
}
