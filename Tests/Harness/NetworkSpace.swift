import CLinux
import Foundation

/// A network namespace that a test takes for its host: only loopback is there, and whatever is made in it is gone with the
/// last process of it and this object. The machine's own links, addresses and rules are never touched.
package final class NetworkSpace {
    private let descriptor: Int32

    /// Makes one, loopback up. As root.
    package init() throws {
        let own = try Self.current()
        defer { close(own) }
        try Self.check(monitor_unshare(Self.kind), "make a network namespace")
        defer { monitor_setns(own, Self.kind) }
        descriptor = try Self.current()
        try Self.bringLoopbackUp()
    }

    deinit { close(descriptor) }

    /// A path that ip(8) and nsenter(1) take, while this object lives.
    package var path: String { "/proc/\(getpid())/fd/\(descriptor)" }

    /// Does `body` within: what it starts on this thread runs there.
    package func inside<Result>(_ body: () throws -> Result) throws -> Result {
        let before = try Self.current()
        defer { close(before) }
        try Self.check(monitor_setns(descriptor, Self.kind), "enter a network namespace")
        defer { monitor_setns(before, Self.kind) }
        return try body()
    }

    /// Names of the interfaces in the calling thread's namespace.
    package static func interfaces() -> [String] {
        Command.text("/proc/thread-self/net/dev").split(separator: "\n").dropFirst(2).compactMap {
            $0.split(separator: ":").first?.trimmingPrefix { $0 == " " }
        }.map(String.init).sorted()
    }

    /// Processes whose first thread is in the calling thread's namespace.
    package static func processes() -> [pid_t] {
        var own = stat()
        guard stat("/proc/thread-self/ns/net", &own) == 0 else { return [] }
        let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return all.compactMap { pid_t($0) }.filter { pid in
            var other = stat()
            return stat("/proc/\(pid)/ns/net", &other) == 0 && other.st_ino == own.st_ino
        }
    }

    /// CLONE_NEWNET (namespaces(7)).
    private static let kind: Int32 = 0x4000_0000
    private static var reason: String { String(cString: strerror(errno)) }

    private static func check(_ answer: Int32, _ what: String) throws {
        guard answer >= 0 else { throw HarnessError("cannot \(what): \(String(cString: strerror(-answer)))") }
    }

    private static func current() throws -> Int32 {
        let descriptor = open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw HarnessError("no /proc/thread-self/ns/net: \(reason)") }
        return descriptor
    }

    /// netdevice(7): SIOCSIFFLAGS with `struct ifreq`, the flags behind the sixteen bytes of the name.
    private static func bringLoopbackUp() throws {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        defer { close(socket) }
        var request = [UInt8](repeating: 0, count: 40)
        request.replaceSubrange(0..<2, with: Array("lo".utf8))
        request[16] = UInt8(IFF_UP)
        guard ioctl(socket, 0x8914, &request) == 0 else { throw HarnessError("no loopback: \(reason)") }
    }
}
