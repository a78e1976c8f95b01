import Engine

/// The interfaces of a network namespace: `/proc/PID/net/dev` (proc_pid_net(5)).
public struct NetworkReader: ~Copyable {
    private var file: KeptFile
    private var rest = 0

    /// Interfaces come late or never in a container without network, so an empty table is looked at less often.
    private static let roundsBetweenLooks = 5

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
                var fields: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
                for column in 0..<10 {
                    guard let value = scanner.number() else { break }
                    switch column {
                    case 0: fields.0 = value
                    case 1: fields.1 = value
                    case 8: fields.2 = value
                    case 9: fields.3 = value
                    default: break
                    }
                }
                interfaces.append(
                    Sample.Interface(
                        name: String(decoding: name, as: UTF8.self), receivedBytes: fields.0, sentBytes: fields.2,
                        receivedPackets: fields.1, sentPackets: fields.3))
            }
            scanner.skipLine()
        }
        return interfaces
    }
}
