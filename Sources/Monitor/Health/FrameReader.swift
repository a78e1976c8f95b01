import CLinux
import CMonitorWire

/// Takes the frames of a stream apart, whatever pieces they come in.
struct FrameReader {
    /// A stretch of a frame's payload.
    struct Piece {
        let kind: UInt32
        let bytes: UnsafeRawBufferPointer
        /// It is the frame's last.
        let isWhole: Bool
    }

    private var frame = sph_frame()
    /// Bytes of the header that have come.
    private var filled = 0
    /// Bytes of the payload that are still to come.
    private var rest = 0
    private var first: (UInt64, Int) = (0, 0)

    /// The number that the newest frame began with, 0 for a shorter one.
    var number: Int32 { first.1 >= 4 ? Int32(truncatingIfNeeded: first.0) : 0 }

    /// Takes the next piece from the front of `bytes`; nil when they are used up.
    mutating func next(_ bytes: inout UnsafeRawBufferPointer) -> Piece? {
        let size = MemoryLayout<sph_frame>.size
        while bytes.count > 0 {
            guard filled == size else {
                let count = min(size - filled, bytes.count)
                withUnsafeMutableBytes(of: &frame) { space in
                    if let start = space.baseAddress, let source = bytes.baseAddress {
                        memcpy(start + filled, source, count)
                    }
                }
                bytes = UnsafeRawBufferPointer(rebasing: bytes[count...])
                filled += count
                guard filled == size else { return nil }
                rest = Int(frame.length)
                first = (0, 0)
                if rest == 0 { filled = 0 }
                continue
            }
            let count = min(rest, bytes.count)
            let piece = UnsafeRawBufferPointer(rebasing: bytes[..<count])
            for byte in piece.prefix(8 - first.1) {
                first.0 |= UInt64(byte) << UInt64(first.1 * 8)
                first.1 += 1
            }
            bytes = UnsafeRawBufferPointer(rebasing: bytes[count...])
            rest -= count
            if rest == 0 { filled = 0 }
            return Piece(kind: frame.kind, bytes: piece, isWhole: rest == 0)
        }
        return nil
    }
}
