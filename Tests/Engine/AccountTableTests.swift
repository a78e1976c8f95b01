import Engine
import Testing

struct AccountTableTests {
    private let table = AccountTable(
        passwd: Array("root:x:0:0:root:/root:/bin/sh\nbroken\nweb:x:100:101:Web:/srv/web:/bin/false\n".utf8),
        group: Array("root:x:0:\nwww:x:101:\nlogs:x:200:root,web\nextra:x:201:web\n".utf8))

    @Test func namesAreLookedUpWithTheirGroupsAndHome() throws {
        let identity = try table.identity("web")
        #expect(identity == .init(uid: 100, gid: 101, additionalGroups: [101, 200, 201], home: "/srv/web"))
    }

    @Test func aNamedGroupReplacesTheOthers() throws {
        #expect(try table.identity("web:logs") == .init(uid: 100, gid: 200, additionalGroups: [200], home: "/srv/web"))
        #expect(try table.identity("5:6") == .init(uid: 5, gid: 6, additionalGroups: [6], home: "/"))
    }

    @Test func nobodyNamedIsRoot() throws {
        #expect(try table.identity("") == .init(uid: 0, gid: 0, additionalGroups: [0, 200], home: "/root"))
        let empty = AccountTable(passwd: [], group: [])
        #expect(try empty.identity("") == .init(uid: 0, gid: 0, additionalGroups: [0], home: "/root"))
    }

    @Test func groupsAreAddedByNameAndNumber() throws {
        let identity = try table.identity("web", adding: ["logs", "7", "www"])
        #expect(identity.additionalGroups == [101, 200, 201, 7])
        #expect(throws: EngineError.self) { try table.identity("web", adding: ["ghosts"]) }
    }

    @Test(arguments: ["ghost", "web:ghosts", "4294967296"])
    func unknownNamesAreTold(text: String) {
        #expect(throws: EngineError.self) { try table.identity(text) }
    }
}
