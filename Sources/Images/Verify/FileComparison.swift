import Engine
import Glibc
import LinuxSystem

/// Compares a file of an unpacked layer with content that comes in pieces.
final class FileComparison {
    private let file: OwnedDescriptor?
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 4096)
    private var position: Int64 = 0
    private var matches: Bool

    /// Nothing but a regular file is opened: opening a device does things.
    init(_ path: [UInt8], in layer: LayerDirectory) {
        var opened: OwnedDescriptor?
        if layer.entry(path)?.kind == .file {
            opened = try? layer.open(path, O_RDONLY | O_NONBLOCK | O_NOFOLLOW)
        }
        matches = opened != nil
        file = opened
    }

    deinit { buffer.deallocate() }

    /// The next piece; what lies before `offset` and has not come is a hole.
    func compare(_ bytes: UnsafeRawBufferPointer, at offset: Int64) {
        guard matches else { return }
        guard offset >= position else {
            matches = false
            return
        }
        expectZeros(upTo: offset)
        var done = 0
        while matches, done < bytes.count {
            let piece = UnsafeRawBufferPointer(rebasing: bytes[done..<min(done + buffer.count, bytes.count)])
            guard let found = read(piece.count), let one = found.baseAddress, let other = piece.baseAddress,
                memcmp(one, other, piece.count) == 0
            else {
                matches = false
                return
            }
            done += piece.count
        }
    }

    /// Whether all was the same and the file ends where it should.
    func finish(size: Int64) -> Bool {
        expectZeros(upTo: size)
        guard matches, let end = try? file?.status().size else { return false }
        return end == size && position == size
    }

    private func expectZeros(upTo end: Int64) {
        while matches, position < end {
            guard let found = read(Int(min(end - position, Int64(buffer.count)))) else {
                matches = false
                return
            }
            matches = found.allSatisfy { $0 == 0 }
        }
    }

    /// Exactly `count` bytes, at most the buffer's.
    private func read(_ count: Int) -> UnsafeRawBufferPointer? {
        var filled = 0
        while filled < count {
            let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[filled..<count])
            guard let got = try? file?.pread(into: rest, at: position), got > 0 else { return nil }
            filled += got
            position += Int64(got)
        }
        return UnsafeRawBufferPointer(rebasing: buffer[..<count])
    }
}
