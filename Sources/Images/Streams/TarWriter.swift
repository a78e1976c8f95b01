import CArchive
import Engine

/// Writes a tar stream: POSIX pax where names, sizes or attributes need it, else ustar.
final class TarWriter {
    private let archive: OpaquePointer
    private let sink: (UnsafeRawBufferPointer) throws(EngineError) -> Void
    private var failure: EngineError?

    /// `sink` gets the bytes in order.
    init(_ sink: @escaping (UnsafeRawBufferPointer) throws(EngineError) -> Void) throws(EngineError) {
        guard let archive = archive_write_new() else {
            throw EngineError(.system, "cannot write an archive: out of memory")
        }
        self.archive = archive
        self.sink = sink
        try check(archive_write_set_format_pax_restricted(archive))
        // libarchive's own spelling of attributes would double every header; docker reads SCHILY's only.
        try check(archive_write_set_options(archive, "xattrheader=SCHILY"))
        try check(archive_write_set_bytes_per_block(archive, 128 << 10))
        // The end is two blocks of zeros, not padding to a tape's record.
        try check(archive_write_set_bytes_in_last_block(archive, 1))
        try check(
            archive_write_open2(
                archive, Unmanaged.passUnretained(self).toOpaque(), nil,
                { _, client, buffer, count in
                    guard let client else { return -1 }
                    return Unmanaged<TarWriter>.fromOpaque(client).takeUnretainedValue()
                        .pass(UnsafeRawBufferPointer(start: buffer, count: count))
                }, nil, nil))
    }

    deinit { archive_write_free(archive) }

    private func pass(_ bytes: UnsafeRawBufferPointer) -> Int {
        // Freeing an archive flushes it; what failed once must not be tried again.
        guard failure == nil else { return -1 }
        do throws(EngineError) {
            try sink(bytes)
            return bytes.count
        } catch {
            failure = error
            return -1
        }
    }

    /// Begins an entry; its data follow by `write`.
    func begin(_ entry: OpaquePointer) throws(EngineError) { try check(archive_write_header(archive, entry)) }

    /// Writes data of the current entry.
    func write(_ bytes: UnsafeRawBufferPointer) throws(EngineError) {
        guard !bytes.isEmpty else { return }
        let count = archive_write_data(archive, bytes.baseAddress, bytes.count)
        guard count >= 0 else { return try check(Int32(clamping: count)) }
    }

    /// A small file of ours, owned by root, dated at the epoch so that the same content makes the same archive.
    func add(_ name: String, _ content: [UInt8]) throws(EngineError) {
        try begin(name, size: Int64(content.count))
        try content.withUnsafeBufferPointer { (bytes) throws(EngineError) in try write(UnsafeRawBufferPointer(bytes)) }
    }

    /// Begins a regular file of ours.
    func begin(_ name: String, size: Int64) throws(EngineError) {
        let entry = archive_entry_new()
        defer { archive_entry_free(entry) }
        guard let entry else { throw EngineError(.system, "cannot write an archive: out of memory") }
        archive_entry_set_pathname(entry, name)
        archive_entry_set_filetype(entry, 0o100000)
        archive_entry_set_perm(entry, 0o644)
        archive_entry_set_size(entry, size)
        archive_entry_set_mtime(entry, 0, 0)
        try begin(entry)
    }

    /// Writes the end marks.
    func finish() throws(EngineError) { try check(archive_write_close(archive)) }

    private func check(_ result: Int32) throws(EngineError) {
        guard result < ARCHIVE_WARN else { return }
        if let failure { throw failure }
        let reason = archive_error_string(archive).map { String(cString: $0) } ?? "unknown reason"
        throw EngineError(.system, "cannot write the archive: \(printable(reason))")
    }
}
