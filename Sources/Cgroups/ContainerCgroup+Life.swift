import Engine
import Glibc
import LinuxSystem

extension ContainerCgroup {
    /// The processes in the container's cgroup and the cgroups inside it; pids as the caller sees them.
    public func processes() -> [Int32] {
        guard let directory = v2Directory ?? v1Directories.first(where: ControlFile.exists) else { return [] }
        var found: [Int32] = []
        Self.collectProcesses(in: directory, into: &found)
        return found
    }

    private static func collectProcesses(in directory: String, into found: inout [Int32]) {
        if let bytes = try? ControlFile.read(directory + "/cgroup.procs", atMost: 1 << 24) {
            // Pid 0 stands for a process that this pid namespace cannot see.
            found += bytes.split(separator: 0x0a).compactMap { Int32(String(decoding: $0, as: UTF8.self)) }
                .filter { $0 > 0 }
        }
        for name in ControlFile.subdirectories(of: directory) {
            collectProcesses(in: directory + "/" + name, into: &found)
        }
    }

    /// Kills every process with SIGKILL: at once by `cgroup.kill` (Linux 5.14), else one after another until none
    /// is left. The processes may still be ending when it returns.
    public func kill() throws(EngineError) {
        if let v2Directory {
            do {
                try ControlFile.write("1", to: v2Directory + "/cgroup.kill")
                return
            } catch  where error.number != ENOENT || !ControlFile.exists(v2Directory) {
                if error.number == ENOENT || error.number == ENODEV { return }
                throw EngineError(.system, "cannot kill the container's processes", cause: error)
            } catch {
                // An older kernel: signals do it.
            }
        }
        for _ in 0..<200 {
            let left = processes()
            if left.isEmpty { return }
            for process in left { _ = Glibc.kill(process, SIGKILL) }
            usleep(2000)
        }
        throw EngineError(.system, "cannot kill the container's processes: new ones keep coming")
    }

    /// Stops every process where it stands, and waits (at most two seconds) until all have stopped.
    public func freeze() throws(EngineError) { try setFrozen(true) }

    /// Lets frozen processes go on.
    public func thaw() throws(EngineError) { try setFrozen(false) }

    private func setFrozen(_ frozen: Bool) throws(EngineError) {
        let action = frozen ? "pause" : "unpause"
        do {
            if let freezer = v1FreezerPath {
                try ControlFile.write(frozen ? "FROZEN" : "THAWED", to: freezer)
            } else if let v2Directory {
                try ControlFile.write(frozen ? "1" : "0", to: v2Directory + "/cgroup.freeze")
            } else {
                throw EngineError(.unsupported, "cannot \(action) the container: this host has no freezer")
            }
        } catch let error as EngineError {
            throw error
        } catch {
            throw EngineError(.system, "cannot \(action) the container", cause: error)
        }
        var wait: UInt32 = 100
        for _ in 0..<40 {
            if isFrozen == frozen { return }
            usleep(wait)
            wait = min(wait * 2, 100_000)
        }
        throw EngineError(
            .system, "cannot \(action) the container: its processes have not \(frozen ? "stopped" : "gone on") in time")
    }

    /// Whether every process stands still; `nil` when the kernel does not say.
    public var isFrozen: Bool? {
        if let freezer = v1FreezerPath { return ControlFile.text(freezer).map { $0 == "FROZEN" } }
        guard let v2Directory, let events = ControlFile.text(v2Directory + "/cgroup.events") else { return nil }
        return events.split(separator: "\n").contains("frozen 1")
    }

    /// Removes the directories, and the gathering ones with their last container. Ending processes hold a cgroup for
    /// a moment, so it tries for about half a second.
    /// - Throws: `EngineError` `.conflict` when processes are left in it.
    public func remove() throws(EngineError) {
        let own = (v2Directory.map { [$0] } ?? []) + v1Directories
        var left = own
        var wait: UInt32 = 500
        for _ in 0..<12 {
            left = left.filter { !CgroupDirectory.remove($0) }
            if left.isEmpty { break }
            usleep(wait)
            wait = min(wait * 2, 100_000)
        }
        for directory in Set(own.compactMap(Self.gatheringDirectory)) { rmdir(directory) }
        if let stuck = left.first {
            throw EngineError(
                .conflict, "cannot remove cgroup \(stuck): it holds \(processes().count) processes",
                hint: "stop the container first")
        }
    }
}
