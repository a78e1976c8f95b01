import Foundation
import Harness

/// Another machine on the test's host's network: a namespace joined to it by a cable, 192.0.2.1 and 2001:db8::1 being the
/// host and .2 and ::2 the other (RFC 5737, RFC 3849).
final class Outside {
    let space: NetworkSpace
    private let directory: String

    static let host = "192.0.2.1"
    static let host6 = "2001:db8::1"
    static let other = "192.0.2.2"

    /// Lays the cable from the calling thread's namespace; the host's default route leads over it.
    convenience init(_ place: Workplace) throws { try self.init(directory: place.directory) }

    /// Likewise, with a directory for what programs say.
    init(directory: String) throws {
        space = try NetworkSpace()
        self.directory = directory
        try ip("link add cable type veth peer name eth0 netns \(space.path)")
        try ip("address add \(Self.host)/24 dev cable")
        try ip("address add \(Self.host6)/64 dev cable nodad")
        try ip("link set cable up")
        try ip("route add default via \(Self.other)")
        try ip("-6 route add default via 2001:db8::2")
        try space.inside {
            try ip("address add \(Self.other)/24 dev eth0")
            try ip("address add 2001:db8::2/64 dev eth0 nodad")
            try ip("link set eth0 up")
        }
    }

    /// What a server answers to this machine; empty when nobody does.
    func ask(_ transport: String, _ address: String, _ port: Int) throws -> String {
        try space.inside {
            try Command.run([Peer.path(), "ask", transport, address, "\(port)"], scratch: directory).trimmed
        }
    }

    /// Runs ip(8) in the calling thread's namespace.
    func ip(_ words: String) throws {
        let program = Programs.installed("ip") ?? "/sbin/ip"
        let arguments = words.split(separator: " ").map(String.init)
        let outcome = try Command.run([program] + arguments, scratch: directory)
        guard outcome.code == 0 else { throw HarnessError("ip \(words): \(outcome.errors)") }
    }
}
