import CMonitorWire
import Cgroups
import Engine
import OCI

extension PlanBuilder {
    mutating func writeRunHeader(_ spec: Spec, _ bundle: Bundle, _ cgroup: ContainerCgroup) {
        var flags: UInt32 = 0
        if spec.process?.terminal == true { flags |= UInt32(SPH_PLAN_TTY.rawValue) }
        if bundle.openStdin { flags |= UInt32(SPH_PLAN_OPEN_STDIN.rawValue) }
        if bundle.stdinOnce { flags |= UInt32(SPH_PLAN_STDIN_ONCE.rawValue) }
        if bundle.autoRemove { flags |= UInt32(SPH_PLAN_AUTO_REMOVE.rawValue) }
        writer.header.flags = flags
        // The cgroup namespace comes by SPH_OP_UNSHARE, after the cgroups are joined.
        writer.header.clone_flags = (spec.linux?.namespaces ?? []).reduce(0) { flags, namespace in
            namespace.type == .cgroup || namespace.type == .time ? flags : flags | Namespaces.flag(namespace.type)
        }
        let (rule, retries) = bundle.restartPolicy.wire
        writer.header.restart = rule
        writer.header.restart_retries = retries
        writer.header.stop_signal = bundle.stopSignal
        writer.header.stop_timeout_ms = UInt32(
            clamping: bundle.stopTimeout.multipliedReportingOverflow(by: 1000).partialValue)
        writer.header.log_max_files = UInt32(clamping: max(bundle.logRotation.maximumFiles, 1))
        writer.header.log_max_size = UInt64(clamping: bundle.logRotation.maximumSize)
        writeSize(bundle.terminalSize)
        writer.header.id = writer.string(bundle.id.rawValue)
        writer.header.directory = writer.string(bundle.directory)
        writer.header.log_path = writer.string(bundle.logPath)
        writer.header.socket_path = writer.string(bundle.socketPath)
        writer.header.events_path = writer.string(bundle.eventsPath)
        writer.header.event_fields = writer.string(EventFields.json(bundle.eventAttributes))
        writer.header.cgroup_v2 = writer.string(cgroup.v2Directory)
        // The container's own alone: the monitor empties what it removes, and the gathering directories hold other
        // containers, which between their cgroups' making and their first process look as empty. An engine removes those.
        writer.header.cgroup_list = writer.list(
            cgroup.directories.filter { $0.hasSuffix("/\(bundle.id.rawValue)") })
        writer.header.oom_path = writer.string(cgroup.oomPath)
        writer.header.freezer_path = writer.string(cgroup.v1FreezerPath)
        if bundle.autoRemove { writer.header.exit_command = writer.list(bundle.exitCommand) }
    }

    mutating func writeExecHeader(_ request: ExecRequest) {
        var flags: UInt32 = 0
        if request.tty { flags |= UInt32(SPH_PLAN_TTY.rawValue) }
        if request.openStdin { flags |= UInt32(SPH_PLAN_OPEN_STDIN.rawValue) | UInt32(SPH_PLAN_STDIN_ONCE.rawValue) }
        writer.header.flags = flags
        let shared = Namespaces.mount | Namespaces.pid | Namespaces.uts | Namespaces.ipc | Namespaces.cgroup
        writer.header.clone_flags =
            request.container.networkMode == .host ? shared : shared | Namespaces.network
        writer.header.target_pid = request.targetPID
        writer.header.target_start_ticks = request.targetStartTicks
        writer.header.stop_signal = 15
        writer.header.stop_timeout_ms = 10_000
        writeSize(request.size)
        writer.header.id = writer.string(request.id.rawValue)
        writer.header.directory = writer.string(request.directory)
        writer.header.events_path = writer.string(request.eventsPath)
        writer.header.event_fields = writer.string(EventFields.json(request.eventAttributes))
        writer.header.event_detail = writer.string(
            JSONText.escaped(request.process.arguments.joined(separator: " ")))
        writer.header.cgroup_v2 = writer.string(request.cgroup.v2Directory)
    }

    /// - Parameter plan: the probe's own, for `exec`.
    mutating func writeHealth(_ check: HealthCheck, plan: [UInt8]) {
        let check = check.complete
        writer.header.health_plan = writer.data(plan)
        writer.header.health_interval = UInt64(clamping: check.interval)
        writer.header.health_timeout = UInt64(clamping: check.timeout)
        writer.header.health_start_period = UInt64(clamping: check.startPeriod)
        writer.header.health_start_interval = UInt64(clamping: check.startInterval)
        writer.header.health_retries = UInt32(clamping: check.retries)
        writer.header.health_late = writer.string(
            "Health check exceeded timeout (\(GoDuration.text(check.timeout)))")
    }

    private mutating func writeSize(_ size: TerminalSize?) {
        writer.header.terminal_rows = UInt16(clamping: size?.rows ?? 0)
        writer.header.terminal_columns = UInt16(clamping: size?.columns ?? 0)
    }
}

/// The members of an event's `attributes` object as JSON text, so that a monitor need not know how to quote.
enum EventFields {
    static func json(_ attributes: [String: String]) -> String {
        attributes.sorted { $0.key < $1.key }.map { "\(JSONText.quoted($0.key)):\(JSONText.quoted($0.value))" }.joined(
            separator: ",")
    }
}
