import CLinux
import CMonitorWire

extension Client {
    /// What came of an attempt to read.
    enum Arrival {
        /// Nothing more for now.
        case nothing
        /// The connection is at its end.
        case end
        /// A whole small frame, in `frame` and `payload`.
        case whole
        /// Bytes of standard input come next.
        case input(Int)
    }

    /// Reads until a frame is whole or nothing is left. A frame that breaks the rules counts as the end.
    func read() -> Arrival {
        while true {
            switch reading {
            case .input(let rest):
                return .input(rest)
            case .header:
                let size = MemoryLayout<sph_frame>.size
                let count = withUnsafeMutableBytes(of: &frame) { fill($0, size) }
                guard filled == size else { return count == -Int(EAGAIN) ? .nothing : .end }
                filled = 0
                guard begin() else { return .end }
                if case .payload = reading, frame.length == 0 { return finish() }
            case .payload:
                let length = Int(frame.length)
                let count = withUnsafeMutableBytes(of: &payload) { fill($0, length) }
                guard filled == length else { return count == -Int(EAGAIN) ? .nothing : .end }
                return finish()
            case .largePayload:
                guard let large else { return .end }
                let count = fill(large, large.count)
                guard filled == large.count else { return count == -Int(EAGAIN) ? .nothing : .end }
                return finish()
            }
        }
    }

    /// Decides what follows the header that is there now; false when no client may send such a frame.
    private func begin() -> Bool {
        guard frame.length <= SPH_FRAME_MAX else { return false }
        if frame.kind == SPH_FRAME_STDIN.rawValue {
            guard isGreeted else { return false }
            reading = frame.length == 0 ? .header : .input(Int(frame.length))
            return true
        }
        if frame.kind == SPH_FRAME_ATTACH.rawValue || frame.kind == SPH_FRAME_DETACH.rawValue {
            guard isGreeted, frame.length > 0 else { return false }
            large?.deallocate()
            large = UnsafeMutableRawBufferPointer.allocate(byteCount: Int(frame.length), alignment: 8)
            reading = .largePayload
            return true
        }
        guard Int(frame.length) <= MemoryLayout.size(ofValue: payload) else { return false }
        payload = (0, 0)
        reading = .payload
        return true
    }

    private func finish() -> Arrival {
        filled = 0
        reading = .header
        return .whole
    }

    private func fill(_ buffer: UnsafeMutableRawBufferPointer, _ wanted: Int) -> Int {
        guard let start = buffer.baseAddress else { return 0 }
        var count = 0
        while filled < wanted {
            var along: Int32 = -1
            count = monitor_receive_descriptor(socket.number, start + filled, wanted - filled, &along)
            // Kept for the frame that it came with; of two the later one counts, and nothing is kept for others.
            if along >= 0 { passed = Descriptor(owning: along) }
            guard count > 0 else { return count }
            filled += count
        }
        return count
    }

    /// Hands over the payload of an attachment or a detachment.
    func takeLargePayload() -> UnsafeMutableRawBufferPointer {
        defer { large = nil }
        return large ?? UnsafeMutableRawBufferPointer.allocate(byteCount: 1, alignment: 8)
    }

    /// A number of the payload, 0 beyond the frame's length.
    func number(at index: Int) -> Int32 {
        withUnsafeBytes(of: &payload) { raw in
            index >= 0 && index * 4 + 4 <= raw.count ? raw.loadUnaligned(fromByteOffset: index * 4, as: Int32.self) : 0
        }
    }

    /// A small number of the payload.
    func half(at index: Int) -> UInt16 {
        withUnsafeBytes(of: &payload) { raw in
            index >= 0 && index * 2 + 2 <= raw.count
                ? raw.loadUnaligned(fromByteOffset: index * 2, as: UInt16.self) : 0
        }
    }
}
