import Foundation
import Harness
import Testing

/// The program of `Peer/peer.c`: one end of a conversation.
enum Peer {
    private static let program: BuiltProgram = {
        let program = BuiltProgram("Peer/peer.c")
        atexit { Peer.program.remove() }
        return program
    }()

    /// Its path on the host.
    static func path() throws -> String {
        guard let path = program.path else { throw HarnessError("the peer cannot be built: is there a C compiler?") }
        return path
    }

    /// The option that brings it into a container, as /peer.
    static func volume() throws -> [String] { try program.volume() }
}

extension Workplace {
    /// A container that answers on port 80 over TCP and UDP with its name and who asked.
    func serve(_ name: String, _ options: String...) throws {
        let script = "/peer serve udp 80 \(name) & exec /peer serve tcp 80 \(name)"
        let words = try ["run", "-d", "--name", name] + options + Peer.volume() + ["busybox", "sh", "-c", script]
        let outcome = try run(words)
        guard outcome.code == 0 else { throw HarnessError("cannot start \(name): \(outcome.errors)") }
        watch(outcome.trimmed)
        try eventually("\(name) listens") {
            // Port 80 in the state "listening" and bound, of both tables.
            let table = try run("exec", name, "cat", "/proc/net/tcp6", "/proc/net/udp6").output
            return table.contains(":0050 00000000000000000000000000000000:0000 0A")
                && table.contains(":0050 00000000000000000000000000000000:0000 07")
        }
    }

    /// What a server answers to somebody on the test's host; empty when nobody does.
    func ask(_ transport: String, _ address: String, _ port: Int) throws -> String {
        try Command.run([Peer.path(), "ask", transport, address, "\(port)"], scratch: directory).trimmed
    }

    /// What a server answers to the container `name`, which `serve` made.
    func ask(from name: String, _ transport: String, _ address: String, _ port: Int) throws -> String {
        try run("exec", name, "/peer", "ask", transport, address, "\(port)").trimmed
    }

    /// A container's address on a network; empty when it has none.
    func address(_ name: String, on network: String = "bridge", key: String = "IPAddress") throws -> String {
        try run("inspect", "-f", #"{{(index .NetworkSettings.Networks "\#(network)").\#(key)}}"#, name).trimmed
    }
}
