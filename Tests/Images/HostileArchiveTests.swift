import Harness
import Engine
import Glibc
import Images
import LinuxSystem
import OCI
import Testing

@Suite(.enabled(if: geteuid() == 0, "unpacking keeps owners and makes whiteouts, which needs root"))
struct HostileArchiveTests {
    private func load(_ scratch: Scratch, _ build: (inout TarBuilder) -> Void) throws {
        var tar = TarBuilder()
        build(&tar)
        try tar.write(to: "\(scratch.path)/layer.tar")
        try scratch.dockerArchive("image.tar", layers: ["layer.tar"])
        _ = try scratch.load("image.tar")
    }

    private func expectRefused(
        _ words: String, sourceLocation: SourceLocation = #_sourceLocation, _ build: (inout TarBuilder) -> Void
    ) throws {
        let scratch = try Scratch()
        #expect(sourceLocation: sourceLocation) {
            try load(scratch, build)
        } throws: { error in
            "\(error)".contains(words)
        }
        #expect(try scratch.remains() == [], sourceLocation: sourceLocation)
        #expect(try scratch.store.images() == [], sourceLocation: sourceLocation)
    }

    @Test func refusesPathsThatClimb() throws {
        try expectRefused("holds \"..\"") { $0.add("../escape", content: "x") }
        try expectRefused("holds \"..\"") { $0.add("a/../../escape", content: "x") }
        try expectRefused("holds \"..\"") { $0.add("/../escape", content: "x") }
    }

    @Test func keepsAbsolutePathsInside() throws {
        let scratch = try Scratch()
        let name = "\(scratch.path)/absolute"
        try load(scratch) { $0.add(name, content: "x") }
        #expect(!Files.exists(name))
        #expect(Files.exists(try scratch.layer("test:1") + name))
    }

    @Test func writesThroughLinksStayInside() throws {
        let scratch = try Scratch()
        try Files.makeDirectories("\(scratch.path)/outside")
        try load(scratch) {
            $0.add("\(scratch.path)/outside/", type: "5", mode: 0o755)
            $0.add("up", type: "2", link: String(repeating: "../", count: 8) + "\(scratch.path)/outside".dropFirst())
            $0.add("up/file", content: "x")
            $0.add("file", type: "2", link: "\(scratch.path)/outside/victim")
            $0.add("file", content: "replaced")
        }
        #expect(try Files.list("\(scratch.path)/outside").isEmpty)
        let layer = try scratch.layer("test:1")
        #expect(try Files.readText("\(layer)\(scratch.path)/outside/file") == "x")
        #expect(try #require(try Files.status("\(layer)/file")).kind == .regular)
    }

    @Test func whatReplacesADirectoryIsWhereLaterEntriesGo() throws {
        let scratch = try Scratch()
        try load(scratch) {
            $0.add("top/below/", type: "5", mode: 0o755)
            $0.add("top/below/first", content: "x")
            $0.add("other/below/", type: "5", mode: 0o755)
            $0.add("top", type: "2", link: "other")
            $0.add("top/below/second", content: "y")
            $0.add("top/below/deeper/third", content: "z")
        }
        let layer = try scratch.layer("test:1")
        #expect(try Files.list("\(layer)/other/below").map(\.name).sorted() == ["deeper", "second"])
        #expect(try #require(try Files.status("\(layer)/top")).kind == .symbolicLink)
    }

    @Test func permissionsAreThoseOfTheArchiveWhateverTheUmask() throws {
        let scratch = try Scratch()
        let modes = [0, 0o400, 0o444, 0o600, 0o644, 0o666, 0o755, 0o777, 0o4755, 0o2711, 0o1777, 0o7000]
        try load(scratch) { tar in
            tar.add("shared/", type: "5", mode: 0o2775)
            for mode in modes { tar.add("shared/\(mode)", content: "x", mode: mode) }
        }
        let layer = try scratch.layer("test:1")
        for mode in modes {
            var facts = stat()
            #expect(lstat("\(layer)/shared/\(mode)", &facts) == 0)
            #expect(Int(facts.st_mode & 0o7777) == mode)
        }
    }

    @Test func refusesHardLinksToWhatIsNotInTheLayer() throws {
        try expectRefused("hard link") { $0.add("shadow", type: "1", link: "/etc/passwd") }
        try expectRefused("holds \"..\"") { $0.add("shadow", type: "1", link: "../../../../../../etc/passwd") }
        try expectRefused("hard link") {
            $0.add("etc", type: "2", link: "/")
            $0.add("shadow", type: "1", link: "etc/etc/passwd")
        }
    }

    @Test func refusesMarksOfOverlayfs() throws {
        try expectRefused("overlayfs") { $0.add("mark", type: "3", device: (0, 0)) }
        try expectRefused("trusted.overlay.redirect") {
            $0.add("f", content: "x", attributes: [("trusted.overlay.redirect", "/etc")])
        }
        try expectRefused("whiteout") { $0.add(".wh...") }
        try expectRefused("whiteout") { $0.add(".wh.") }
    }

    @Test func refusesRootThatIsNoDirectory() throws {
        try expectRefused("root") { $0.add("./", type: "2", link: "/etc") }
    }

    @Test func refusesContentThatDoesNotMatchItsDigest() throws {
        let scratch = try Scratch()
        var tar = TarBuilder()
        tar.add("f", content: "x")
        try tar.write(to: "\(scratch.path)/layer.tar")
        try scratch.dockerArchive(
            "image.tar", layers: ["layer.tar"], diffIDs: ["sha256:" + String(repeating: "0", count: 64)])
        #expect {
            _ = try scratch.load("image.tar")
        } throws: { error in
            (error as? EngineError)?.code == .corrupted && "\(error)".contains("does not match its digest")
        }
        #expect(try scratch.remains() == [])
    }

    @Test func refusesArchivesBeyondTheLimits() throws {
        let scratch = try Scratch()
        try scratch.run("sh", "-c", "mkdir \(scratch.path)/r; head -c 3000000 /dev/zero >\(scratch.path)/r/zeros")
        try scratch.run("tar", "-C", "\(scratch.path)/r", "-cf", "\(scratch.path)/plain.tar", ".")
        let diffID = "sha256:" + (try scratch.sha256("plain.tar"))
        try scratch.run("gzip", "\(scratch.path)/plain.tar")
        try scratch.dockerArchive("image.tar", layers: ["plain.tar.gz"], diffIDs: [diffID])
        var store = ImageStore(root: scratch.store.root, limits: ArchiveLimits(layerBytes: 1 << 20))
        #expect(throws: EngineError.self) { _ = try scratch.load("image.tar", into: store) }
        #expect(try scratch.remains() == [])
        store = ImageStore(root: scratch.store.root, limits: ArchiveLimits(layerEntries: 1))
        #expect(throws: EngineError.self) { _ = try scratch.load("image.tar", into: store) }
        #expect(try scratch.remains() == [])
        #expect(try scratch.load("image.tar") == ["test:1"])
    }

    @Test(arguments: ["", "not an archive", "[]"])
    func refusesWhatIsNoImageArchive(text: String) throws {
        let scratch = try Scratch()
        try scratch.write(text, to: "image.tar")
        #expect(throws: EngineError.self) { _ = try scratch.load("image.tar") }
        #expect(try scratch.remains() == [])
    }

    @Test func refusesForeignPlatformWithBothNames() throws {
        let scratch = try Scratch()
        var tar = TarBuilder()
        tar.add("f")
        try tar.write(to: "\(scratch.path)/layer.tar")
        try scratch.dockerArchive("image.tar", layers: ["layer.tar"])
        let store = ImageStore(root: scratch.store.root, platform: Platform(architecture: "pdp11", os: "linux"))
        #expect {
            _ = try scratch.load("image.tar", into: store)
        } throws: { error in
            "\(error)".contains("linux/pdp11")
        }
    }
}
