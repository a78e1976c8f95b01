import Engine
import HTTP
import Testing

@testable import Registry

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

    @Test func anAddressOfIPv6KeepsItsBrackets() throws {
        let address = try #require(WebAddress("https://[::1]:5000/v2/"))
        #expect(address.origin.host == "::1")
        #expect(address.origin.authority == "[::1]:5000")
        #expect(address.description == "https://[::1]:5000/v2/")
    }

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
