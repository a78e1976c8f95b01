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

struct WebAddressTests {
    @Test func anOriginIsSchemeHostAndPort() throws {
        let one = try #require(WebAddress("https://Example.com/a?b#c"))
        #expect(one.origin == WebAddress("https://example.com:443/")?.origin)
        #expect(one.origin != WebAddress("http://example.com/")?.origin)
        #expect(one.origin != WebAddress("https://example.com:444/")?.origin)
        #expect(one.origin != WebAddress("https://example.com.evil.example/")?.origin)
        #expect(one.description == "https://Example.com/a?b")
    }

    @Test(arguments: [
        "", "/v2/", "ftp://a/", "file:///etc/passwd", "https://", "https://user:secret@a/", "https://a:0/",
        "https://a:99999/", "javascript:alert(1)", "unix:///run/docker.sock", "http+unix://a/b",
    ])
    func otherAddressesAreNone(text: String) { #expect(WebAddress(text) == nil) }

    @Test func locationsAreResolved() throws {
        let base = try #require(WebAddress("https://a.example:5000/v2/x/blobs/uploads/"))
        #expect(base.resolving("/v2/y?state=a%2Bb")?.description == "https://a.example:5000/v2/y?state=a%2Bb")
        #expect(base.resolving("https://b.example/z")?.origin.host == "b.example")
        #expect(base.resolving("//evil.example/z")?.origin.host == "evil.example")
        #expect(base.resolving("abc")?.description == "https://a.example:5000/v2/x/blobs/uploads/abc")
        #expect(base.resolving("ftp://a/") == nil)
    }

    @Test func parametersGoBehindThoseThatAreThere() {
        let digest = [(name: "digest", value: "sha256:ab")]
        #expect(WebAddress("https://a/u?s=1")?.adding(digest)?.description == "https://a/u?s=1&digest=sha256:ab")
        #expect(WebAddress("https://a/u")?.adding(digest)?.description == "https://a/u?digest=sha256:ab")
        let odd = [(name: "q", value: "a b&c=ä+")]
        #expect(WebAddress("https://a/u")?.adding(odd)?.description == "https://a/u?q=a%20b%26c%3D%C3%A4%2B")
    }
}

struct ProxyRulesTests {
    private let rules = ProxyRules(
        plain: "http://plain:80", secure: "http://us%40er:pass@secure:3128",
        direct: ["corp.example", ".dotted.example", "10.0.0.0/8", "192.0.2.7", "port.example:5000", "fd00::/8"])

    private func proxy(_ text: String) throws -> String? {
        try rules.proxy(for: #require(WebAddress(text)).origin)?.host
    }

    @Test func eachSchemeHasItsProxy() throws {
        #expect(try proxy("https://ghcr.io/") == "secure")
        #expect(try proxy("http://ghcr.io/") == "plain")
    }

    @Test(arguments: [
        "https://corp.example/", "https://a.corp.example/", "https://a.dotted.example/", "https://10.1.2.3/",
        "https://192.0.2.7/", "https://port.example:5000/", "http://localhost:5000/", "https://127.0.0.1/",
        "https://[fd00::1]:5000/",
    ])
    func whoIsListedIsReachedDirectly(address: String) throws { #expect(try proxy(address) == nil) }

    @Test(arguments: [
        "https://notcorp.example/", "https://dotted.example/", "https://11.0.0.1/", "https://port.example/",
    ])
    func nobodyElseIs(address: String) throws { #expect(try proxy(address) == "secure") }

    @Test func aProxysAddressHoldsUserAndPassword() throws {
        #expect(
            try ProxyRules.parse("http://us%40er:pass@secure:3128")
                == HTTPProxy(.http, host: "secure", port: 3128, username: "us@er", password: "pass"))
        #expect(try ProxyRules.parse("socks5://s").kind == .socks)
        #expect(try ProxyRules.parse("squid:3128") == HTTPProxy(.http, host: "squid", port: 3128))
    }

    @Test func anAddressThatCannotBeReadIsNotRepeated() {
        for text in ["http://", "http://:secret@", "ftp://user:secret@host"] {
            let error = #expect(throws: EngineError.self) { try ProxyRules.parse(text) }
            #expect(error?.description.contains("secret") == false)
        }
    }
}
