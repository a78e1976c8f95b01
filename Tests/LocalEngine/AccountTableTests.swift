import Engine
import Testing

@testable import LocalEngine

struct AccountTableTests {
    private let table = AccountTable(
        passwd: Array("root:x:0:0:root:/root:/bin/sh\nbroken\nweb:x:100:101:Web:/srv/web:/bin/false\n".utf8),
        group: Array("root:x:0:\nwww:x:101:\nlogs:x:200:root,web\nextra:x:201:web\n".utf8))

    @Test func namesAreLookedUpWithTheirGroupsAndHome() throws {
        let identity = try table.identity("web")
        #expect(identity == .init(uid: 100, gid: 101, additionalGroups: [200, 201], home: "/srv/web"))
    }

    @Test func aNamedGroupReplacesTheOthers() throws {
        #expect(try table.identity("web:logs") == .init(uid: 100, gid: 200, additionalGroups: [], home: "/srv/web"))
        #expect(try table.identity("5:6") == .init(uid: 5, gid: 6, additionalGroups: [], home: "/"))
    }

    @Test func nobodyNamedIsRoot() throws {
        #expect(try table.identity("") == .init(uid: 0, gid: 0, additionalGroups: [200], home: "/root"))
        let empty = AccountTable(passwd: [], group: [])
        #expect(try empty.identity("") == .init(uid: 0, gid: 0, additionalGroups: [], home: "/root"))
    }

    @Test(arguments: ["ghost", "web:ghosts", "4294967296"])
    func unknownNamesAreTold(text: String) {
        #expect(throws: EngineError.self) { try table.identity(text) }
    }
}
