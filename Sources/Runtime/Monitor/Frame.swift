import CMonitorWire
import Engine

/// One frame of the protocol with a monitor (`monitor_wire.h`, `sph_frame`).
struct Frame: Hashable {
    var kind: UInt32
    var payload: [UInt8]

    init(_ kind: sph_frame_kind, _ payload: [UInt8] = []) {
        self.kind = kind.rawValue
        self.payload = payload
    }

    init(kind: UInt32, payload: [UInt8]) {
        self.kind = kind
        self.payload = payload
    }

    /// A frame whose payload is a row of 32-bit numbers.
    init(_ kind: sph_frame_kind, numbers: [Int32]) {
        self.init(kind, numbers.flatMap { number in withUnsafeBytes(of: number) { Array($0) } })
    }

    /// The payload's `index`th 32-bit number; 0 where the peer sent less.
    func number(_ index: Int) -> Int32 {
        guard payload.count >= (index + 1) * 4 else { return 0 }
        return payload.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: index * 4, as: Int32.self) }
    }

    var encoded: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(payload.count + 8)
        withUnsafeBytes(of: kind) { bytes += $0 }
        withUnsafeBytes(of: UInt32(truncatingIfNeeded: payload.count)) { bytes += $0 }
        return bytes + payload
    }
}

/// Cuts a stream of bytes, arriving in any pieces, into frames.
struct FrameDecoder {
    private var buffer: [UInt8] = []
    private var start = 0

    /// Adds what arrived.
    mutating func append(_ bytes: some Collection<UInt8>) {
        if start > 0 {
            buffer.removeFirst(start)
            start = 0
        }
        buffer += bytes
    }

    /// The next whole frame; `nil` until more bytes come.
    /// - Throws: `.corrupted` when the peer announces more than a frame may hold.
    mutating func next() throws(EngineError) -> Frame? {
        let available = buffer.count - start
        guard available >= 8 else { return nil }
        let (kind, length) = buffer.withUnsafeBytes { bytes in
            (
                bytes.loadUnaligned(fromByteOffset: start, as: UInt32.self),
                bytes.loadUnaligned(fromByteOffset: start + 4, as: UInt32.self)
            )
        }
        guard length <= SPH_FRAME_MAX else {
            throw EngineError(.corrupted, "the monitor announced a frame of \(length) bytes")
        }
        guard available >= 8 + Int(length) else { return nil }
        let payload = Array(buffer[(start + 8)..<(start + 8 + Int(length))])
        start += 8 + Int(length)
        return Frame(kind: kind, payload: payload)
    }

    /// A frame has begun and is not whole.
    var hasPart: Bool { buffer.count > start }
}
