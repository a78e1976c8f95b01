import CLinux
import CMonitorWire

/// Bytes that spans point into: a plan's blob, or a frame's payload.
struct Blob {
    let memory: UnsafeRawBufferPointer

    var count: Int { memory.count }

    /// The bytes of a span; empty for one that reaches outside.
    func bytes(_ span: sph_span) -> UnsafeRawBufferPointer {
        let start = Int(span.offset)
        let end = start + Int(span.length)
        guard end <= memory.count else { return UnsafeRawBufferPointer(start: nil, count: 0) }
        return UnsafeRawBufferPointer(rebasing: memory[start..<end])
    }

    /// The string of a span, nil when it is absent.
    func optionalString(_ span: sph_span) -> CString? {
        guard span.length > 0, let start = bytes(span).baseAddress else { return nil }
        return start.assumingMemoryBound(to: CChar.self)
    }

    /// The string of a span, "" when it is absent.
    func string(_ span: sph_span) -> CString { optionalString(span) ?? ("" as StaticString).c }

    /// How many items of `Item` the span holds.
    func itemCount<Item>(_ span: sph_span, of: Item.Type) -> Int { bytes(span).count / MemoryLayout<Item>.stride }

    /// The item at `index`, which is below `itemCount`.
    func item<Item>(_ span: sph_span, at index: Int, as type: Item.Type) -> Item {
        bytes(span).loadUnaligned(fromByteOffset: index * MemoryLayout<Item>.stride, as: type)
    }

    // MARK: - Checks

    /// Whether the span is a string: inside, its NUL right behind it, none within.
    func isString(_ span: sph_span) -> Bool {
        let end = Int(span.offset) + Int(span.length)
        if span.length == 0 { return end <= memory.count }
        guard end < memory.count, memory[end] == 0 else { return false }
        for byte in bytes(span) where byte == 0 { return false }
        return true
    }

    /// Whether the span is a list: inside, its last byte a NUL.
    func isList(_ span: sph_span) -> Bool {
        let end = Int(span.offset) + Int(span.length)
        return end <= memory.count && (span.length == 0 || memory[end - 1] == 0)
    }

    /// Whether the span lies inside.
    func isBytes(_ span: sph_span) -> Bool { Int(span.offset) + Int(span.length) <= memory.count }

    /// Whether the span lies inside and holds whole items only.
    func isArray<Item>(_ span: sph_span, of: Item.Type) -> Bool {
        isBytes(span) && Int(span.length) % MemoryLayout<Item>.stride == 0
    }
}
