import Glibc

/// The memory into which one thread reads kernel files, over and over.
public final class ReadBuffer {
    fileprivate let bytes: UnsafeMutableRawBufferPointer

    /// A buffer for files of at most `size` bytes; of longer ones the beginning is read.
    public init(size: Int = 64 << 10) { bytes = .allocate(byteCount: max(4096, size), alignment: 16) }

    deinit { bytes.deallocate() }
}

/// A kernel file that is read again and again: opened once, read from its start each time.
public struct KeptFile: ~Copyable {
    private let path: String
    private var descriptor: Int32 = -1
    private let isKept: Bool
    /// How many calls to let pass before a missing file is looked for again.
    private var patience = 0

    /// A missing file may come later (a limit set meanwhile); looking costs, so it is done every so many times.
    private static let roundsBetweenTries = 16
    /// A seq_file gives whole records up to a page a read: so much less than that is the end.
    private static let surelyTheEnd = 4096 - 512

    /// Opens nothing yet.
    /// - Parameter isKept: `false` opens and closes at each reading, where descriptors are scarce.
    public init(_ path: String, isKept: Bool = true) {
        self.path = path
        self.isKept = isKept
    }

    deinit { if descriptor >= 0 { Glibc.close(descriptor) } }

    /// Reads the file and hands its bytes to `body`; `nil` when it is missing or its cgroup is gone.
    @inline(__always)
    public mutating func read<Value>(
        into buffer: ReadBuffer, _ body: (inout ByteScanner) -> Value
    ) -> Value? {
        guard let count = fill(buffer) else { return nil }
        var scanner = ByteScanner(UnsafeRawBufferPointer(rebasing: buffer.bytes[..<count]))
        return body(&scanner)
    }

    private mutating func fill(_ buffer: ReadBuffer) -> Int? {
        if descriptor < 0 {
            if patience > 0 {
                patience -= 1
                return nil
            }
            descriptor = open(path, O_RDONLY | O_CLOEXEC)
            if descriptor < 0 {
                patience = Self.roundsBetweenTries
                return nil
            }
        }
        let count = readAll(buffer)
        if count == nil || !isKept {
            Glibc.close(descriptor)
            descriptor = -1
            if count == nil { patience = Self.roundsBetweenTries }
        }
        return count
    }

    private func readAll(_ buffer: ReadBuffer) -> Int? {
        guard let base = buffer.bytes.baseAddress else { return nil }
        var filled = 0
        while filled < buffer.bytes.count {
            let count = pread(descriptor, base + filled, buffer.bytes.count - filled, off_t(filled))
            if count < 0 {
                if errno == EINTR { continue }
                return nil
            }
            filled += count
            if count < Self.surelyTheEnd { break }
        }
        return filled
    }
}
