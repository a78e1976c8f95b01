import CLinux
import CMonitorWire

/// A plan in memory, checked once when it is read: every span lies inside the blob and is what its field says.
///
/// It is read, not mapped: the file may be replaced or cut while the container runs, and a restart must still find it.
struct Plan {
    /// Far above any plan that makes sense; keeps a wrong file from eating memory.
    private static let largest: Int64 = 16 << 20

    let header: sph_plan_header
    private let memory: UnsafeRawBufferPointer
    let blob: Blob

    /// Reads and checks the plan that `descriptor` is open on.
    static func read(from descriptor: Int32) throws(SystemError) -> Plan {
        var file = monitor_file()
        try check(monitor_stat(descriptor, &file))
        guard file.size >= Int64(MemoryLayout<sph_plan_header>.size), file.size <= largest else {
            throw SystemError(code: EINVAL)
        }
        let size = Int(file.size)
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 8)
        guard let start = memory.baseAddress else { throw SystemError(code: ENOMEM) }
        var filled = 0
        while filled < size {
            let count = try check(monitor_pread(descriptor, start + filled, size - filled, Int64(filled)))
            guard count > 0 else { throw SystemError(code: EINVAL) }
            filled += count
        }
        let plan = try Plan(UnsafeRawBufferPointer(memory))
        try plan.validate()
        return plan
    }

    /// The plan of a health check's probe that lies within a container's, for the container's present process.
    static func probe(of plan: Plan, pid: Int32, startTicks: UInt64) throws(SystemError) -> Plan {
        let bytes = plan.bytes(plan.header.health_plan)
        guard bytes.count >= MemoryLayout<sph_plan_header>.size else { throw SystemError(code: EINVAL) }
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 8)
        memory.copyMemory(from: bytes)
        var header = memory.loadUnaligned(as: sph_plan_header.self)
        header.target_pid = pid
        header.target_start_ticks = startTicks
        memory.storeBytes(of: header, as: sph_plan_header.self)
        let probe = try Plan(UnsafeRawBufferPointer(memory))
        try probe.validate()
        guard probe.header.mode == SPH_MODE_EXEC.rawValue else { throw SystemError(code: EINVAL) }
        return probe
    }

    private init(_ memory: UnsafeRawBufferPointer) throws(SystemError) {
        self.memory = memory
        header = memory.loadUnaligned(as: sph_plan_header.self)
        let operations = Int(header.op_count) * MemoryLayout<sph_op>.stride
        let blobStart = MemoryLayout<sph_plan_header>.size + operations
        guard header.magic == SPH_PLAN_MAGIC, header.version == SPH_WIRE_VERSION,
            memory.count == blobStart + Int(header.blob_size)
        else { throw SystemError(code: EINVAL) }
        blob = Blob(memory: UnsafeRawBufferPointer(rebasing: memory[blobStart...]))
    }

    var operationCount: Int { Int(header.op_count) }

    /// The operation at `index`, which is below `operationCount`.
    func operation(at index: Int) -> sph_op {
        let offset = MemoryLayout<sph_plan_header>.size + index * MemoryLayout<sph_op>.stride
        return memory.loadUnaligned(fromByteOffset: offset, as: sph_op.self)
    }

    /// How many descriptors from SPH_FD_PASSED on are the program's or the networks'.
    var passedCount: UInt32 { header.mode == SPH_MODE_EXEC.rawValue ? 0 : header.passed }

    func has(_ flag: sph_plan_flag) -> Bool { header.flags & flag.rawValue != 0 }

    /// The bytes of a span; empty for one that reaches outside the blob.
    func bytes(_ span: sph_span) -> UnsafeRawBufferPointer { blob.bytes(span) }

    /// The string of a span, "" when it is absent.
    func string(_ span: sph_span) -> CString { blob.string(span) }

    /// The string of a span, nil when it is absent.
    func optionalString(_ span: sph_span) -> CString? { blob.optionalString(span) }

    /// The strings of a list as execve wants them: an array that ends with nil and is never freed.
    func list(_ span: sph_span) -> UnsafeMutablePointer<UnsafeMutablePointer<CChar>?> {
        let bytes = bytes(span)
        var count = 0
        for byte in bytes where byte == 0 { count += 1 }
        let items = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(capacity: count + 1)
        items[count] = nil
        guard let start = bytes.baseAddress else { return items }
        var offset = 0
        for index in 0..<count {
            let item = UnsafeMutableRawPointer(mutating: start + offset).assumingMemoryBound(to: CChar.self)
            items[index] = item
            offset += strlen(item) + 1
        }
        return items
    }
}
