import CCompression
import Engine

/// A gzip stream without its coat (RFC 1952): any number of members, one after the other, with nothing behind them.
final class GzipSource: ByteSource {
    private let source: any ByteSource
    private let subject: String
    /// zlib remembers where its stream lies.
    private let stream: UnsafeMutablePointer<z_stream>
    private let output: UnsafeMutableRawBufferPointer
    private var inputEnded = false
    /// Members that have ended.
    private var members = 0
    private var isBetweenMembers = true

    /// The largest window, and gzip's header and checksum around it (zlib.h, inflateInit2).
    private static let windowBits: Int32 = 15 + 16

    init(_ source: any ByteSource, subject: String) throws(EngineError) {
        self.source = source
        self.subject = subject
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        output = .allocate(byteCount: 256 << 10, alignment: 4096)
        let result = inflateInit2_(stream, Self.windowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        guard result == Z_OK else { throw EngineError(.system, "cannot read \(subject): out of memory") }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
        output.deallocate()
    }

    func next() throws(EngineError) -> UnsafeRawBufferPointer {
        while true {
            if stream.pointee.avail_in == 0, !inputEnded { try supply() }
            if stream.pointee.avail_in == 0, isBetweenMembers, members > 0 {
                return UnsafeRawBufferPointer(start: nil, count: 0)
            }
            let bytes = try inflateSome()
            if !bytes.isEmpty { return bytes }
        }
    }

    private func supply() throws(EngineError) {
        let bytes = try source.next()
        inputEnded = bytes.isEmpty
        // zlib only reads through the pointer, and what was lent stays until the next call.
        stream.pointee.next_in = UnsafeMutablePointer(mutating: bytes.bindMemory(to: UInt8.self).baseAddress)
        stream.pointee.avail_in = UInt32(clamping: bytes.count)
    }

    private func inflateSome() throws(EngineError) -> UnsafeRawBufferPointer {
        isBetweenMembers = false
        stream.pointee.next_out = output.bindMemory(to: UInt8.self).baseAddress
        stream.pointee.avail_out = UInt32(output.count)
        switch inflate(stream, Z_NO_FLUSH) {
        case Z_OK: break
        case Z_STREAM_END:
            members += 1
            isBetweenMembers = true
            inflateReset(stream)
        case Z_BUF_ERROR:
            guard !inputEnded else {
                throw EngineError(.corrupted, "cannot read \(subject): its gzip data break off")
            }
        case Z_MEM_ERROR: throw EngineError(.system, "cannot read \(subject): out of memory")
        default: throw EngineError(.corrupted, "cannot read \(subject): \(fault)")
        }
        let count = output.count - Int(stream.pointee.avail_out)
        return UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(output)[..<count])
    }

    private var fault: String {
        // zlib counts anew with each member.
        if members > 0, stream.pointee.total_out == 0 { return "something else follows the gzip data" }
        let reason = stream.pointee.msg.map { printable(String(cString: $0)) } ?? "they make no sense"
        return "its gzip data are damaged: \(reason)"
    }
}
