import CLinux

/// Bytes that wait for a descriptor to take them. Holds no memory while empty.
struct ByteQueue: ~Copyable {
    private var memory: UnsafeMutableRawPointer?
    private var capacity = 0
    private var start = 0
    private var end = 0

    init() { memory = nil }

    deinit { free(memory) }

    var count: Int { end - start }

    /// Appends bytes; the queue grows as it must, its owner keeps it bounded.
    mutating func append(_ bytes: UnsafeRawPointer, count added: Int) {
        guard let room = reserve(added) else { return }
        memcpy(room, bytes, added)
        end += added
    }

    /// Room for `added` bytes behind the last, to be filled and then told by `fill`.
    mutating func reserve(_ added: Int) -> UnsafeMutableRawPointer? {
        if start > 0, end + added > capacity, let memory {
            memmove(memory, memory + start, count)
            end -= start
            start = 0
        }
        if end + added > capacity {
            var grown = max(capacity, 4096)
            while grown < end + added { grown *= 2 }
            guard let moved = realloc(memory, grown) else { return nil }
            memory = moved
            capacity = grown
        }
        return memory.map { $0 + end }
    }

    mutating func fill(_ added: Int) { end += added }

    /// Writes as much as `descriptor` takes now. Throws what write(2) says but EAGAIN.
    mutating func flush(to descriptor: Int32) throws(SystemError) {
        while count > 0, let memory {
            let written = monitor_write(descriptor, memory + start, count)
            if written == -Int(EAGAIN) { return }
            start += try check(written)
        }
        clear()
    }

    mutating func clear() {
        free(memory)
        memory = nil
        capacity = 0
        start = 0
        end = 0
    }
}
