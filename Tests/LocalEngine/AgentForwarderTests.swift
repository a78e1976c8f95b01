import Engine
import Glibc
import LinuxSystem
import Testing

@testable import LocalEngine

/// Sockets of agents on the host, as steps see them.
struct AgentForwarderTests {
    private func scratch(_ body: (String) async throws -> Void) async throws {
        let scratch = try Scratch()
        try await body(scratch.path)
        withExtendedLifetime(scratch) {}
    }

    /// Answers every connection with what it says, twice, as often as it is asked; returns when it has seen `count`.
    private func serve(_ listener: borrowing OwnedDescriptor, count: Int) -> Task<Void, any Error> {
        let number = listener.rawValue
        return Task {
            try await runOnOwnThread {
                for _ in 0..<count {
                    let client = OwnedDescriptor(owning: accept(number, nil, nil))
                    let said = try client.readAll()
                    try client.writeAll(said + said)
                }
            }
        }
    }

    private func ask(_ path: String, _ text: String) async throws -> String {
        try await runOnOwnThread {
            let socket = try UnixSocket.connect(path)
            try socket.writeAll(Array(text.utf8))
            shutdown(socket.rawValue, Int32(SHUT_WR))
            return String(decoding: try socket.readAll(), as: UTF8.self)
        }
    }

    @Test func whatIsSaidAndAnsweredGoesThrough() async throws {
        try await scratch { path in
            let listener = try UnixSocket.listen(path + "/agent")
            let forwarder = try AgentForwarder(
                path + "/own", to: path + "/agent", mode: 0o600, uid: getuid(), gid: getgid())
            let serving = serve(listener, count: 2)
            #expect(try await ask(path + "/own", "who") == "whowho")
            let long = String(repeating: "x", count: 300_000)
            #expect(try await ask(path + "/own", long).utf8.count == 600_000)
            try await serving.value
            let facts = try #require(try Files.status(path + "/own"))
            #expect(facts.kind == .socket)
            #expect(facts.mode & 0o777 == 0o600)
            forwarder.stop()
        }
    }

    @Test func withoutAnAgentTheConnectionEnds() async throws {
        try await scratch { path in
            let forwarder = try AgentForwarder(
                path + "/own", to: path + "/none", mode: 0o600, uid: getuid(), gid: getgid())
            #expect(try await ask(path + "/own", "") == "")
            forwarder.stop()
        }
    }
}
