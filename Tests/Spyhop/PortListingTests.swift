import Engine
import Testing

@testable import SpyhopCommands

struct PortListingTests {
    private func port(_ address: String, _ host: UInt16, _ number: UInt16, _ transport: TransportProtocol = .tcp) throws
        -> PublishedPort
    {
        PublishedPort(
            hostAddress: try #require(IPAddress(address)), hostPort: host, container: ExposedPort(number, transport))
    }

    @Test func aPortIsShownWithBothFamilies() throws {
        let ports = [try port("::", 8080, 80), try port("0.0.0.0", 8080, 80)]
        #expect(PortListing.text(ports, exposed: [ExposedPort(80)]) == "0.0.0.0:8080->80/tcp, [::]:8080->80/tcp")
    }

    @Test func neighboursWithTheSameNumbersArePutTogether() throws {
        let ports = try (7000...7003).flatMap { [try port("0.0.0.0", $0, $0), try port("::", $0, $0)] }
        #expect(
            PortListing.text(ports, exposed: []) == "0.0.0.0:7000-7003->7000-7003/tcp, [::]:7000-7003->7000-7003/tcp")
    }

    @Test func exposedPortsHaveNoArrow() throws {
        let exposed = [ExposedPort(81), ExposedPort(80), ExposedPort(53, .udp), ExposedPort(90)]
        #expect(PortListing.text([], exposed: exposed) == "80-81/tcp, 53/udp, 90/tcp")
        let published = PortListing.text([try port("127.0.0.1", 53, 53, .udp)], exposed: exposed)
        #expect(published == "80-81/tcp, 127.0.0.1:53->53/udp, 90/tcp")
        #expect(PortListing.text([], exposed: []) == "")
    }
}
