import Glibc
import LinuxSystem

/// One file of a set that is rotated, open: it may be renamed or removed, what was opened stays readable.
final class RotatedFile: Sendable {
    private let descriptor: OwnedDescriptor
    /// Names the file whatever it is called by now.
    let inode: UInt64

    /// Opens a file; `nil` when there is none.
    init?(_ path: String) throws(SystemError) {
        do throws(SystemError) { descriptor = try OwnedDescriptor.open(path, O_RDONLY | O_NOFOLLOW) } catch {
            if error.number == ENOENT || error.number == ELOOP { return nil }
            throw error
        }
        inode = try descriptor.status().inode
    }

    /// Bytes now.
    func size() throws(SystemError) -> Int64 { try descriptor.status().size }

    /// Fills `buffer` from `offset` on, less only at the end of the file; answers how far.
    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int64) throws(SystemError) -> Int {
        var filled = 0
        while filled < buffer.count {
            let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
            let got = try descriptor.pread(into: rest, at: offset + Int64(filled))
            if got == 0 { break }
            filled += got
        }
        return filled
    }

    /// At most `count` bytes from `offset`, fewer only at the end of the file.
    func read(at offset: Int64, count: Int) throws(SystemError) -> [UInt8] {
        var failure: SystemError?
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            do throws(SystemError) {
                while filled < count {
                    let rest = UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[filled...])
                    let got = try descriptor.pread(into: rest, at: offset + Int64(filled))
                    if got == 0 { return }
                    filled += got
                }
            } catch { failure = error }
        }
        if let failure { throw failure }
        return bytes
    }
}
