import Glibc
import Synchronization

/// Tells what changes in directories (inotify(7)). Changes are pulled: they wait in the kernel's queue, which is
/// bounded; what does not fit is told as one `overflow`.
public final class DirectoryWatch: Sendable {
    /// Which changes are wanted.
    public struct Events: OptionSet, Sendable, Hashable {
        /// `IN_*` bits.
        public let rawValue: UInt32
        /// Wraps `IN_*` bits.
        public init(rawValue: UInt32) { self.rawValue = rawValue }
        /// A file was written to (`IN_MODIFY`).
        public static let modified = Events(rawValue: 0x2)
        /// A file that was open for writing was closed (`IN_CLOSE_WRITE`).
        public static let written = Events(rawValue: 0x8)
        /// A name left the directory (`IN_MOVED_FROM`).
        public static let movedOut = Events(rawValue: 0x40)
        /// A name came into the directory by a rename (`IN_MOVED_TO`).
        public static let movedIn = Events(rawValue: 0x80)
        /// A name was made (`IN_CREATE`).
        public static let created = Events(rawValue: 0x100)
        /// A name was removed (`IN_DELETE`).
        public static let deleted = Events(rawValue: 0x200)
        /// The watched directory or file itself is gone (`IN_IGNORED`).
        public static let gone = Events(rawValue: 0x8000)
        /// Changes were lost because nobody read them: look at everything (`IN_Q_OVERFLOW`).
        public static let overflow = Events(rawValue: 0x4000)
    }

    /// One change.
    public struct Change: Sendable, Hashable {
        /// What `add` answered; -1 for an overflow.
        public var watch: Int32
        /// What happened; usually one bit.
        public var events: Events
        /// The name in the directory; empty for the watched object itself.
        public var name: String
    }

    private let descriptor: OwnedDescriptor

    /// A watch without directories.
    public init() throws(SystemError) {
        let fd = inotify_init1(Int32(IN_CLOEXEC | IN_NONBLOCK))
        guard fd >= 0 else { throw SystemError.last("inotify_init1") }
        descriptor = OwnedDescriptor(owning: fd)
    }

    /// Watches a directory or file; the answer names it in changes.
    @discardableResult
    public func add(_ path: String, _ events: Events) throws(SystemError) -> Int32 {
        let watch = inotify_add_watch(descriptor.rawValue, path, events.rawValue)
        guard watch >= 0 else { throw SystemError.last("inotify_add_watch", path) }
        return watch
    }

    /// Ends a watch.
    public func remove(_ watch: Int32) { inotify_rm_watch(descriptor.rawValue, watch) }

    /// Waits for the next changes: at least one, at most what fits in 16 KiB. One caller at a time.
    public func next(timeout: Duration? = nil) async throws -> [Change] {
        while true {
            let changes = try pending()
            if !changes.isEmpty { return changes }
            try await Readiness.shared.readable(descriptor.rawValue, timeout: timeout)
        }
    }

    /// The changes that have happened already, without waiting.
    public func pending() throws(SystemError) -> [Change] {
        let fd = descriptor.rawValue
        var failure: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: 16 << 10) { buffer, count in
            let got = retrying { read(fd, buffer.baseAddress, buffer.count) }
            if got < 0 { failure = errno }
            count = max(got, 0)
        }
        guard failure == 0 || failure == EAGAIN else { throw SystemError(failure, "read") }
        return Self.decode(bytes)
    }

    /// struct inotify_event: wd, mask, cookie, len, then `len` bytes of name padded with NULs.
    static func decode(_ bytes: [UInt8]) -> [Change] {
        var changes: [Change] = []
        var offset = 0
        bytes.withUnsafeBytes { buffer in
            while offset + 16 <= buffer.count {
                let watch = buffer.loadUnaligned(fromByteOffset: offset, as: Int32.self)
                let mask = buffer.loadUnaligned(fromByteOffset: offset + 4, as: UInt32.self)
                let length = Int(buffer.loadUnaligned(fromByteOffset: offset + 12, as: UInt32.self))
                offset += 16
                guard length <= buffer.count - offset else { return }
                let name = buffer[offset..<offset + length].prefix { $0 != 0 }
                offset += length
                changes.append(
                    Change(watch: watch, events: Events(rawValue: mask), name: String(decoding: name, as: UTF8.self)))
            }
        }
        return changes
    }
}
