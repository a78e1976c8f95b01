import CLinux
import CMonitorWire

/// An errno, thrown.
struct SystemError: Error {
    let code: Int32
}

/// Hands a system call's answer on, or throws the errno that a negative one stands for.
@discardableResult
func check(_ answer: Int32) throws(SystemError) -> Int32 {
    guard answer >= 0 else { throw SystemError(code: 0 &- answer) }
    return answer
}

/// As the other `check`, for calls that answer with a count of bytes.
@discardableResult
func check(_ answer: Int) throws(SystemError) -> Int {
    guard answer >= 0 else { throw SystemError(code: Int32(truncatingIfNeeded: 0 &- answer)) }
    return answer
}

/// Why a container did not start: the operation's index or an `SPH_STAGE_*`, and the errno.
struct StartFailure: Error {
    let place: UInt32
    let code: Int32
    /// Which link of several, for SPH_STAGE_LINK.
    let detail: UInt32

    init(place: UInt32, code: Int32, detail: UInt32 = 0) {
        self.place = place
        self.code = code
        self.detail = detail
    }

    init(_ stage: sph_stage, _ error: SystemError, detail: UInt32 = 0) {
        self.init(place: stage.rawValue, code: error.code, detail: detail)
    }
}
