import Engine
import Glibc
import Testing

@testable import Rootless

struct RuntimeDirectoryTests {
    @Test func aDirectoryOfSomebodyElseIsNotChosen() {
        #expect(RuntimeDirectory.path(uid: 4_000_001, chosen: "/etc") == "/tmp/spyhop-run-4000001")
        #expect(RuntimeDirectory.path(uid: 4_000_001, chosen: nil) == "/tmp/spyhop-run-4000001")
        #expect(RuntimeDirectory.path(uid: 4_000_001, chosen: "relative") == "/tmp/spyhop-run-4000001")
    }

    @Test func onesOwnIsChosenAndMadeForOneselfAlone() throws {
        var template = Array("/tmp/spyhop-rootless.XXXXXX".utf8CString)
        try #require(mkdtemp(&template) != nil)
        let parent = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        defer {
            rmdir(parent + "/spyhop")
            rmdir(parent)
        }
        let path = RuntimeDirectory.path(uid: geteuid(), chosen: parent)
        #expect(path == parent + "/spyhop")
        try RuntimeDirectory.prepare(path, uid: geteuid())
        var facts = stat()
        try #require(stat(path, &facts) == 0)
        #expect(facts.st_mode & 0o777 == 0o700)
        // Another user's, and one that others may write to, are refused.
        #expect(throws: EngineError.self) { try RuntimeDirectory.prepare(path, uid: geteuid() + 1) }
        chmod(path, 0o777)
        #expect(throws: EngineError.self) { try RuntimeDirectory.prepare(path, uid: geteuid()) }
    }

    @Test func aLinkIsRefused() throws {
        let link = "/tmp/spyhop-rootless-link-\(getpid())"
        try #require(symlink("/tmp", link) == 0)
        defer { unlink(link) }
        #expect(throws: EngineError.self) { try RuntimeDirectory.prepare(link, uid: geteuid()) }
    }
}
