import Engine
import Testing

@testable import SpyhopCommands

struct PortOptionTests {
    private static func mapping(
        _ address: String?, _ ports: ClosedRange<UInt16>?, _ port: UInt16, _ transport: TransportProtocol = .tcp
    ) -> PortMapping {
        PortMapping(
            hostAddress: address.flatMap { IPAddress($0) }, hostPorts: ports, container: ExposedPort(port, transport))
    }

    @Test(arguments: [
        ("80", [mapping(nil, nil, 80)]),
        ("8080:80", [mapping(nil, 8080...8080, 80)]),
        ("8080:80/udp", [mapping(nil, 8080...8080, 80, .udp)]),
        ("8080:80/TCP", [mapping(nil, 8080...8080, 80)]),
        (":80", [mapping(nil, nil, 80)]),
        ("0:80", [mapping(nil, nil, 80)]),
        ("127.0.0.1:8080:80", [mapping("127.0.0.1", 8080...8080, 80)]),
        ("127.0.0.1::80", [mapping("127.0.0.1", nil, 80)]),
        ("[::1]:8080:80", [mapping("::1", 8080...8080, 80)]),
        ("[::]::80", [mapping("::", nil, 80)]),
        ("::1:8080:80", [mapping("::1", 8080...8080, 80)]),
        ("8000-8010:80", [mapping(nil, 8000...8010, 80)]),
        ("7000-7001:80-81", [mapping(nil, 7000...7000, 80), mapping(nil, 7001...7001, 81)]),
        ("80-81", [mapping(nil, nil, 80), mapping(nil, nil, 81)]),
        ("published=8080,target=80,protocol=udp", [mapping(nil, 8080...8080, 80, .udp)]),
        ("target=80", [mapping(nil, nil, 80)]),
    ])
    func everyFormOfDockerIsRead(_ text: String, _ expected: [PortMapping]) throws {
        #expect(try PortOption.mappings(text) == expected)
    }

    @Test(arguments: [
        "", ":", "8080:", "x:80", "80:x", "0", "80:0", "70000:80", "80:70000", "1.2.3:80:80", "[::1:80:80", "80/x",
        "80:80/sctp", "7000-7001:80-82", "81-80:1-2", "-1:80", "+1:80", "80-", "target", "1.2.3.4:5.6.7.8:1:2",
    ])
    func whatMakesNoSenseIsRefused(_ text: String) {
        #expect(throws: EngineError.self) { try PortOption.mappings(text) }
    }

    @Test func exposedPortsAreRead() throws {
        #expect(try PortOption.exposed("80") == [ExposedPort(80)])
        #expect(try PortOption.exposed("53/udp") == [ExposedPort(53, .udp)])
        #expect(try PortOption.exposed("80-82") == [ExposedPort(80), ExposedPort(81), ExposedPort(82)])
        for text in ["", "80:80", "0", "x", "80/", "80/x", "82-80"] where text != "80/" {
            #expect(throws: EngineError.self) { try PortOption.exposed(text) }
        }
    }
}
