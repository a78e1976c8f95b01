import HTTP
import Testing

struct HTTPHeadersTests {
    @Test func fieldsAreFoundWithoutRegardToCase() {
        var headers = HTTPHeaders()
        headers.add("WWW-Authenticate", "Basic")
        headers.add("www-authenticate", "Bearer")
        #expect(headers["Www-Authenticate"] == "Basic")
        #expect(headers.all("WWW-AUTHENTICATE") == ["Basic", "Bearer"])
    }
}
