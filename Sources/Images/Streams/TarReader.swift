import CArchive
import Engine

/// Pulls the entries of a tar stream.
final class TarReader {
    private let input: ArchiveInput
    private let subject: String

    /// - Parameter decompresses: bzip2 and xz are taken off as well.
    init(_ source: any ByteSource, subject: String, decompresses: Bool = false) throws(EngineError) {
        self.subject = subject
        input = try ArchiveInput(source, subject: subject) { archive in
            if decompresses {
                // A library without one of them reads the other all the same.
                _ = archive_read_support_filter_bzip2(archive)
                _ = archive_read_support_filter_xz(archive)
            }
            return archive_read_support_format_tar(archive)
        }
    }

    /// The next entry, valid until the next call; `nil` at the end.
    func next() throws(EngineError) -> OpaquePointer? {
        var entry: OpaquePointer?
        let result = archive_read_next_header(input.archive, &entry)
        try input.check(result)
        return result == ARCHIVE_EOF ? nil : entry
    }

    /// Hands over the data of the current entry with its offsets; holes are left out.
    func forEachBlock(
        _ body: (UnsafeRawBufferPointer, Int64) throws(EngineError) -> Void
    ) throws(EngineError) {
        while true {
            var buffer: UnsafeRawPointer?
            var size = 0
            var offset: la_int64_t = 0
            let result = archive_read_data_block(input.archive, &buffer, &size, &offset)
            try input.check(result)
            if result == ARCHIVE_EOF { return }
            if size > 0 { try body(UnsafeRawBufferPointer(start: buffer, count: size), offset) }
        }
    }
}
