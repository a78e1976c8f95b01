import CLinux
import Glibc

/// A system call that failed: which one, on what, and the kernel's reason (errno(3)).
///
/// It reads as one sentence: `mount /x: Permission denied`.
public struct SystemError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The errno value, for instance `ENOENT`.
    public var number: Int32
    /// The call's name, for instance `openat2`.
    public var call: String
    /// What it was tried on; `nil` where there is no path.
    public var path: String?

    /// A failure with a known errno.
    public init(_ number: Int32, _ call: String, _ path: String? = nil) {
        self.number = number
        self.call = call
        self.path = path
    }

    /// The failure that the calling thread's `errno` tells of; to be made right after the call.
    public static func last(_ call: String, _ path: String? = nil) -> SystemError {
        SystemError(errno, call, path)
    }

    /// The kernel's reason in words: `Permission denied`.
    public var reason: String { SystemError.words(number) }

    /// `call path: reason`.
    public var description: String {
        guard let path else { return "\(call): \(reason)" }
        return "\(call) \(path): \(reason)"
    }

    /// The words for an errno value.
    public static func words(_ number: Int32) -> String { String(cString: sph_strerror(number)) }
}
