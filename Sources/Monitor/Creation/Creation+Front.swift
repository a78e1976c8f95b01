import CLinux
import CMonitorWire

extension Creation {
    /// Carries out the plan's front: what has to be done before the process is made.
    func prepare() throws(StartFailure) {
        let count = min(Int(plan.header.front_count), plan.operationCount)
        // Copies of mounts first: a joined mount namespace may not have their sources.
        for index in 0..<count where plan.operation(at: index).kind == SPH_OP_TREE.rawValue {
            do throws(SystemError) { try copyTree(plan.operation(at: index)) } catch {
                throw StartFailure(place: UInt32(index), code: error.code)
            }
        }
        for index in 0..<count where plan.operation(at: index).kind == SPH_OP_GATE.rawValue {
            do throws(SystemError) { try openGate(plan.operation(at: index)) } catch {
                throw StartFailure(place: UInt32(index), code: error.code)
            }
        }
        for index in 0..<count where plan.operation(at: index).kind == SPH_OP_WRITE_FILE.rawValue {
            let operation = plan.operation(at: index)
            do throws(SystemError) { try SmallFile.write(plan.string(operation.s1), plan.bytes(operation.s2)) } catch {
                throw StartFailure(place: UInt32(index), code: error.code)
            }
        }
        try join(count)
    }

    private func openGate(_ operation: sph_op) throws(SystemError) {
        // For reading and writing it would be its own writer, and never tell a start from nothing.
        gate.fifo = try check(monitor_open(plan.string(operation.s1), O_RDONLY | O_NONBLOCK, 0))
        if let path = plan.optionalString(operation.s2) {
            gate.report = try check(monitor_open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600))
        }
    }

    // MARK: - Namespaces

    /// Opens every path before the first is joined, since the mount namespace may be among them. One that belongs to the
    /// user namespace still to be joined is refused at first.
    private func join(_ count: Int) throws(StartFailure) {
        var open: [(index: Int, descriptor: Int32, flag: UInt64)] = []
        for index in 0..<count where plan.operation(at: index).kind == SPH_OP_JOIN.rawValue {
            let operation = plan.operation(at: index)
            let number = monitor_open(plan.string(operation.s1), O_RDONLY, 0)
            if number < 0 { throw StartFailure(place: UInt32(index), code: 0 - number) }
            open.append((index, number, operation.n1))
        }
        var refused: [(index: Int, descriptor: Int32, flag: UInt64)] = []
        for entry in open where entry.flag != MONITOR_NEW_USER_SPACE {
            let answer = monitor_setns(entry.descriptor, Int32(truncatingIfNeeded: entry.flag))
            if answer == -EPERM { refused.append(entry) } else { try done(entry.index, answer) }
        }
        for entry in open where entry.flag == MONITOR_NEW_USER_SPACE {
            try done(entry.index, monitor_setns(entry.descriptor, Int32(truncatingIfNeeded: entry.flag)))
        }
        for entry in refused {
            try done(entry.index, monitor_setns(entry.descriptor, Int32(truncatingIfNeeded: entry.flag)))
        }
        for entry in open { _ = monitor_close(entry.descriptor) }
    }

    private func done(_ index: Int, _ answer: Int32) throws(StartFailure) {
        if answer < 0 { throw StartFailure(place: UInt32(index), code: 0 - answer) }
    }

    // MARK: - User namespaces

    /// Writes the maps of the process's new user namespace, or has newuidmap and newgidmap write them.
    func map() throws(SystemError) {
        guard plan.header.clone_flags & MONITOR_NEW_USER_SPACE != 0, !target.isOpen else { return }
        if plan.has(SPH_PLAN_DENY_SETGROUPS) {
            let deny: StaticString = "deny"
            let bytes = UnsafeRawBufferPointer(start: deny.utf8Start, count: deny.utf8CodeUnitCount)
            try writeMap("setgroups", bytes)
        }
        try map("uid_map", plan.header.uid_map, plan.header.uid_map_helper)
        try map("gid_map", plan.header.gid_map, plan.header.gid_map_helper)
    }

    private func map(_ file: StaticString, _ lines: sph_span, _ helper: sph_span) throws(SystemError) {
        guard helper.length > 0 else {
            if lines.length > 0 { try writeMap(file, plan.bytes(lines)) }
            return
        }
        let arguments = plan.list(helper)
        var number = Text(capacity: 16)
        number.append(number: Int64(pid))
        defer { withExtendedLifetime(number) {} }
        if arguments[0] != nil, arguments[1] != nil {
            arguments[1] = UnsafeMutableRawPointer(mutating: number.c).assumingMemoryBound(to: CChar.self)
        }
        // The program says on standard error, which is nobody's here, what it refuses; EPERM says as much.
        guard try check(monitor_run(arguments)) == 0 else { throw SystemError(code: EPERM) }
    }

    private func writeMap(_ file: StaticString, _ bytes: UnsafeRawBufferPointer) throws(SystemError) {
        var path = Text(capacity: 64)
        path.append("/proc/")
        path.append(number: Int64(pid))
        path.append(byte: .slash)
        path.append(file)
        try SmallFile.write(path.c, bytes)
    }

    // MARK: - Copies of mounts

    private func copyTree(_ operation: sph_op) throws(SystemError) {
        let recursive: Int32 = operation.n1 & MountFlags.recursive != 0 ? 1 : 0
        let tree = Descriptor(
            owning: try check(monitor_clone_tree(AT_FDCWD, plan.string(operation.s1), recursive)))
        if operation.s4.length > 0 || operation.s2.length > 0 {
            let mapping = try userNamespace(operation)
            try check(monitor_idmap(tree.number, operation.n2 == 1 ? 1 : 0, mapping.number))
        }
        var kept = tree
        trees.append(kept.release())
    }

    /// The user namespace whose maps an idmapped mount takes over: one at a path, or one made only to carry them.
    private func userNamespace(_ operation: sph_op) throws(SystemError) -> Descriptor {
        if let path = plan.optionalString(operation.s4) {
            return Descriptor(owning: try check(monitor_open(path, O_RDONLY, 0)))
        }
        var pidfd: Int32 = -1
        let holder = try check(monitor_user_namespace_holder(&pidfd))
        let process = Descriptor(owning: pidfd)
        defer {
            _ = monitor_pidfd_signal(process.number, SIGKILL)
            var code: Int32 = 0
            var killed: Int32 = 0
            _ = monitor_reap(process.number, &code, &killed)
        }
        var path = Text(capacity: 64)
        path.append("/proc/")
        path.append(number: Int64(holder))
        let length = path.count
        path.append("/uid_map")
        try SmallFile.write(path.c, plan.bytes(operation.s2))
        path.cut(to: length)
        path.append("/gid_map")
        try SmallFile.write(path.c, plan.bytes(operation.s3))
        path.cut(to: length)
        path.append("/ns/user")
        return Descriptor(owning: try check(monitor_open(path.c, O_RDONLY, 0)))
    }
}
