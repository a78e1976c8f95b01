import CLinux
import CMonitorWire

extension Plan {
    /// Throws EINVAL unless every field of the header and of every operation is what its kind wants.
    func validate() throws(SystemError) {
        guard headerIsSound else { throw SystemError(code: EINVAL) }
        guard operationCount > 0 else { throw SystemError(code: EINVAL) }
        for index in 0..<operationCount {
            guard isSound(operation(at: index)) else { throw SystemError(code: EINVAL) }
        }
        // Without a program at the end the child would have nowhere to go.
        guard operation(at: operationCount - 1).kind == SPH_OP_EXEC.rawValue else { throw SystemError(code: EINVAL) }
    }

    private var headerIsSound: Bool {
        guard header.mode >= SPH_MODE_RUN.rawValue, header.mode <= SPH_MODE_CREATE.rawValue else { return false }
        guard creationIsSound, networkIsSound else { return false }
        guard header.restart <= SPH_RESTART_UNLESS_STOPPED.rawValue else { return false }
        guard header.mode != SPH_MODE_RUN.rawValue || header.directory.length > 0 else { return false }
        guard header.mode != SPH_MODE_EXEC.rawValue || header.target_pid > 0 else { return false }
        return blob.isString(header.id) && blob.isString(header.directory) && blob.isString(header.log_path)
            && blob.isString(header.socket_path) && blob.isString(header.events_path)
            && blob.isString(header.event_fields)
            && blob.isString(header.cgroup_v2) && blob.isList(header.cgroup_list) && blob.isString(header.oom_path)
            && blob.isString(header.freezer_path) && blob.isList(header.exit_command)
            && blob.isBytes(header.health_plan) && blob.isString(header.health_late)
            && blob.isString(header.event_detail)
    }

    private var creationIsSound: Bool {
        guard header.mode == SPH_MODE_CREATE.rawValue else { return header.front_count == 0 }
        guard header.passed >= 3, header.passed < 1 << 20, header.front_count < header.op_count else { return false }
        return blob.isString(header.uid_map) && blob.isString(header.gid_map) && blob.isList(header.uid_map_helper)
            && blob.isList(header.gid_map_helper)
    }

    private func isSound(_ operation: sph_op) -> Bool {
        switch sph_op_kind(rawValue: operation.kind) {
        case SPH_OP_WRITE_FILE, SPH_OP_TRY_WRITE_FILE:
            return blob.isString(operation.s1) && blob.isBytes(operation.s2)
        case SPH_OP_IDENTITY:
            return blob.isBytes(operation.s1) && operation.s1.length % 4 == 0 && fits(operation.n1)
                && fits(operation.n2)
        case SPH_OP_SECCOMP:
            // An instruction has eight bytes; the kernel takes 4096 of them.
            return blob.isBytes(operation.s1) && operation.s1.length % 8 == 0 && operation.s1.length > 0
                && operation.s1.length <= 4096 * 8 && fits(operation.n1)
        case SPH_OP_EXEC, SPH_OP_LOOK_UP:
            return blob.isList(operation.s1) && operation.s1.length > 0 && blob.isList(operation.s2)
        case SPH_OP_HOOK:
            return blob.isString(operation.s1) && blob.isList(operation.s2) && blob.isList(operation.s3)
                && blob.isList(operation.s4)
        case SPH_OP_SCHEDULER, SPH_OP_AFFINITY:
            return blob.isBytes(operation.s1) && operation.s1.length > 0
        case SPH_OP_RLIMIT:
            return operation.n1 < 64
        case SPH_OP_JOIN_DESCRIPTOR:
            return header.mode == SPH_MODE_RUN.rawValue && operation.n1 < UInt64(header.passed) && fits(operation.n2)
        case SPH_OP_SECRET:
            return header.mode == SPH_MODE_RUN.rawValue && blob.isBytes(operation.s2) && blob.isString(operation.s3)
                && fits(operation.n1)
        case SPH_OP_LAYERS:
            return header.mode == SPH_MODE_RUN.rawValue && blob.isString(operation.s1) && blob.isString(operation.s2)
                && blob.isString(operation.s3) && blob.isString(operation.s4)
        case let kind where kind.rawValue >= SPH_OP_WRITE_FILE.rawValue && kind.rawValue <= SPH_OP_ATTRIBUTES.rawValue:
            return blob.isString(operation.s1) && blob.isString(operation.s2) && blob.isString(operation.s3)
                && blob.isString(operation.s4)
        default:
            return false
        }
    }

    private func fits(_ value: UInt64) -> Bool { value <= UInt64(UInt32.max) }
}
