import Engine
import Glibc
import Harness
import LinuxSystem
import Networking
import Testing

@testable import Runtime

/// What the monitor does with names that are not its container's networks', and with messages that are no questions. The
/// servers of the world are this test's own, on loopback.
@Suite(.enabled(if: ContainerFixture.canRun, "needs root, /bin/busybox and spyhop-monitor"), .serialized)
struct MonitorNamesTests {
    private static let resolver: UInt32 = 0x7f00_000b

    /// A container whose names are answered, with `servers` for those of the world.
    private func withResolver(
        _ servers: [UInt16], isIsolated: Bool = false, rules: [UInt8]? = nil,
        _ body: (ContainerFixture, pid_t) async throws -> Void
    ) async throws {
        try await NetworkFixture.withTwo { network, one, _ in
            let link = try network.link("net", one.id, called: "client")
            var bundle = network.bundle([link])
            bundle.resolvers = servers.map { .init(.v4(0x7f00_0001), port: $0) }
            bundle.isIsolated = isIsolated
            if let rules { bundle.nameRules = rules }
            let started = try await one.start(["sleep", "1000"], network: bundle)
            network.letGo()
            try await body(one, started.pid)
        }
    }

    /// A socket towards the container's resolver; it stays where it was made.
    private func socket(_ pid: pid_t, _ type: __socket_type) throws -> TestSocket {
        try NetworkClient.inside(pid) { try NetworkClient.connect(type, Self.resolver, 53) }
    }

    @Test func otherNamesAreAskedOfTheHostsResolversUnderAnotherNumber() async throws {
        let (server, port) = try NetworkClient.server(SOCK_DGRAM)
        try await withResolver([port]) { _, pid in
            let client = try socket(pid, SOCK_DGRAM)
            let question = NameQuestion.bytes("example.org")
            try NetworkClient.send(client, question)
            var from = sockaddr_in()
            var size = socklen_t(MemoryLayout<sockaddr_in>.size)
            var buffer = [UInt8](repeating: 0, count: 512)
            let count = buffer.withUnsafeMutableBytes { bytes in
                NetworkClient.withSockAddr(&from) {
                    recvfrom(server.rawValue, bytes.baseAddress, bytes.count, 0, $0, &size)
                }
            }
            try #require(count == question.count)
            let asked = Array(buffer.prefix(count))
            #expect(asked[2...] == question[2...])
            func reply(_ message: [UInt8]) {
                _ = NetworkClient.withSockAddr(&from) { sendto(server.rawValue, message, message.count, 0, $0, size) }
            }
            // Answers to another number and to another question are nobody's.
            var wrong = NameQuestion.answer(to: asked, [6, 6, 6, 6])
            wrong[0] ^= 0xff
            reply(wrong)
            var other = NameQuestion.answer(to: asked, [6, 6, 6, 6])
            other[13] ^= 1
            reply(other)
            reply(NameQuestion.answer(to: asked, [93, 184, 215, 14]))
            let answer = try #require(NetworkClient.receive(client))
            #expect(Array(answer.prefix(2)) == Array(question.prefix(2)))
            #expect(Array(answer.suffix(4)) == [93, 184, 215, 14])
        }
    }

    @Test func aServerThatIsNotThereIsPassedOverAndNoneIsAFailure() async throws {
        let (server, port) = try NetworkClient.server(SOCK_DGRAM)
        let (closed, gone) = try NetworkClient.server(SOCK_DGRAM)
        closed.close()
        try await withResolver([gone, port]) { _, pid in
            let client = try socket(pid, SOCK_DGRAM)
            try NetworkClient.send(client, NameQuestion.bytes("example.org"))
            #expect(NetworkClient.receive(server)?.count == NameQuestion.bytes("example.org").count)
        }
        try await withResolver([gone]) { _, pid in
            let client = try socket(pid, SOCK_DGRAM)
            try NetworkClient.send(client, NameQuestion.bytes("example.org"))
            #expect(NetworkClient.receive(client).map { $0[3] & 15 } == 2)
        }
        try await withResolver([port], isIsolated: true) { _, pid in
            let client = try socket(pid, SOCK_DGRAM)
            try NetworkClient.send(client, NameQuestion.bytes("example.org"))
            #expect(NetworkClient.receive(client).map { $0[3] & 15 } == 2)
        }
    }

    @Test func streamsAreAnsweredAndPassedOnAsStreams() async throws {
        let (server, port) = try NetworkClient.server(SOCK_STREAM)
        try await withResolver([port]) { _, pid in
            let client = try socket(pid, SOCK_STREAM)
            func framed(_ message: [UInt8]) -> [UInt8] {
                [UInt8(message.count >> 8), UInt8(message.count & 255)] + message
            }
            try NetworkClient.send(client, framed(NameQuestion.bytes("client")))
            let own = try #require(NetworkClient.receive(client))
            #expect(Array(own.suffix(4)) == [10, 9, 8, 2])
            let question = NameQuestion.bytes("example.org")
            // In pieces, as a stream may come.
            try NetworkClient.send(client, Array(framed(question).prefix(5)))
            try NetworkClient.send(client, Array(framed(question).dropFirst(5)))
            let number = accept(server.rawValue, nil, nil)
            try #require(number >= 0)
            let upstream = TestSocket(number)
            var asked = try #require(NetworkClient.receive(upstream))
            if asked.count == 2 { asked += try #require(NetworkClient.receive(upstream)) }
            #expect(Array(asked[4...]) == Array(question[2...]))
            try NetworkClient.send(upstream, framed(NameQuestion.answer(to: Array(asked[2...]), [1, 2, 3, 4])))
            let answer = try #require(NetworkClient.receive(client))
            #expect(Array(answer[2..<4]) == Array(question.prefix(2)) && Array(answer.suffix(4)) == [1, 2, 3, 4])
        }
    }

    @Test func withoutRulesThePortItselfIsListenedOn() async throws {
        // The kernel refuses to take away a table that is not there, as one without nf_tables refuses everything.
        try await withResolver([], rules: FirewallPlan.removal(of: ContainerID.random())) { _, pid in
            for type in [SOCK_DGRAM, SOCK_STREAM] {
                let client = try socket(pid, type)
                let question = NameQuestion.bytes("client")
                try NetworkClient.send(client, type == SOCK_DGRAM ? question : [0, UInt8(question.count)] + question)
                #expect(try #require(NetworkClient.receive(client)).suffix(4) == [10, 9, 8, 2])
            }
        }
    }

    @Test func noMessageBringsTheResolverDown() async throws {
        try await withResolver([]) { fixture, pid in
            let client = try socket(pid, SOCK_DGRAM)
            var random = SystemRandomNumberGenerator()
            let sound = NameQuestion.bytes("client.net")
            for round in 0..<20_000 {
                var message: [UInt8]
                switch round % 4 {
                case 0: message = (0..<Int.random(in: 0..<600)).map { _ in UInt8.random(in: 0...255) }
                case 1: message = Array(sound.prefix(round / 4 % (sound.count + 1)))
                case 2:
                    message = sound + [0, 0, 41, 255, 255, 0, 0, 0, 0, 0, 0]
                    message[11] = 1
                    for _ in 0..<3 {
                        message[Int.random(in: 0..<message.count)] = UInt8.random(in: 0...255, using: &random)
                    }
                default:
                    message = sound
                    message[Int.random(in: 12..<message.count)] = UInt8.random(in: 0xc0...255)
                }
                _ = message.withUnsafeBytes {
                    Glibc.send(client.rawValue, $0.baseAddress, $0.count, Int32(MSG_DONTWAIT))
                }
                if round % 512 == 0 { try await Task.sleep(for: .milliseconds(1)) }
            }
            let last = try socket(pid, SOCK_DGRAM)
            // What came before may still fill the resolver's queue; a datagram that finds no room is lost, and is sent again.
            var answer: [UInt8]?
            for _ in 0..<20 where answer == nil {
                try NetworkClient.send(last, sound)
                answer = NetworkClient.receive(last)
            }
            #expect(try #require(answer).suffix(4) == [10, 9, 8, 2])
            let stream = try socket(pid, SOCK_STREAM)
            try NetworkClient.send(stream, [0, 11] + [UInt8](repeating: 255, count: 11))
            #expect(NetworkClient.receiveAll(stream)?.isEmpty != false)
            guard case .running = try fixture.status else { throw EngineError(.corrupted, "\(try fixture.status)") }
        }
    }
}
