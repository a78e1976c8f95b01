import CCompression
import CInflate
import Engine

/// A gzip stream without its coat (RFC 1952): any number of members, one after the other, with nothing behind them.
final class GzipSource: ByteSource {
    private let source: any ByteSource
    private let subject: String
    private let stream: OpaquePointer
    /// What the source has lent and the stream has had no room for.
    private var waiting = UnsafeRawBufferPointer(start: nil, count: 0)
    private var inputEnded = false
    private var state = State.between
    private var isFirst = true
    private var checksum: UInt = 0
    private var length: UInt32 = 0

    private enum State {
        /// Before a member, or at the end.
        case between
        case inside
        /// All content of a member was handed over; its checksum follows.
        case behind
        case ended
    }

    /// Names and comments in headers have no bound of their own.
    private static let headerLimit = 128 << 10

    init(_ source: any ByteSource, subject: String) throws(EngineError) {
        guard let stream = sph_inflate_new() else {
            throw EngineError(.system, "cannot read \(subject): out of memory")
        }
        self.stream = stream
        self.source = source
        self.subject = subject
    }

    deinit { sph_inflate_free(stream) }

    func next() throws(EngineError) -> UnsafeRawBufferPointer {
        while true {
            switch state {
            case .between: state = try readHeader() ? .inside : .ended
            case .inside:
                let bytes = try inflate()
                if !bytes.isEmpty { return bytes }
            case .behind:
                try readTrailer()
                state = .between
            case .ended: return UnsafeRawBufferPointer(start: nil, count: 0)
            }
        }
    }

    private func inflate() throws(EngineError) -> UnsafeRawBufferPointer {
        var start: UnsafePointer<UInt8>?
        var count = 0
        switch sph_inflate_run(stream, &start, &count) {
        case SPH_INFLATE_HUNGRY: try supply()
        case SPH_INFLATE_OUTPUT: break
        case SPH_INFLATE_ENDED: state = .behind
        case SPH_INFLATE_TRUNCATED: throw truncated
        default: throw damaged("its compressed data make no sense")
        }
        // A run gives 256 KiB and a little at most.
        checksum = crc32(checksum, start, UInt32(truncatingIfNeeded: count))
        length &+= UInt32(truncatingIfNeeded: count)
        return UnsafeRawBufferPointer(start: start, count: count)
    }

    // MARK: - Around the content

    /// Whether there is another member.
    private func readHeader() throws(EngineError) -> Bool {
        guard let first = try nextByte() else {
            guard !isFirst else { throw truncated }
            return false
        }
        let magic = [first, try byte(), try byte()]
        guard magic == [0x1F, 0x8B, 8] else {
            throw damaged(isFirst ? "its header makes no sense" : "something else follows the compressed data")
        }
        isFirst = false
        let flags = try byte()
        guard flags & 0xE0 == 0 else { throw damaged("its header has flags that nobody knows") }
        // Time, compressor, system.
        for _ in 0..<6 { _ = try byte() }
        if flags & 4 != 0 {
            let count = try Int(byte()) | Int(byte()) << 8
            for _ in 0..<count { _ = try byte() }
        }
        for flag in [8, 16] as [UInt8] where flags & flag != 0 { try skipText() }
        if flags & 2 != 0 { for _ in 0..<2 { _ = try byte() } }
        sph_inflate_begin(stream)
        checksum = 0
        length = 0
        return true
    }

    private func skipText() throws(EngineError) {
        for _ in 0..<Self.headerLimit where try byte() == 0 { return }
        throw damaged("its header is too long")
    }

    private func readTrailer() throws(EngineError) {
        guard try word() == UInt32(truncatingIfNeeded: checksum), try word() == length else {
            throw damaged("its checksum is wrong")
        }
    }

    private func word() throws(EngineError) -> UInt32 {
        var value: UInt32 = 0
        for shift in stride(from: UInt32(0), to: 32, by: 8) { value |= UInt32(try byte()) << shift }
        return value
    }

    private func byte() throws(EngineError) -> UInt8 {
        guard let byte = try nextByte() else { throw truncated }
        return byte
    }

    private func nextByte() throws(EngineError) -> UInt8? {
        while true {
            var count = 0
            let rest = sph_inflate_rest(stream, &count)
            if count > 0, let rest {
                let byte = rest.pointee
                sph_inflate_skip(stream, 1)
                return byte
            }
            if inputEnded { return nil }
            try supply()
        }
    }

    /// Brings more input, or tells that there is none.
    private func supply() throws(EngineError) {
        if waiting.isEmpty { waiting = try source.next() }
        guard !waiting.isEmpty else {
            inputEnded = true
            return sph_inflate_finish_input(stream)
        }
        let taken = sph_inflate_supply(stream, waiting.bindMemory(to: UInt8.self).baseAddress, waiting.count)
        waiting = UnsafeRawBufferPointer(rebasing: waiting[min(taken, waiting.count)...])
    }

    private var truncated: EngineError { EngineError(.corrupted, "cannot read \(subject): its gzip data break off") }

    private func damaged(_ reason: String) -> EngineError {
        EngineError(.corrupted, "cannot read \(subject): its gzip data are damaged: \(reason)")
    }
}
