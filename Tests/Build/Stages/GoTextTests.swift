import Engine
import Testing

@testable import Build

struct GoTextTests {
    @Test func aListIsQuotedAsGoDoesIt() {
        #expect(GoText.quoted(["/bin/sh", "-c", "echo \"hi\" \\\n"]) == #"["/bin/sh" "-c" "echo \"hi\" \\\n"]"#)
        #expect(GoText.quoted("\u{1}é\u{7f}\u{200b}") == #""\x01é\x7f\u200b""#)
        #expect(GoText.plain(["80/tcp", "53/udp"]) == "[80/tcp 53/udp]")
    }
}
