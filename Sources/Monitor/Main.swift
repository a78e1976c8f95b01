import CLinux
import CMonitorWire

/// The program: carries out one plan, then stays as the parent of the container's first process until it ends.
@main
struct Program {
    static func main() {
        // The same small program keeps an ordinary user's namespace: one more process that costs nearly nothing.
        if sph_is_keeper() != 0 { sph_keep() }
        if sph_is_companion() != 0 { sph_accompany() }
        if sph_is_netns() != 0 { NetworkKeeper.run() }
        seal()
        let hasReport = monitor_is_open(Int32(SPH_FD_REPORT.rawValue)) != 0
        let hasClient = monitor_is_open(Int32(SPH_FD_CLIENT.rawValue)) != 0
        var report = Report(descriptor: hasReport ? Int32(SPH_FD_REPORT.rawValue) : -1)
        do throws(SystemError) {
            let plan = try Plan.read(from: Int32(SPH_FD_PLAN.rawValue))
            // Whatever else the caller had open must not live as long as the container does.
            _ = monitor_close_range(UInt32(SPH_FD_PASSED.rawValue) + plan.passedCount, UInt32.max, 0)
            try plan.checkPassed()
            // A bundle's process takes what it was passed; a container's networks are its monitor's alone.
            let kept = plan.header.mode == SPH_MODE_RUN.rawValue ? plan.passedCount : 0
            _ = monitor_close_range(UInt32(SPH_FD_REPORT.rawValue), UInt32(SPH_FD_CLIENT.rawValue) + kept, 1)
            if plan.header.mode == SPH_MODE_CREATE.rawValue {
                Creation(plan: plan, socket: Int32(SPH_FD_REPORT.rawValue)).run()
            }
            let client = hasClient ? Int32(SPH_FD_CLIENT.rawValue) : -1
            Monitor(plan: plan, report: report, client: client).run()
        } catch {
            report.fail(StartFailure(SPH_STAGE_PLAN, error))
        }
        monitor_exit(1)
    }

    /// Keeps the program's file from being written through a container's /proc/PID/exe, as CVE-2019-5736 did.
    ///
    /// A container whose program is a link to /proc/self/exe runs this file in the middle of itself; opened through
    /// /proc it could be written as soon as that process has ended. On a read-only mount of its own it cannot. And a
    /// process that is not dumpable, as the child and a container's init are until they run something else, shows
    /// its /proc/PID/exe to nobody without CAP_SYS_PTRACE. Where the caller may not mount, nothing is gained by it
    /// either: the container's root is then not the file's owner.
    private static func seal() {
        _ = monitor_undumpable()
        _ = monitor_seal_program(("spyhop-monitor" as StaticString).c)
    }
}
