import CArchive
import Engine

/// Lends a `ByteSource` to libarchive, and keeps the error that libarchive's integers cannot carry.
final class ArchiveInput {
    let archive: OpaquePointer
    private let source: any ByteSource
    private let subject: String
    private var failure: EngineError?

    /// `prepare` says which filter and format are read.
    init(
        _ source: any ByteSource, subject: String, prepare: (OpaquePointer) -> Int32
    ) throws(EngineError) {
        guard let archive = archive_read_new() else {
            throw EngineError(.system, "cannot read \(subject): out of memory")
        }
        self.archive = archive
        self.source = source
        self.subject = subject
        try check(prepare(archive))
        let result = archive_read_open2(
            archive, Unmanaged.passUnretained(self).toOpaque(), nil,
            { _, client, buffer in
                guard let client, let buffer else { return -1 }
                return Unmanaged<ArchiveInput>.fromOpaque(client).takeUnretainedValue().supply(buffer)
            }, nil, nil)
        try check(result)
    }

    deinit { archive_read_free(archive) }

    private func supply(_ buffer: UnsafeMutablePointer<UnsafeRawPointer?>) -> Int {
        do throws(EngineError) {
            let bytes = try source.next()
            buffer.pointee = bytes.baseAddress
            return bytes.count
        } catch {
            failure = error
            return -1
        }
    }

    /// Turns libarchive's answer into an error; warnings (a name that the locale cannot spell) pass.
    func check(_ result: Int32) throws(EngineError) {
        guard result < ARCHIVE_WARN else { return }
        if let failure { throw failure }
        let reason = archive_error_string(archive).map { String(cString: $0) } ?? "it is damaged"
        throw EngineError(.corrupted, "cannot read \(subject): \(printable(reason))")
    }
}
