import Engine
import Glibc
import LinuxSystem

/// One subject's file, open.
///
/// Rows are written with pwrite(2), not through a mapping: what is written survives a `kill -9` all the same, costs no
/// memory of this process, and a file cut short by somebody or a full disk is an error and not a SIGBUS.
struct HistoryFile: ~Copyable {
    private let descriptor: OwnedDescriptor

    /// Opens for reading; `nil` when there is none or it is not ours.
    static func reading(_ path: String) -> HistoryFile? {
        guard let descriptor = try? OwnedDescriptor.open(path) else { return nil }
        return isSound(descriptor) ? HistoryFile(descriptor) : nil
    }

    /// Opens for writing. A file that is damaged or of another format begins anew.
    /// - Parameter makes: whether a missing file is made; `nil` is the answer otherwise.
    static func writing(_ path: String, makes: Bool) throws(SystemError) -> HistoryFile? {
        let descriptor: OwnedDescriptor
        do throws(SystemError) {
            descriptor = try OwnedDescriptor.open(path, makes ? O_RDWR | O_CREAT : O_RDWR, mode: 0o600)
        } catch {
            if !makes && error.number == ENOENT { return nil }
            throw error
        }
        if isSound(descriptor) { return HistoryFile(descriptor) }
        guard ftruncate(descriptor.rawValue, 0) == 0 else { throw SystemError.last("ftruncate", path) }
        let file = HistoryFile(descriptor)
        try file.write(HistoryLayout.header, at: 0)
        return file
    }

    private init(_ descriptor: consuming OwnedDescriptor) { self.descriptor = descriptor }

    private static func isSound(_ descriptor: borrowing OwnedDescriptor) -> Bool {
        let wanted = HistoryLayout.header
        return withUnsafeTemporaryAllocation(byteCount: wanted.count, alignment: 8) { buffer in
            guard let got = try? descriptor.pread(into: buffer), got == wanted.count else { return false }
            return buffer.elementsEqual(wanted)
        }
    }

    /// Writes rows of rising stamps; neighbours go out together.
    borrowing func write(_ rows: ArraySlice<HistoryRow>, to ring: HistoryLayout.Ring) throws(SystemError) {
        var bytes: [UInt8] = []
        var rest = rows
        while let first = rest.first {
            bytes.removeAll(keepingCapacity: true)
            var expected = Int64(first.stamp)
            let start = ring.offset(of: expected)
            while let row = rest.first, Int64(row.stamp) == expected,
                ring.offset(of: expected) == start + Int64(bytes.count)
            {
                HistoryLayout.append(row, to: &bytes)
                rest.removeFirst()
                expected += 1
            }
            try write(bytes, at: start)
        }
    }

    /// Hands over the rows that are there with stamps from `first` to `last`, in order.
    borrowing func forEach(in ring: HistoryLayout.Ring, from first: Int64, to last: Int64, _ body: (HistoryRow) -> Void)
    {
        var stamp = max(0, max(first, last - ring.slots + 1))
        while stamp <= last {
            let count = min(last - stamp + 1, ring.slots - stamp % ring.slots)
            let from = stamp
            read(count: Int(count) * HistoryLayout.rowSize, at: ring.offset(of: stamp)) { bytes in
                HistoryLayout.rows(in: bytes, from: from, body)
            }
            stamp += count
        }
    }

    private borrowing func read(count: Int, at offset: Int64, _ body: (UnsafeRawBufferPointer) -> Void) {
        withUnsafeTemporaryAllocation(byteCount: count, alignment: 8) { buffer in
            guard let got = try? descriptor.pread(into: buffer, at: offset) else { return }
            body(UnsafeRawBufferPointer(rebasing: buffer[..<got]))
        }
    }

    private borrowing func write(_ bytes: [UInt8], at offset: Int64) throws(SystemError) {
        let raw = descriptor.rawValue
        let count = bytes.withUnsafeBytes { pwrite(raw, $0.baseAddress, $0.count, off_t(offset)) }
        guard count == bytes.count else { throw SystemError(count < 0 ? errno : ENOSPC, "pwrite") }
    }
}
