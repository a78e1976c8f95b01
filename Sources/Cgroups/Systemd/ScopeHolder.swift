import CLinux
import Engine
import LinuxSystem

/// A child that does nothing: systemd starts a scope only around a process, and ends it with the last one, so one has to be
/// there until the container's is.
public final class ScopeHolder {
    private var holder = sph_holder()
    private var isAlive = true
    /// What is to be done before it leaves the scope to others.
    var handOver: () -> Void = {}

    init() throws(EngineError) {
        let error = sph_holder_start(&holder)
        guard error == 0 else {
            throw EngineError(.system, "cannot start a process for the scope", cause: SystemError(error, "fork"))
        }
    }

    deinit { end() }

    var pid: UInt32 { UInt32(clamping: holder.pid) }

    /// Ends it; the scope goes too when nothing else is in it.
    public func end() {
        guard isAlive else { return }
        isAlive = false
        handOver()
        sph_holder_end(&holder)
    }
}
