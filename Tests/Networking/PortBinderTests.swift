import Engine
import Glibc
import Harness
import LinuxSystem
import Testing

@testable import Networking

/// Listeners of published ports, bound in network namespaces of their own. Needs root.
@Suite(.enabled(if: isRoot, "network namespaces take root"))
struct PortBinderTests {
    private let host: PrivateHost

    init() throws { host = try PrivateHost() }

    private func bind(_ wishes: PortMapping..., binder: PortBinder = PortBinder()) throws -> [BoundPort] {
        try host.space.inside { try binder.bind(wishes) }
    }

    private func wish(
        _ ports: ClosedRange<UInt16>?, _ transport: TransportProtocol = .tcp, at address: String? = nil
    ) -> PortMapping {
        PortMapping(
            hostAddress: address.flatMap { IPAddress($0) }, hostPorts: ports, container: ExposedPort(80, transport))
    }

    private func words(_ bound: [BoundPort]) -> [String] {
        bound.map { "\($0.port.hostAddress) \($0.port.hostPort)->\($0.port.container)" }
    }

    @Test func aWishWithoutAnAddressListensInBothFamilies() throws {
        #expect(words(try bind(wish(8080...8080))) == ["0.0.0.0 8080->80/tcp", ":: 8080->80/tcp"])
        #expect(words(try bind(wish(8080...8080, .udp))) == ["0.0.0.0 8080->80/udp", ":: 8080->80/udp"])
        #expect(words(try bind(wish(8080...8080, at: "127.0.0.1"))) == ["127.0.0.1 8080->80/tcp"])
        #expect(words(try bind(wish(8080...8080, at: "::1"))) == ["::1 8080->80/tcp"])
        let chosen = PortBinder(bindAddress: IPAddress("127.0.0.1"))
        #expect(words(try bind(wish(81...81), binder: chosen)) == ["127.0.0.1 81->80/tcp"])
    }

    @Test func aFreeNumberIsTheSameInBothFamilies() throws {
        let bound = try bind(wish(nil), wish(nil, .udp), wish(0...0))
        #expect(bound.count == 6)
        for pair in [0, 2, 4] {
            #expect(bound[pair].port.hostPort == bound[pair + 1].port.hostPort)
            #expect(bound[pair].port.hostPort >= 1024)
        }
    }

    @Test func theFirstFreeOneOfARangeIsTaken() throws {
        let first = try bind(wish(8000...8002))
        let second = try bind(wish(8000...8002), wish(8000...8002))
        #expect(
            words(second) == ["0.0.0.0 8001->80/tcp", ":: 8001->80/tcp", "0.0.0.0 8002->80/tcp", ":: 8002->80/tcp"])
        let error = #expect(throws: EngineError.self) { try bind(wish(8000...8002)) }
        #expect(error?.code == .conflict)
        #expect(error?.message.contains("0.0.0.0:8000-8002") == true)
        _ = first
    }

    @Test func allAreBoundOrNone() throws {
        let taken = try bind(wish(9001...9001, at: "::"))
        #expect(throws: EngineError.self) { try bind(wish(9000...9000), wish(9001...9001)) }
        #expect(try bind(wish(9000...9000)).count == 2)
        // IPv4's half was free: it must be so again.
        #expect(try bind(wish(9001...9001, at: "0.0.0.0")).count == 1)
        _ = taken
    }

    @Test(arguments: TransportProtocol.allCases)
    func whoHoldsAPortIsTold(transport: TransportProtocol) throws {
        let holders = try bind(wish(8080...8080, transport, at: "127.0.0.1"))
        let pid = getpid()
        let plain = #expect(throws: EngineError.self) { try bind(wish(8080...8080, transport)) }
        #expect(plain?.code == .conflict)
        #expect(
            plain?.message.contains("0.0.0.0:8080 for 80/\(transport.rawValue): the port is taken by process \(pid) (")
                == true)
        let named = #expect(throws: EngineError.self) {
            try bind(
                wish(8080...8080, transport), binder: PortBinder { $0 == pid ? "container web" : nil })
        }
        #expect(named?.message.hasSuffix("the port is taken by container web") == true)
        _ = holders
    }

    @Test func anAddressThatIsNotHereIsToldSo() throws {
        let error = #expect(throws: EngineError.self) { try bind(wish(80...80, at: "203.0.113.1")) }
        #expect(error?.code == .invalidArgument)
        #expect(error?.message.contains("this host has no address 203.0.113.1") == true)
    }

    @Test func theKernelsTableIsReadAsItIs() throws {
        let v4 =
            "   0: 0B00007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 26871 1 0 100"
        let entry = try #require(SocketTable.Entry(v4[...]))
        #expect(entry.address == IPAddress("127.0.0.11"))
        #expect(entry.port == 8080)
        #expect(entry.state == 0x0a)
        #expect(entry.inode == 26871)
        let v6 =
            "  1: B80D0120000000000000000001000000:0050 00000000000000000000000000000000:0000 07 0:0 00:0 0 0 0 77 2 0"
        let other = try #require(SocketTable.Entry(v6[...]))
        #expect(other.address == IPAddress("2001:db8::1"))
        #expect(other.inode == 77)
        for noise in ["", "a b c d e f g h i j k", "0: 0:0 0:0 0A 0 0 0 0 0 0", "0: 0B00007F:1F90"] {
            #expect(SocketTable.Entry(noise[...]) == nil)
        }
    }
}
