import Dockerfile
import Testing

@testable import Build

struct PortSpecificationTests {
    @Test func rangesAndProtocolsAreSpelledOut() throws {
        #expect(try PortSpecification.ports("80") == ["80/tcp"])
        #expect(try PortSpecification.ports("53/UDP") == ["53/udp"])
        #expect(try PortSpecification.ports("8000-8002/sctp") == ["8000/sctp", "8001/sctp", "8002/sctp"])
        #expect(try PortSpecification.ports("8080:80") == ["80/tcp"])
    }

    @Test(arguments: ["", "x", "80/icmp", "90-80", "65536", "1-2-3", "/tcp"])
    func whatIsNoPortIsRefused(_ text: String) {
        #expect(throws: WordError.self) { try PortSpecification.ports(text) }
    }
}
