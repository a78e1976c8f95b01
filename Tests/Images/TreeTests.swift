import Harness
import Engine
import Glibc
import Images
import LinuxSystem
import Testing

@Suite struct TreeTests {
    private func open(_ path: String) throws -> OwnedDescriptor {
        try OwnedDescriptor.open(path, O_RDONLY | O_DIRECTORY)
    }

    private func archive(_ scratch: Scratch, _ path: String, as name: String) throws {
        let root = try open("\(scratch.path)/root")
        let file = try OwnedDescriptor.open("\(scratch.path)/out.tar", O_WRONLY | O_CREAT | O_TRUNC)
        try TreeArchiver().archive(path, beneath: root.rawValue, as: name, toDescriptor: file.rawValue)
    }

    @Test func archivesTreesUnderTheirNewName() throws {
        let scratch = try Scratch()
        try scratch.write("x", to: "root/a/b/file")
        try archive(scratch, "/a/b", as: "new")
        #expect(try scratch.run("tar", "-tf", "\(scratch.path)/out.tar") == "new/\nnew/file\n")
        try archive(scratch, "a/b/file", as: "other")
        #expect(try scratch.run("tar", "-tf", "\(scratch.path)/out.tar") == "other\n")
        try archive(scratch, "/", as: "all")
        #expect(try scratch.run("tar", "-tf", "\(scratch.path)/out.tar") == "all/\nall/a/\nall/a/b/\nall/a/b/file\n")
    }

    @Test func archivesStayInsideTheRoot() throws {
        let scratch = try Scratch()
        try scratch.write("secret", to: "outside/file")
        try Files.makeDirectories("\(scratch.path)/root")
        try scratch.run("ln", "-s", "\(scratch.path)/outside", "\(scratch.path)/root/link")
        #expect(throws: EngineError.self) { try archive(scratch, "link/file", as: "x") }
        #expect(throws: EngineError.self) { try archive(scratch, "../outside/file", as: "x") }
        try archive(scratch, "link", as: "x")
        #expect(try scratch.run("tar", "-tvf", "\(scratch.path)/out.tar").hasPrefix("l"))
    }

    @Test func extractsInsideTheDirectory() throws {
        let scratch = try Scratch()
        try Files.makeDirectories("\(scratch.path)/outside")
        try Files.makeDirectories("\(scratch.path)/into/etc")
        var tar = TarBuilder()
        tar.add("up", type: "2", link: "../outside")
        tar.add("etc/.wh.name", content: "not a whiteout here")
        try tar.write(to: "\(scratch.path)/good.tar")
        tar.add("up/file", content: "x")
        try tar.write(to: "\(scratch.path)/bad.tar")
        let into = try open("\(scratch.path)/into")
        let good = try OwnedDescriptor.open("\(scratch.path)/good.tar")
        try TreeExtractor(keepOwners: false).extract(fromDescriptor: good.rawValue, into: into.rawValue)
        #expect(try Files.readText("\(scratch.path)/into/etc/.wh.name") == "not a whiteout here")
        let bad = try OwnedDescriptor.open("\(scratch.path)/bad.tar")
        #expect(throws: EngineError.self) {
            try TreeExtractor(keepOwners: false).extract(fromDescriptor: bad.rawValue, into: into.rawValue)
        }
        #expect(try Files.list("\(scratch.path)/outside").isEmpty)
    }

    @Test func copiesDoNotTurnDirectoriesIntoFiles() throws {
        let scratch = try Scratch()
        try Files.makeDirectories("\(scratch.path)/into/name")
        var tar = TarBuilder()
        tar.add("name", content: "x")
        try tar.write(to: "\(scratch.path)/copy.tar")
        let into = try open("\(scratch.path)/into")
        let file = try OwnedDescriptor.open("\(scratch.path)/copy.tar")
        #expect {
            try TreeExtractor(keepOwners: false).extract(fromDescriptor: file.rawValue, into: into.rawValue)
        } throws: { error in
            (error as? EngineError)?.code == .conflict
        }
    }
}
