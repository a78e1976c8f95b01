import Engine
import Glibc

/// Bytes on their way from one thread, or one task, to another thread: a ring of fixed size, so that whoever is ahead
/// waits and memory stays bounded.
///
/// One side writes, one side reads. Bytes are copied in and lent out, without the lock being held meanwhile.
final class BytePipe: @unchecked Sendable {
    private let ring: UnsafeMutableRawBufferPointer
    private let monitor = Monitor()
    // Everything below is touched under the monitor only.
    private var start = 0
    private var used = 0
    /// Bytes at `start` that the reader still looks at.
    private var lent = 0
    private var isEnded = false
    private var failure: EngineError?
    private var waitingWriter: CheckedContinuation<Void, Never>?

    /// - Parameter capacity: bytes that are on their way at most.
    init(capacity: Int) {
        ring = .allocate(byteCount: capacity, alignment: 4096)
    }

    deinit { ring.deallocate() }

    // MARK: - Writing

    /// Hands over all of `bytes`, and blocks the thread while there is no room.
    func write(_ bytes: UnsafeRawBufferPointer) throws(EngineError) {
        var done = 0
        while done < bytes.count {
            let taken = try offer(UnsafeRawBufferPointer(rebasing: bytes[done...]))
            done += taken
            if taken == 0 {
                monitor.enter()
                while !hasRoom { monitor.wait() }
                monitor.leave()
            }
        }
    }

    /// Hands over all of `bytes`, and suspends the task while there is no room.
    func write(_ bytes: [UInt8]) async throws {
        var done = 0
        while done < bytes.count {
            let taken = try bytes.withUnsafeBytes { bytes throws(EngineError) in
                try offer(UnsafeRawBufferPointer(rebasing: bytes[done...]))
            }
            done += taken
            if taken == 0 {
                await withCheckedContinuation { continuation in
                    monitor.enter()
                    if hasRoom {
                        monitor.leave()
                        continuation.resume()
                    } else {
                        waitingWriter = continuation
                        monitor.leave()
                    }
                }
            }
        }
    }

    /// No more bytes will come.
    func end() {
        monitor.enter()
        isEnded = true
        monitor.wake()
        monitor.leave()
    }

    /// Ends both sides with an error; what is on its way is lost. The first one counts.
    func fail(_ error: EngineError) {
        monitor.enter()
        if failure == nil { failure = error }
        monitor.wake()
        let writer = waitingWriter.take()
        monitor.leave()
        writer?.resume()
    }

    /// Half of the ring: waking somebody for every few bytes would cost more than the bytes.
    private var hasRoom: Bool { failure != nil || used <= ring.count / 2 }

    /// Takes what there is room for; 0 when the ring is full.
    private func offer(_ bytes: UnsafeRawBufferPointer) throws(EngineError) -> Int {
        monitor.enter()
        let (failure, start, used) = (failure, start, used)
        monitor.leave()
        if let failure { throw failure }
        let count = min(bytes.count, ring.count - used)
        guard count > 0 else { return 0 }
        // The reader never looks at what is not counted as used.
        let position = (start + used) % ring.count
        let first = min(count, ring.count - position)
        UnsafeMutableRawBufferPointer(rebasing: ring[position..<position + first])
            .copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[..<first]))
        if count > first {
            UnsafeMutableRawBufferPointer(rebasing: ring[..<(count - first)])
                .copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[first..<count]))
        }
        monitor.enter()
        if self.used == 0 { monitor.wake() }
        self.used += count
        monitor.leave()
        return count
    }

    // MARK: - Reading

    /// The next bytes, valid until the next call; empty at the end. Blocks the thread while there are none.
    func read() throws(EngineError) -> UnsafeRawBufferPointer {
        monitor.enter()
        let hadRoom = hasRoom
        start = (start + lent) % ring.count
        used -= lent
        lent = 0
        let writer = hasRoom ? waitingWriter.take() : nil
        if hasRoom, !hadRoom { monitor.wake() }
        if let writer {
            monitor.leave()
            writer.resume()
            monitor.enter()
        }
        defer { monitor.leave() }
        while used == 0, !isEnded, failure == nil { monitor.wait() }
        if let failure { throw failure }
        // A quarter at most, so that the writer has room while these are worked on.
        lent = min(used, ring.count - start, max(ring.count / 4, 1))
        return UnsafeRawBufferPointer(rebasing: ring[start..<start + lent])
    }
}

/// Reads from a pipe.
final class PipeSource: ByteSource {
    private let pipe: BytePipe

    init(_ pipe: BytePipe) { self.pipe = pipe }

    func next() throws(EngineError) -> UnsafeRawBufferPointer { try pipe.read() }
}
