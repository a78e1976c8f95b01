import Engine
import HTTP
import Testing

@testable import Registry

struct EndpointTableTests {
    @Test func aRegistryIsReachedByTLSOnlyUnlessItIsInsecure() {
        var insecure = RegistryConfiguration.Host()
        insecure.isInsecure = true
        let table = EndpointTable(hosts: ["lab.example:5000": insecure], hub: .init())
        #expect(table.upstream("docker.io").scheme == .secure)
        #expect(table.upstream("docker.io").authority == "registry-1.docker.io")
        #expect(table.upstream("lab.example:5000").scheme == .either)
        #expect(table.upstream("lab.example").scheme == .secure)
        #expect(table.upstream("localhost:5000").isInsecure)
    }

    @Test func mirrorsKeepTheirOrderSchemeAndPath() {
        var host = RegistryConfiguration.Host()
        host.mirrors = ["https://mirror.example/hub/", "http://cache:5000", "plain.example", "ftp://no", "not a host"]
        let mirrors = EndpointTable(hosts: ["docker.io": host], hub: .init()).mirrors("docker.io")
        #expect(mirrors.map(\.authority) == ["mirror.example", "cache:5000", "plain.example"])
        #expect(mirrors.map(\.scheme) == [.secure, .plain, .secure])
        #expect(mirrors[0].prefix == "/hub")
        #expect(mirrors.map(\.registry) == mirrors.map(\.authority))
    }

    @Test func credentialsNeverTravelOpenlyToWhoIsNotInsecure() throws {
        var host = RegistryConfiguration.Host()
        host.mirrors = ["http://cache:5000"]
        let mirror = try #require(EndpointTable(hosts: ["docker.io": host], hub: .init()).mirrors("docker.io").first)
        #expect(!mirror.trusts(.init(isSecure: false, host: "cache", port: 5000)))
    }
}
