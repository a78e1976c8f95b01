import Engine
import HTTP
import Testing

@testable import Registry

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
