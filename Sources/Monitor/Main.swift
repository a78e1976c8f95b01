import CLinux
import CMonitorWire

/// The program: carries out one plan, then stays as the parent of the container's first process until it ends.
@main
struct Program {
    static func main() {
        let hasReport = monitor_is_open(Int32(SPH_FD_REPORT.rawValue)) != 0
        let hasClient = monitor_is_open(Int32(SPH_FD_CLIENT.rawValue)) != 0
        // Whatever else the caller had open must not live as long as the container does.
        _ = monitor_close_range(UInt32(SPH_FD_CLIENT.rawValue + 1), UInt32.max, 0)
        _ = monitor_close_range(UInt32(SPH_FD_REPORT.rawValue), UInt32(SPH_FD_CLIENT.rawValue), 1)
        var report = Report(descriptor: hasReport ? Int32(SPH_FD_REPORT.rawValue) : -1)
        do throws(SystemError) {
            let plan = try Plan.read(from: Int32(SPH_FD_PLAN.rawValue))
            let client = hasClient ? Int32(SPH_FD_CLIENT.rawValue) : -1
            Monitor(plan: plan, report: report, client: client).run()
        } catch {
            report.fail(StartFailure(SPH_STAGE_PLAN, error))
        }
        monitor_exit(1)
    }
}
