import CMonitorWire
import Engine

/// Puts a plan's bytes together: operations in order, and a blob for all that has no fixed size.
struct PlanWriter {
    var header = sph_plan_header()
    private var operations: [sph_op] = []
    private var blob: [UInt8] = []

    var operationCount: UInt32 { UInt32(clamping: operations.count) }

    init(mode: sph_mode) {
        header.magic = SPH_PLAN_MAGIC
        header.version = SPH_WIRE_VERSION
        header.mode = mode.rawValue
        header.network_home = -1
        // Offset 0 means "absent", so nothing may lie there.
        blob = [0]
    }

    /// Adds an operation.
    mutating func add(
        _ kind: sph_op_kind, s1: sph_span = sph_span(), s2: sph_span = sph_span(), s3: sph_span = sph_span(),
        s4: sph_span = sph_span(), n1: UInt64 = 0, n2: UInt64 = 0, n3: UInt64 = 0, n4: UInt64 = 0
    ) {
        operations.append(
            sph_op(kind: kind.rawValue, reserved: 0, n1: n1, n2: n2, n3: n3, n4: n4, s1: s1, s2: s2, s3: s3, s4: s4))
    }

    /// A string, with a NUL behind it that the length does not count. `nil` and empty are absent.
    mutating func string(_ text: String?) -> sph_span {
        guard let text, !text.isEmpty else { return sph_span() }
        let span = data(Array(text.utf8))
        blob.append(0)
        return span
    }

    /// A list: every item with its NUL, all counted.
    mutating func list(_ items: [String]) -> sph_span {
        guard !items.isEmpty else { return sph_span() }
        return data(items.flatMap { Array($0.utf8) + [0] })
    }

    /// Bytes; numbers in them may be read in place, so they begin at a multiple of eight.
    mutating func data(_ bytes: [UInt8]) -> sph_span {
        guard !bytes.isEmpty else { return sph_span() }
        while blob.count % 8 != 0 { blob.append(0) }
        let span = sph_span(
            offset: UInt32(truncatingIfNeeded: blob.count), length: UInt32(truncatingIfNeeded: bytes.count))
        blob += bytes
        return span
    }

    /// The finished plan.
    /// - Throws: `.invalidArgument` when it is larger than a plan may be.
    func encoded() throws(EngineError) -> [UInt8] {
        guard blob.count < 16 << 20, operations.count < 65536 else {
            throw EngineError(.invalidArgument, "the container's arguments and environment are too long to start it")
        }
        var header = self.header
        header.op_count = UInt32(operations.count)
        header.blob_size = UInt32(blob.count)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(MemoryLayout<sph_plan_header>.size + operations.count * 72 + blob.count)
        withUnsafeBytes(of: header) { bytes += $0 }
        operations.withUnsafeBytes { bytes += $0 }
        return bytes + blob
    }
}
