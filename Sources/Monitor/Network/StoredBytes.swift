import CLinux

/// Bytes of the plan, or a copy that lives as long as the monitor.
struct StoredBytes {
    let bytes: UnsafeRawBufferPointer

    var count: Int { bytes.count }

    /// Bytes that live on by themselves.
    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    /// A copy. Made once in a monitor's life at most, and never given back.
    init(copying other: UnsafeRawBufferPointer) {
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: other.count, alignment: 8)
        memory.copyMemory(from: other)
        bytes = UnsafeRawBufferPointer(memory)
    }
}
