import CMonitorWire
import Engine
import Glibc
import LinuxSystem
import Synchronization

/// A stream socket to a monitor, by frames. One task may receive while others send.
final class FrameConnection: Sendable {
    private let socket: OwnedDescriptor
    private let decoder = Mutex(FrameDecoder())
    private let sending = SendingTurn()

    init(_ socket: consuming OwnedDescriptor) throws(SystemError) {
        try socket.setNonBlocking(true)
        self.socket = socket
    }

    /// Connects to a monitor's socket.
    /// - Throws: `.conflict` when nobody listens there.
    static func connect(_ path: String) throws(EngineError) -> FrameConnection {
        do throws(SystemError) {
            return try FrameConnection(try UnixSocket.connect(path))
        } catch {
            switch error.number {
            case ENOENT, ECONNREFUSED, ECONNRESET: throw EngineError(.conflict, "the container is not running")
            default: throw EngineError(.system, "cannot reach the container's monitor", cause: error)
            }
        }
    }

    /// The next frame; `nil` when the monitor has closed the connection.
    func receive(timeout: Duration? = nil) async throws -> Frame? {
        var scratch = [UInt8](repeating: 0, count: 32 << 10)
        while true {
            if let frame = try decoder.withLock({ (decoder) throws(EngineError) in try decoder.next() }) {
                return frame
            }
            do throws(SystemError) {
                let count = try readOnce(&scratch)
                guard count > 0 else { return nil }
                decoder.withLock { $0.append(scratch[..<count]) }
                continue
            } catch {
                if error.number == ECONNRESET { return nil }
                guard error.number == EAGAIN else { throw EngineError(.system, "lost the monitor", cause: error) }
            }
            try await Readiness.shared.readable(socket.rawValue, timeout: timeout)
        }
    }

    private func readOnce(_ scratch: inout [UInt8]) throws(SystemError) -> Int {
        var failure: SystemError?
        let count = scratch.withUnsafeMutableBytes { buffer -> Int in
            do throws(SystemError) { return try socket.read(into: buffer) } catch {
                failure = error
                return -1
            }
        }
        if let failure { throw failure }
        return count
    }

    /// Sends a frame whole; frames of several senders never mix.
    /// - Parameter descriptor: goes along with the first byte and stays the caller's.
    /// - Throws: `.conflict` when the monitor is gone.
    func send(_ frame: Frame, descriptor: Int32? = nil) async throws {
        try await sending.acquire()
        defer { sending.release() }
        let bytes = frame.encoded
        var done = 0
        if let descriptor {
            do throws(SystemError) {
                try DescriptorPassing.send([bytes[0]], with: descriptor, to: socket)
            } catch {
                throw EngineError(.conflict, "the container is not running")
            }
            done = 1
        }
        while done < bytes.count {
            let from = done
            let count = bytes.withUnsafeBytes { buffer in
                Glibc.send(
                    socket.rawValue, buffer.baseAddress.map { $0 + from }, buffer.count - from,
                    Int32(MSG_NOSIGNAL))
            }
            if count >= 0 {
                done += count
            } else if errno == EAGAIN {
                // A frame that has begun must end, or the next one would be read as its rest: a caller that is
                // cancelled in its middle loses the connection.
                do { try await Readiness.shared.writable(socket.rawValue) } catch {
                    if done > 0 { close() }
                    throw error
                }
            } else if errno != EINTR {
                throw EngineError(.conflict, "the container is not running")
            }
        }
    }

    /// Ends the connection both ways; whoever waits on it wakes up. The descriptor lives as long as this object, so
    /// that its number cannot meanwhile stand for something else.
    func close() { _ = shutdown(socket.rawValue, Int32(SHUT_RDWR)) }
}
