import CLinux
import CMonitorWire

/// The container's cgroups, as far as the monitor deals with them: freezing, killing, removing.
struct Cgroups {
    private let plan: Plan

    init(_ plan: Plan) { self.plan = plan }

    /// The v2 cgroup for clone3, closed when there is none.
    func open() -> Descriptor {
        guard let path = plan.optionalString(plan.header.cgroup_v2) else { return Descriptor() }
        return Descriptor(owning: monitor_open(path, MONITOR_PATH_ONLY | O_DIRECTORY, 0))
    }

    /// How many processes the kernel has killed here for want of memory.
    var outOfMemoryKills: UInt64 {
        guard let path = plan.optionalString(plan.header.oom_path) else { return 0 }
        return SmallFile.figure("oom_kill", in: path) ?? 0
    }

    /// Kills whatever is left: all at once with cgroup v2, else one by one.
    func killAll() {
        if let path = plan.optionalString(plan.header.cgroup_v2) {
            do throws(SystemError) {
                return try SmallFile.write("1", to: "cgroup.kill", in: path)
            } catch {
                // Linux 5.14 brought that file.
            }
        }
        forEach { killMembers(of: $0) }
    }

    /// Removes every cgroup. Processes may still be on their way out, so a busy one is tried for a while.
    func remove() {
        forEach { path in
            // 1 + 2 + 4 … 128 milliseconds.
            var pause: Int64 = 1_000_000
            while monitor_remove_cgroup(path) == -EBUSY, pause <= 128_000_000 {
                killMembers(of: path)
                monitor_sleep(pause)
                pause *= 2
            }
        }
    }

    private func forEach(_ body: (CString) -> Void) {
        let list = plan.bytes(plan.header.cgroup_list)
        guard let start = list.baseAddress else { return }
        var offset = 0
        while offset < list.count {
            let path = (start + offset).assumingMemoryBound(to: CChar.self)
            offset += strlen(path) + 1
            if path[0] != 0 { body(path) }
        }
    }

    /// Kills the processes of one cgroup, as a container without a pid namespace of its own may leave them behind.
    private func killMembers(of path: CString) {
        var name = Text(capacity: Int(PATH_MAX))
        name.append(path)
        name.append("/cgroup.procs")
        withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 1) { buffer in
            guard name.isComplete, let count = try? SmallFile.read(name.c, into: buffer) else { return }
            let text = UnsafeRawBufferPointer(rebasing: buffer[0..<count])
            var position = 0
            while position < count {
                if let pid = SmallFile.decimal(text, from: position), pid > 1, pid <= UInt64(Int32.max) {
                    _ = monitor_signal(Int32(pid), SIGKILL)
                }
                while position < count, text[position] != .newline { position += 1 }
                position += 1
            }
        }
    }

    // MARK: - Freezing

    /// Stops or continues all processes and waits until they are; ETIMEDOUT when that takes longer than a second.
    func setFrozen(_ frozen: Bool) throws(SystemError) {
        if let path = plan.optionalString(plan.header.cgroup_v2) {
            do throws(SystemError) {
                try SmallFile.write(frozen ? "1" : "0", to: "cgroup.freeze", in: path)
                return try awaitFrozen(frozen, in: path)
            } catch {
                guard error.code == ENOENT, plan.header.freezer_path.length > 0 else { throw error }
            }
        }
        guard let path = plan.optionalString(plan.header.freezer_path) else { throw SystemError(code: EOPNOTSUPP) }
        try setOldFreezer(frozen, path)
    }

    private func awaitFrozen(_ frozen: Bool, in path: CString) throws(SystemError) {
        var name = Text(capacity: Int(PATH_MAX))
        name.append(path)
        name.append("/cgroup.events")
        let events = Descriptor(owning: try check(monitor_open(name.c, O_RDONLY, 0)))
        let wanted: UInt64 = frozen ? 1 : 0
        let end = monitor_monotonic() + 1_000_000_000
        while SmallFile.figure("frozen", in: name.c) != wanted {
            let left = (end - monitor_monotonic()) / 1_000_000
            guard left > 0 else { throw SystemError(code: ETIMEDOUT) }
            // Short turns: a change between the look and the wait would otherwise be slept through.
            _ = monitor_poll_priority(events.number, Int32(clamping: min(left, 20)))
        }
    }

    private func setOldFreezer(_ frozen: Bool, _ path: CString) throws(SystemError) {
        let wanted: StaticString = frozen ? "FROZEN" : "THAWED"
        let end = monitor_monotonic() + 1_000_000_000
        try SmallFile.write(
            path, UnsafeRawBufferPointer(start: wanted.utf8Start, count: wanted.utf8CodeUnitCount))
        while true {
            let reached = try withUnsafeTemporaryAllocation(byteCount: 16, alignment: 1) {
                (buffer: UnsafeMutableRawBufferPointer) throws(SystemError) -> Bool in
                let count = try SmallFile.read(path, into: buffer)
                guard let start = buffer.baseAddress, count >= 6 else { return false }
                return memcmp(start, wanted.utf8Start, 6) == 0
            }
            if reached { return }
            guard monitor_monotonic() < end else { throw SystemError(code: ETIMEDOUT) }
            monitor_sleep(1_000_000)
        }
    }
}
