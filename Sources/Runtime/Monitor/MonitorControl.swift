import CMonitorWire
import Engine
import Glibc
import LinuxSystem

/// Asks a running container's monitor to do something. Each request has a connection of its own, so any number of them
/// from any number of processes may be under way.
public struct MonitorControl: Sendable {
    /// The monitor's socket.
    public let socketPath: String

    /// Names a monitor; nothing is connected.
    public init(socketPath: String) { self.socketPath = socketPath }

    /// How a container's process ended.
    public struct Exit: Sendable, Hashable {
        /// Docker's exit code.
        public var code: Int32
        /// 0: none.
        public var signal: Int32
        /// The kernel's OOM killer ended it.
        public var oomKilled: Bool
    }

    /// Sends the stop signal and after `timeoutMilliseconds` SIGKILL; returns once the process has ended and no restart will
    /// follow. `nil` stands for the container's own signal and time.
    /// - Throws: `.conflict` when the container is not running.
    public func stop(signal: Int32? = nil, timeoutMilliseconds: Int32? = nil) async throws {
        let frame = Frame(SPH_FRAME_STOP, numbers: [signal ?? 0, timeoutMilliseconds ?? -1])
        // The monitor may be gone before its answer is read: what was asked for has happened all the same.
        _ = try await request(frame, "stop the container", endIsSuccess: true)
    }

    /// Sends a signal to the container's first process.
    /// - Throws: `.conflict` when the container is not running, `.invalidArgument` for a number that is no signal.
    public func signal(_ number: Int32) async throws {
        try await request(Frame(SPH_FRAME_SIGNAL, numbers: [number]), "signal the container")
    }

    /// Freezes the container; returns once every process stands still.
    public func pause() async throws { try await request(Frame(SPH_FRAME_PAUSE), "pause the container") }

    /// Lets a frozen container go on.
    public func resume() async throws { try await request(Frame(SPH_FRAME_RESUME), "resume the container") }

    /// Has the health check run now; returns once it is under way.
    /// - Throws: `.conflict` when the container does not run, or is not checked.
    public func probe() async throws { try await request(Frame(SPH_FRAME_PROBE), "check the container's health") }

    /// Changes what the monitor does when the container ends.
    public func restartRule(_ policy: RestartPolicy) async throws {
        let (rule, retries) = policy.wire
        try await request(
            Frame(SPH_FRAME_RESTART_RULE, numbers: [Int32(bitPattern: rule), Int32(bitPattern: retries)]),
            "change the container's restart policy")
    }

    /// Waits until the present process ends, also when the monitor starts it again afterwards.
    /// - Returns: `nil` when the monitor ended without telling; its `status` file has the answer then.
    public func wait() async throws -> Exit? {
        let connection = try await greeted()
        defer { connection.close() }
        try await connection.send(Frame(SPH_FRAME_WAIT))
        while let frame = try await connection.receive(), frame.kind != SPH_FRAME_DETACHED.rawValue {
            guard frame.kind == SPH_FRAME_EXITED.rawValue else { continue }
            let flags = UInt32(bitPattern: frame.number(2))
            return Exit(
                code: frame.number(0), signal: frame.number(1),
                oomKilled: flags & UInt32(SPH_STATUS_OOM_KILLED.rawValue) != 0)
        }
        return nil
    }

    private func greeted() async throws -> FrameConnection {
        let connection = try FrameConnection.connect(socketPath)
        try await connection.send(Frame(SPH_FRAME_HELLO, numbers: [0]))
        while let frame = try await connection.receive() {
            if frame.kind == SPH_FRAME_ACK.rawValue { return connection }
        }
        throw EngineError(.conflict, "the container is not running")
    }

    /// - Parameter descriptor: goes along with the frame and stays the caller's.
    func request(
        _ frame: Frame, _ action: String, endIsSuccess: Bool = false, descriptor: Int32? = nil
    ) async throws {
        let connection = try await greeted()
        defer { connection.close() }
        try await connection.send(frame, descriptor: descriptor)
        while let answer = try await connection.receive() {
            guard answer.kind == SPH_FRAME_ACK.rawValue else { continue }
            let error = answer.number(0)
            switch error {
            case 0: return
            case ESRCH: throw EngineError(.conflict, "cannot \(action): it is not running")
            case EALREADY, EBUSY: throw EngineError(.conflict, "cannot \(action): \(SystemError.words(error))")
            case EINVAL: throw EngineError(.invalidArgument, "cannot \(action): \(SystemError.words(error))")
            default: throw EngineError(.system, "cannot \(action): \(SystemError.words(error))")
            }
        }
        if !endIsSuccess { throw EngineError(.conflict, "cannot \(action): it has ended") }
    }
}

extension RestartPolicy {
    /// The rule and the most retries (0: no bound) of the wire.
    var wire: (rule: UInt32, retries: UInt32) {
        switch self {
        case .no: (SPH_RESTART_NO.rawValue, 0)
        case .onFailure(let retries): (SPH_RESTART_ON_FAILURE.rawValue, UInt32(clamping: retries ?? 0))
        case .always: (SPH_RESTART_ALWAYS.rawValue, 0)
        case .unlessStopped: (SPH_RESTART_UNLESS_STOPPED.rawValue, 0)
        }
    }
}
