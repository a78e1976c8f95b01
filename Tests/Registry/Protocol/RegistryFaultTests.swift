import Engine
import HTTP
import OCI
import Testing

@testable import Registry

struct RegistryFaultTests {
    @Test func whatARegistrySaysBecomesASentence() {
        let body = """
            {"errors":[{"code":"DENIED","message":"requested access to the resource is denied","detail":[{"Type":"x"}]},
            {"code":"MANIFEST_UNKNOWN","message":"manifest unknown","detail":"unknown tag=a"}]}
            """
        let fault = RegistryFault(Array(body.utf8))
        #expect(fault.codes == ["DENIED", "MANIFEST_UNKNOWN"])
        #expect(fault.words == "requested access to the resource is denied; manifest unknown: unknown tag=a")
    }

    @Test func anAuthorizationServersWordsAreFoundToo() {
        #expect(
            RegistryFault(Array(#"{"details":"incorrect username or password"}"#.utf8)).words.hasPrefix("incorrect"))
        #expect(RegistryFault(Array(#"{"errors":{"a":1},"message":"no"}"#.utf8)).words == "no")
        #expect(
            RegistryFault(Array("Client sent an HTTP request\nto an HTTPS server.".utf8)).words.contains(
                "request to an"))
    }

    @Test func nothingOfItSteersATerminal() {
        let hostile = "{\"errors\":[{\"code\":\"A\",\"message\":\"\\u001b]0;x\\u0007\\u202e\\r\\nforged\"}]}"
        let words = RegistryFault(Array(hostile.utf8)).words
        #expect(!words.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x202E })
        #expect(RegistryFault(Array("\u{1b}[2Jgone".utf8)).words == "?[2Jgone")
    }

    @Test func itIsNeverLong() {
        let long = String(repeating: "x", count: 100_000)
        #expect(RegistryFault(Array("{\"message\":\"\(long)\"}".utf8)).words.count < 600)
        #expect(RegistryFault(Array(long.utf8)).words.count < 600)
        #expect(RegistryFault(Array("<html><body>502</body></html>".utf8)).words.isEmpty)
    }
}
