import CMonitorWire

/// Reads a plan back: to say in words which step failed, and to check what was written.
public struct PlanReader {
    let header: sph_plan_header
    let operations: [sph_op]
    private let blob: [UInt8]

    /// Reads a plan's bytes; `nil` when they are none.
    public init?(_ bytes: [UInt8]) {
        let headerSize = MemoryLayout<sph_plan_header>.size
        guard bytes.count >= headerSize else { return nil }
        let header = bytes.withUnsafeBytes { $0.loadUnaligned(as: sph_plan_header.self) }
        guard header.magic == SPH_PLAN_MAGIC, header.version == SPH_WIRE_VERSION else { return nil }
        let opSize = MemoryLayout<sph_op>.stride
        let blobStart = headerSize + Int(header.op_count) * opSize
        guard bytes.count == blobStart + Int(header.blob_size) else { return nil }
        self.header = header
        operations = bytes.withUnsafeBytes { buffer in
            (0..<Int(header.op_count)).map {
                buffer.loadUnaligned(fromByteOffset: headerSize + $0 * opSize, as: sph_op.self)
            }
        }
        blob = Array(bytes[blobStart...])
    }

    /// The bytes that a span points at; empty when it points outside.
    func data(_ span: sph_span) -> [UInt8] {
        let end = Int(span.offset) + Int(span.length)
        guard end <= blob.count else { return [] }
        return Array(blob[Int(span.offset)..<end])
    }

    /// The text that a span points at.
    func text(_ span: sph_span) -> String { String(decoding: data(span), as: UTF8.self) }

    /// The items of a list.
    func list(_ span: sph_span) -> [String] {
        data(span).split(separator: 0, omittingEmptySubsequences: false).dropLast().map {
            String(decoding: $0, as: UTF8.self)
        }
    }
}
