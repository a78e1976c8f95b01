import Harness
import Engine
import Glibc
import Images
import LinuxSystem
import OCI
import Testing

@Suite(.enabled(if: geteuid() == 0, "unpacking keeps owners and makes whiteouts, which needs root"))
struct LoadTests {
    /// A root with a file, a setuid program, links, a fifo and a name that is not ASCII.
    private func tree(_ scratch: Scratch, _ name: String) throws {
        try scratch.write("root:x:0:0::/:/bin/sh\n", to: "\(name)/etc/passwd")
        try scratch.write("x", to: "\(name)/bin/su")
        try scratch.write("ü", to: "\(name)/etc/grüße")
        try scratch.run("chmod", "4755", "\(scratch.path)/\(name)/bin/su")
        try scratch.run("chown", "123:456", "\(scratch.path)/\(name)/etc/passwd")
        try scratch.run("ln", "\(scratch.path)/\(name)/bin/su", "\(scratch.path)/\(name)/bin/su2")
        try scratch.run("ln", "-s", "/etc/passwd", "\(scratch.path)/\(name)/link")
        try scratch.run("mkfifo", "\(scratch.path)/\(name)/pipe")
        try scratch.run("touch", "-d", "2020-01-01T00:00:00Z", "\(scratch.path)/\(name)/etc")
    }

    @Test(arguments: ["", "-z", "--zstd"], ["", "-z", "--zstd"])
    func loadsDockerArchivesInEveryCoat(outer: String, inner: String) throws {
        let scratch = try Scratch()
        try tree(scratch, "root")
        let root = "\(scratch.path)/root"
        try scratch.run("tar", "-C", root, "-cf", "\(scratch.path)/plain.tar", ".")
        let diffID = "sha256:" + (try scratch.sha256("plain.tar"))
        let coats = ["-z": "gzip", "--zstd": "zstd"]
        var layer = "plain.tar"
        if let program = coats[inner] {
            layer = "coated"
            try scratch.run("sh", "-c", "\(program) -c <\(scratch.path)/plain.tar >\(scratch.path)/coated")
        }
        try scratch.dockerArchive("image.tar", layers: [layer], diffIDs: [diffID])
        if let program = coats[outer] {
            try scratch.run("sh", "-c", "\(program) -c <\(scratch.path)/image.tar >\(scratch.path)/outer")
            try scratch.run("mv", "\(scratch.path)/outer", "\(scratch.path)/image.tar")
        }
        #expect(try scratch.load("image.tar") == ["test:1"])
        let image = try scratch.store.resolve("test:1")
        #expect(image.command == ["/bin/true"])
        #expect(image.environment == ["A=b"])
        #expect(image.layers.count == 1)
        #expect(image.layers.first?.utf8.count == 12)
        let unpacked = try scratch.layer("test:1")
        let facts = { (name: String) throws in try #require(try Files.status("\(unpacked)/\(name)")) }
        #expect(try facts("bin/su").mode & 0o7777 == 0o4755)
        #expect(try facts("bin/su").inode == facts("bin/su2").inode)
        #expect(try facts("etc/passwd").uid == 123)
        #expect(try facts("etc/passwd").gid == 456)
        #expect(try facts("etc/grüße").size == 2)
        #expect(try facts("link").kind == .symbolicLink)
        #expect(try facts("pipe").kind == .fifo)
        #expect(try facts("etc").modifiedAt == 1_577_836_800_000_000_000)
        #expect(try scratch.store.inspect("test:1").layers == [diffID])
        #expect(
            try scratch.store.readFile("/link", inLayersOf: image).map { String(decoding: $0, as: UTF8.self) }
                == "root:x:0:0::/:/bin/sh\n")
    }

    @Test func turnsWhiteoutsIntoOverlayMarks() throws {
        let scratch = try Scratch()
        var lower = TarBuilder()
        lower.add("etc/", type: "5", mode: 0o755)
        lower.add("etc/passwd", content: "lower")
        lower.add("etc/gone", content: "lower")
        lower.add("opaque/", type: "5", mode: 0o755)
        lower.add("opaque/hidden", content: "lower")
        lower.add("again/dir/hidden", content: "lower")
        try lower.write(to: "\(scratch.path)/lower.tar")
        var upper = TarBuilder()
        upper.add("etc/.wh.gone")
        upper.add("opaque/.wh..wh..opq")
        upper.add("opaque/new", content: "upper")
        upper.add("again/.wh.dir")
        upper.add("again/dir/", type: "5", mode: 0o700)
        try upper.write(to: "\(scratch.path)/upper.tar")
        try scratch.dockerArchive("image.tar", layers: ["lower.tar", "upper.tar"])
        _ = try scratch.load("image.tar")
        let image = try scratch.store.resolve("test:1")
        let top = try scratch.layer("test:1")
        let mark = try #require(try Files.status("\(top)/etc/gone"))
        #expect(mark.kind == .characterDevice)
        #expect(mark.deviceNumber == 0)
        #expect(!Files.exists("\(top)/opaque/.wh..wh..opq"))
        let store = scratch.store
        #expect(try store.readFile("/etc/passwd", inLayersOf: image) == Array("lower".utf8))
        #expect(try store.readFile("/etc/gone", inLayersOf: image) == nil)
        #expect(try store.readFile("/opaque/hidden", inLayersOf: image) == nil)
        #expect(try store.readFile("/again/dir/hidden", inLayersOf: image) == nil)
        #expect(try store.readFile("/opaque/new", inLayersOf: image) == Array("upper".utf8))
    }

    @Test func laterEntriesReplaceEarlierOnes() throws {
        let scratch = try Scratch()
        var tar = TarBuilder()
        tar.add("a", content: "first")
        tar.add("a", content: "second")
        tar.add("d/", type: "5", mode: 0o755)
        tar.add("d/inside", content: "x")
        tar.add("d", content: "file now")
        tar.add("f", content: "x")
        tar.add("f/", type: "5", mode: 0o755)
        try tar.write(to: "\(scratch.path)/layer.tar")
        try scratch.dockerArchive("image.tar", layers: ["layer.tar"])
        _ = try scratch.load("image.tar")
        let layer = try scratch.layer("test:1")
        #expect(try Files.readText("\(layer)/a") == "second")
        #expect(try Files.readText("\(layer)/d") == "file now")
        #expect(try #require(try Files.status("\(layer)/f")).isDirectory)
    }

    @Test func restoresExtendedAttributes() throws {
        let scratch = try Scratch()
        var tar = TarBuilder()
        tar.add("f", content: "x", attributes: [("user.note", "grüße")])
        try tar.write(to: "\(scratch.path)/layer.tar")
        try scratch.dockerArchive("image.tar", layers: ["layer.tar"])
        _ = try scratch.load("image.tar")
        let layer = try OwnedDescriptor.open(try scratch.layer("test:1"), O_RDONLY | O_DIRECTORY)
        let file = try OwnedDescriptor.open("\(scratch.path)/out.tar", O_RDWR | O_CREAT)
        try TreeArchiver().archive("f", beneath: layer.rawValue, as: "g", toDescriptor: file.rawValue)
        let text = try Files.readText("\(scratch.path)/out.tar")
        #expect(text.contains("SCHILY.xattr.user.note=grüße\n"))
        #expect(try scratch.run("tar", "-tf", "\(scratch.path)/out.tar") == "g\n")
    }

    @Test func followsLegacyLinksBetweenLayers() throws {
        let scratch = try Scratch()
        var tar = TarBuilder()
        tar.add("f", content: "x")
        try tar.write(to: "\(scratch.path)/layer.tar")
        let digest = "sha256:" + (try scratch.sha256("layer.tar"))
        try scratch.write(
            "{\"architecture\":\"\(Platform.host.architecture)\",\"os\":\"linux\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"\(digest)\",\"\(digest)\"]}}",
            to: "d/c.json")
        try scratch.write(
            "[{\"Config\":\"c.json\",\"RepoTags\":null,\"Layers\":[\"one/layer.tar\",\"two/layer.tar\"]}]",
            to: "d/manifest.json")
        try Files.makeDirectories("\(scratch.path)/d/one")
        try Files.makeDirectories("\(scratch.path)/d/two")
        try scratch.run("cp", "\(scratch.path)/layer.tar", "\(scratch.path)/d/one/layer.tar")
        try scratch.run("ln", "-s", "../one/layer.tar", "\(scratch.path)/d/two/layer.tar")
        try scratch.run("tar", "-C", "\(scratch.path)/d", "-cf", "\(scratch.path)/image.tar", ".")
        let loaded = try scratch.load("image.tar")
        #expect(loaded.count == 1)
        #expect(loaded.first?.hasPrefix("sha256:") == true)
        let image = try scratch.store.resolve(String(try #require(loaded.first).dropFirst(7).prefix(12)))
        #expect(image.layers.count == 2)
        #expect(try scratch.store.images().first?.tags == [])
    }
}
