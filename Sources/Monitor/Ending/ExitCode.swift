import CLinux
import CMonitorWire

/// The exit code that a shell, and docker after it, gives a container that did not start.
enum ExitCode {
    static func of(_ failure: StartFailure, in plan: Plan) -> Int32 {
        guard failure.place < plan.header.op_count,
            plan.operation(at: Int(failure.place)).kind == SPH_OP_EXEC.rawValue
        else { return 125 }
        // Not found, or found and not to be run.
        return failure.code == ENOENT || failure.code == ENOTDIR ? 127 : 126
    }
}
