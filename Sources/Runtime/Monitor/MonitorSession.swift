import CMonitorWire
import Engine
import LinuxSystem

/// A session with a container's process through its monitor.
public final class MonitorSession: Session {
    private let connection: FrameConnection

    init(_ connection: FrameConnection) { self.connection = connection }

    /// Joins a running container's process.
    /// - Throws: `.conflict` when the container has no monitor; `.system` when the monitor refuses.
    public static func connect(_ socketPath: String, _ attachment: Attachment) async throws -> MonitorSession {
        let connection = try FrameConnection.connect(socketPath)
        try await connection.send(Frame(SPH_FRAME_HELLO, numbers: [Int32(bitPattern: attachment.rawValue)]))
        return MonitorSession(connection)
    }

    /// See `Session`.
    public func next() async throws -> SessionEvent? {
        while let frame = try await connection.receive() {
            switch frame.kind {
            case SPH_FRAME_STDOUT.rawValue: return .output(.stdout, frame.payload)
            case SPH_FRAME_STDERR.rawValue: return .output(.stderr, frame.payload)
            case SPH_FRAME_EXITED.rawValue: return .exited(code: frame.number(0))
            case SPH_FRAME_DETACHED.rawValue:
                return .detached(reason: "the output was not read fast enough")
            case SPH_FRAME_ACK.rawValue where frame.number(0) != 0:
                throw EngineError(
                    .system, "the container's monitor refused the session: \(SystemError.words(frame.number(0)))")
            // The greeting's answer, and frames of a newer monitor.
            default: continue
            }
        }
        return nil
    }

    /// See `Session`.
    public func write(_ bytes: [UInt8]) async throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let piece = rest.prefix(Int(SPH_FRAME_MAX))
            try await connection.send(Frame(SPH_FRAME_STDIN, Array(piece)))
            rest = rest.dropFirst(piece.count)
        }
    }

    /// See `Session`.
    public func closeInput() async throws { try await connection.send(Frame(SPH_FRAME_STDIN_EOF)) }

    /// See `Session`.
    public func resize(_ size: TerminalSize) async throws {
        let numbers = [UInt16(clamping: size.rows), UInt16(clamping: size.columns)]
        let payload = numbers.flatMap { number in withUnsafeBytes(of: number) { Array($0) } }
        try await connection.send(Frame(SPH_FRAME_RESIZE, payload))
    }

    /// Sends a signal to the process, which a forwarding terminal needs; does not wait for the monitor's answer.
    public func signal(_ number: Int32) async throws {
        try await connection.send(Frame(SPH_FRAME_SIGNAL, numbers: [number]))
    }

    /// See `Session`.
    public func detach() async { connection.close() }

    /// Ends the connection at once; whoever waits for an event gets `nil`.
    public func close() { connection.close() }

    deinit { connection.close() }
}
