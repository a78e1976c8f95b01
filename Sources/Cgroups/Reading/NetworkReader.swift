import Engine
import LinuxSystem

/// The interfaces of a network namespace: `/proc/PID/net/dev` (proc_pid_net(5)).
public struct NetworkReader: ~Copyable {
    private var file: KeptFile
    private var rest = 0

    /// Interfaces come late or never in a container without network, so an empty table is looked at less often.
    private static let roundsBetweenLooks = 5

    /// The interfaces of a container by its first process; `nil` when they are the host's, which are not its own, however it
    /// came by them (`--network host`, or a container's that has them).
    public static func ofContainer(_ target: SampleTarget, isKept: Bool) -> NetworkReader? {
        guard !target.usesHostNetwork, target.pid > 0 else { return nil }
        let own = try? Files.status("/proc/self/ns/net", followLink: true)
        let theirs = try? Files.status("/proc/\(target.pid)/ns/net", followLink: true)
        if let own, let theirs, own.inode == theirs.inode { return nil }
        return NetworkReader("/proc/\(target.pid)/net/dev", isKept: isKept)
    }

    /// Reads `path`, for instance `/proc/17/net/dev`.
    public init(_ path: String, isKept: Bool = true) { file = KeptFile(path, isKept: isKept) }

    /// The interfaces' totals, loopback left out; empty when the namespace is gone.
    public mutating func read(using buffer: ReadBuffer) -> [Sample.Interface] {
        if rest > 0 {
            rest -= 1
            return []
        }
        let interfaces = file.read(into: buffer) { Self.scan(&$0) } ?? []
        if interfaces.isEmpty { rest = Self.roundsBetweenLooks }
        return interfaces
    }

    /// Two lines of headings, then `name: bytes packets errs drop fifo frame compressed multicast bytes packets …`.
    static func scan(_ scanner: inout ByteScanner) -> [Sample.Interface] {
        var interfaces: [Sample.Interface] = []
        scanner.skipLine()
        scanner.skipLine()
        while !scanner.isAtEnd {
            scanner.skipBlanks()
            let name = scanner.word(until: 0x3a)
            if scanner.skip(":"), !(name.count == 2 && name[0] == 0x6c && name[1] == 0x6f) {
                interfaces.append(counters(&scanner, name: String(decoding: name, as: UTF8.self)))
            }
            scanner.skipLine()
        }
        return interfaces
    }

    private static func counters(_ scanner: inout ByteScanner, name: String) -> Sample.Interface {
        var one = Sample.Interface(
            name: name, receivedBytes: 0, sentBytes: 0, receivedPackets: 0, sentPackets: 0)
        for column in 0..<12 {
            guard let value = scanner.number() else { break }
            switch column {
            case 0: one.receivedBytes = value
            case 1: one.receivedPackets = value
            case 2: one.receivedErrors = value
            case 3: one.receivedDrops = value
            case 8: one.sentBytes = value
            case 9: one.sentPackets = value
            case 10: one.sentErrors = value
            case 11: one.sentDrops = value
            default: break
            }
        }
        return one
    }
}
