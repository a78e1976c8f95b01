import Engine
import HTTP
import Testing

@testable import Registry

struct HostRulesTests {
    @Test func dockerHubsInterfaceHasAnotherName() {
        #expect(HostRules.apiHost(of: "docker.io") == "registry-1.docker.io")
        #expect(HostRules.apiHost(of: "ghcr.io") == "ghcr.io")
    }

    @Test(arguments: ["localhost", "localhost:5000", "127.0.0.1", "127.8.9.10:80", "[::1]:5000", "LOCALHOST"])
    func theMachineItselfIsLoopback(authority: String) { #expect(HostRules.isLoopback(authority)) }

    @Test(arguments: ["127.0.0.1.example.com", "localhost.example.com", "10.0.0.1", "[::2]", "127.1", "127.0.0.256"])
    func nobodyElseIs(authority: String) { #expect(!HostRules.isLoopback(authority)) }

    @Test func aRegistryBeforeTheWordsIsAsked() {
        #expect(HostRules.split(searched: "web") == (nil, "web"))
        #expect(HostRules.split(searched: "library/web") == (nil, "library/web"))
        #expect(HostRules.split(searched: "localhost:5000/web") == ("localhost:5000", "web"))
        #expect(HostRules.split(searched: "docker.io/web") == (nil, "web"))
    }
}
