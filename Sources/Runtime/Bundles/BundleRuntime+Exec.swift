import Cgroups
import Engine
import LinuxSystem
import OCI

extension BundleRuntime {
    /// The process that `exec` runs when it is given nothing but arguments: the container's own with these.
    /// - Throws: `.notFound`, `.invalidArgument` when the container has no process to begin with.
    public func processTemplate(_ id: String) throws(EngineError) -> OCI.Process {
        _ = try store.load(id)
        return try store.configuration(id).process ?? OCI.Process(cwd: "/")
    }

    /// Runs a further process in a container.
    /// - Parameter terminal: takes the terminal's master where there is no console socket; closed afterwards.
    /// - Returns: the process, this process's child.
    /// - Throws: `.notFound`, `.conflict` when the container cannot take a process, `.invalidArgument` for a process that
    ///   is wrong, and whatever the making fails with.
    public func exec(
        _ execution: BundleExecution, terminal: @escaping (Int32) throws -> Void = { _ in }
    ) throws(EngineError) -> Int32 {
        let record = try store.load(execution.id)
        let status = status(record)
        guard status == .running || status == .created || status == .paused, let target = record.process else {
            throw EngineError(
                .conflict, "cannot exec in a \(status.rawValue) container: container not running: \(execution.id)")
        }
        if status == .paused, !execution.ignoresPause {
            throw EngineError(
                .conflict, "cannot exec in a paused container (use --ignore-paused to override): \(execution.id)")
        }
        try SpecCheck.warnings(of: execution.process, on: host, name: "process").forEach(warn)
        let spec = try store.configuration(execution.id)
        var exec = BundleExec(
            process: execution.process, spec: spec, id: record.id, bundle: record.bundle, target: target.pid,
            targetStartTicks: target.startTicks, cgroup: try subgroup(of: record, execution.subgroups))
        exec.preservedDescriptors = execution.preservedDescriptors
        let console = execution.consoleSocket
        let handlers = handlers(
            record, spec, terminal: console.map { path in { try Self.hand($0, to: path) } } ?? terminal)
        let hierarchies = try CgroupHierarchies.detect()
        let pid = try launching(execution.process) { try launcher(hierarchies).exec(exec, handlers) }
        if let file = execution.pidFile { try Self.write(pid, to: file) }
        return pid
    }

    /// The container's cgroups, or ones below them (`--cgroup [CONTROLLERS:]PATH`).
    private func subgroup(of record: BundleRecord, _ words: [String]) throws(EngineError) -> ContainerCgroup {
        var paths = record.cgroup.paths
        for word in words {
            let parts = word.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            let controllers = parts.count == 2 ? Set(parts[0].split(separator: ",").map(String.init)) : []
            let names = (parts.last ?? "").split(separator: "/")
            guard !names.contains("..") else {
                throw EngineError(.invalidArgument, "--cgroup '\(word)' leads out of the container's cgroup")
            }
            for (controller, path) in record.cgroup.paths where controllers.isEmpty || controllers.contains(controller)
            {
                let directory = ([path] + names.map(String.init)).joined(separator: "/")
                guard Files.exists(directory) || !Files.exists(path) else {
                    throw EngineError(.notFound, "--cgroup '\(word)': there is no cgroup \(directory)")
                }
                paths[controller] = directory
            }
        }
        return ContainerCgroup(paths: paths)
    }
}
