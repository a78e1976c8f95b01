import Harness
import Engine
import Glibc
import Images
import LinuxSystem
import Testing

@Suite(.enabled(if: geteuid() == 0, "unpacking keeps owners and makes whiteouts, which needs root"))
struct ExploringTests {
    /// A store with `base:1` of one layer, and `app:1` of three on it.
    private func filled() throws -> Scratch {
        let scratch = try Scratch()
        var base = TarBuilder()
        base.add("bin/sh", content: "shell", mode: 0o755)
        base.add("etc/passwd", content: "root")
        base.add("var/cache/a", content: "aaaa")
        base.add("usr/lib/big", content: String(repeating: "b", count: 3000))
        try base.write(to: "\(scratch.path)/base.tar")
        var second = TarBuilder()
        second.add("etc/passwd", content: "root user")
        second.add("var/.wh.cache")
        second.add("link", type: "2", link: "etc/../etc/passwd")
        try second.write(to: "\(scratch.path)/second.tar")
        var third = TarBuilder()
        third.add("etc/.wh..wh..opq")
        third.add("etc/new", content: "n")
        third.add("fifo", type: "6")
        try third.write(to: "\(scratch.path)/third.tar")
        try scratch.dockerArchive("base.image", layers: ["base.tar"], tags: ["base:1"])
        try scratch.dockerArchive(
            "app.image", layers: ["base.tar", "second.tar", "third.tar"], tags: ["app:1", "app:latest"],
            config: #"{"Cmd":["/bin/sh"],"Env":["A=c"]}"#)
        _ = try scratch.load("base.image")
        _ = try scratch.load("app.image")
        return scratch
    }

    private func lines(_ layers: ImageLayers, _ number: Int) -> [String] { layers.layers[number].files.map(line) }

    @Test func layersTellWhatEachOfThemDoes() throws {
        let scratch = try filled()
        let layers = try scratch.store.layers("app:1")
        #expect(layers.image.tags == ["app:1", "app:latest"])
        #expect(layers.layers.map(\.size) == [3013, 9, 1])
        #expect(layers.layers.allSatisfy { $0.digest.hasPrefix("sha256:") && $0.diffID.hasPrefix("sha256:") })
        #expect(lines(layers, 0).contains("A usr/lib/big 3000"))
        #expect(lines(layers, 1) == ["- etc/ 0", "M etc/passwd 9", "A link 0", "- var/ 0", "D var/cache/ 4"])
        #expect(lines(layers, 2) == ["- etc/ 0", "A etc/new 1", "D etc/passwd 9", "A fifo 0"])
        #expect(layers.waste.map { "\($0.path) \($0.count) \($0.bytes)" } == ["etc/passwd 3 13", "var/cache 2 4"])
        #expect(layers.totalBytes == 3023)
        #expect(layers.wastedBytes == 17)
    }

    @Test func anImageThatIsNotUnpackedIsUnpacked() throws {
        let scratch = try filled()
        let before = try scratch.store.layers("app:1")
        for entry in try Files.list("\(scratch.path)/store/layers") {
            try Files.removeTree("\(scratch.path)/store/layers/\(entry.name)")
        }
        // As the engine asks: unpacking must not wait for what holds the image.
        #expect(try scratch.store.withImagesHeld { try scratch.store.layers("app:1") } == before)
    }

    @Test func imagesAreComparedByWhatTheyHold() throws {
        let scratch = try filled()
        let difference = try scratch.store.compare("base:1", "app:1")
        #expect(difference.sharedLayers == [try scratch.store.inspect("base:1").layers[0]])
        #expect(
            difference.files.map { "\(line($0.file)) was \($0.oldSize)" } == [
                "A etc/new 1 was 0", "D etc/passwd 0 was 4", "A fifo 0 was 0", "A link 0 was 0", "D var/cache/ 0 was 4",
            ])
        #expect(
            difference.settings == [
                .init(name: "Cmd", old: #"["/bin/true"]"#, new: #"["/bin/sh"]"#),
                .init(name: "Env A", old: "b", new: "c"),
            ])
        let same = try scratch.store.compare("app:1", "app:latest")
        #expect(same.files.isEmpty && same.settings.isEmpty && same.sharedLayers.count == 3)
    }

    @Test func theSameBytesInOtherLayersAreNoDifference() throws {
        let scratch = try Scratch()
        for (name, last) in [("one", "x"), ("two", "y")] {
            var tar = TarBuilder()
            tar.add("same", content: String(repeating: "s", count: 300_000))
            tar.add("other", content: String(repeating: "o", count: 300_000) + last)
            tar.add(last, content: "")
            try tar.write(to: "\(scratch.path)/\(name).tar")
            try scratch.dockerArchive("\(name).image", layers: ["\(name).tar"], tags: ["\(name):1"])
            _ = try scratch.load("\(name).image")
        }
        let difference = try scratch.store.compare("one:1", "two:1")
        #expect(difference.files.map { line($0.file) } == ["M other 300001", "D x 0", "A y 0"])
        #expect(difference.sharedLayers.isEmpty && difference.settings.isEmpty)
    }

    @Test func basesAreFoundInHistoryAndTree() throws {
        let scratch = try filled()
        let (base, app) = (try scratch.store.inspect("base:1").image, try scratch.store.inspect("app:1").image)
        let history = try scratch.store.history("app:1")
        #expect(history.map(\.size) == [1, 9, 3013])
        #expect(history.map(\.imageID) == [app.id, nil, base.id])
        #expect(history.map(\.tags) == [["app:1", "app:latest"], [], ["base:1"]])
        let tree = try scratch.store.hierarchy()
        #expect(tree.map(\.images) == [[base]])
        #expect(tree.first?.children.map(\.images) == [[app]])
        #expect(tree.first?.children.first?.layers.count == 2)
        #expect(tree.first?.children.first?.totalSize == 3023)
    }

    private func read(_ path: String, _ scratch: Scratch) throws -> String {
        let file = try OwnedDescriptor.open("\(scratch.path)/out", O_RDWR | O_CREAT | O_TRUNC)
        try scratch.store.writeFile(path, of: "app:1", toDescriptor: file.rawValue)
        return try Files.readText("\(scratch.path)/out")
    }

    private func code(_ path: String, _ scratch: Scratch) -> EngineError.Code? {
        do {
            _ = try read(path, scratch)
            return nil
        } catch { return (error as? EngineError)?.code }
    }

    @Test func filesAreReadOutOfImages() throws {
        let scratch = try filled()
        #expect(try read("usr/lib/big", scratch) == String(repeating: "b", count: 3000))
        #expect(try read("/bin/../etc/./new", scratch) == "n")
        #expect(code("/link", scratch) == .notFound)
        #expect(code("var/cache/a", scratch) == .notFound)
        #expect(code("etc", scratch) == .invalidArgument)
        #expect(code("", scratch) == .invalidArgument)
        #expect(code("fifo", scratch) == .invalidArgument)
        #expect(code("../../../etc/hostname", scratch) == .notFound)
    }

    @Test func directoriesAreListedAsTheyAreSeen() throws {
        let scratch = try filled()
        func names(_ path: String) throws -> [String] {
            try scratch.store.files(in: path, of: "app:1").map { "\(line($0)) \($0.target ?? "")" }
        }
        #expect(
            try names("/") == [
                "A bin/ 0 ", "A etc/ 0 ", "A fifo 0 ", "A link 0 etc/../etc/passwd", "A usr/ 0 ", "A var/ 0 ",
            ])
        #expect(try names("etc") == ["A etc/new 1 "])
        #expect(try names("/usr/../usr/lib/") == ["A usr/lib/big 3000 "])
        #expect(try names("var") == [])
        #expect(throws: EngineError.self) { try names("var/cache") }
        #expect(throws: EngineError.self) { try names("usr/lib/big") }
        #expect(try scratch.store.files(in: "", of: "base:1").map(\.path) == ["bin", "etc", "usr", "var"])
    }

    @Test func aFileGoesThroughAPipeThatDoesNotWait() async throws {
        let scratch = try Scratch()
        var tar = TarBuilder()
        let content = String(repeating: "0123456789abcdef", count: 60_000)
        tar.add("big", content: content)
        tar.add("link", type: "2", link: "/big")
        try tar.write(to: "\(scratch.path)/layer.tar")
        try scratch.dockerArchive("image.tar", layers: ["layer.tar"], tags: ["app:1"])
        _ = try scratch.load("image.tar")
        var ends: [Int32] = [0, 0]
        #expect(pipe(&ends) == 0)
        let reading = OwnedDescriptor(owning: ends[0])
        let store = scratch.store
        let writingEnd = ends[1]
        async let written: Void = runOnOwnThread {
            let writing = OwnedDescriptor(owning: writingEnd)
            try writing.setNonBlocking(true)
            try store.writeFile("/link", of: "app:1", toDescriptor: writing.rawValue)
        }
        let bytes = try await runOnOwnThread { [fd = reading.take()] in
            try OwnedDescriptor(owning: fd).readAll(limit: 4 << 20)
        }
        try await written
        #expect(bytes == Array(content.utf8))
    }
}
