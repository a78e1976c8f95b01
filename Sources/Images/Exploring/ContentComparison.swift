import Engine
import Glibc
import LinuxSystem

/// The bytes of two files held against each other.
enum ContentComparison {
    private static let step = 256 << 10

    /// Whether a path has the same bytes in two layers, in both of which it is a regular file.
    static func isSame(
        _ path: [UInt8], in first: LayerDirectory, _ second: LayerDirectory
    ) throws(EngineError) -> Bool {
        try inWords("cannot read \(printable(PathText.text(path)))") { () throws(SystemError) in
            let old = try first.open(path, O_RDONLY | O_NONBLOCK)
            let new = try second.open(path, O_RDONLY | O_NONBLOCK)
            var offset: Int64 = 0
            while true {
                let (left, right) = (try piece(of: old, at: offset), try piece(of: new, at: offset))
                guard left == right else { return false }
                guard !left.isEmpty else { return true }
                offset += Int64(left.count)
            }
        }
    }

    /// Full pieces but for the last: a short read must not make a difference.
    private static func piece(of file: borrowing OwnedDescriptor, at offset: Int64) throws(SystemError) -> [UInt8] {
        var failure: SystemError?
        let fd = file.rawValue
        let bytes = [UInt8](unsafeUninitializedCapacity: step) { buffer, count in
            while count < buffer.count {
                let got = pread(fd, buffer.baseAddress.map { $0 + count }, buffer.count - count, off_t(offset) + count)
                if got < 0, errno == EINTR { continue }
                if got < 0 { failure = SystemError.last("pread") }
                guard got > 0 else { return }
                count += got
            }
        }
        if let failure { throw failure }
        return bytes
    }
}
