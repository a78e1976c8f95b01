import Engine
import Glibc
import LinuxSystem
import Testing

@testable import Images

struct LayerDirectoryTests {
    private func names(_ listing: LayerListing) -> [String] { listing.entries.map { PathText.text($0.name) } }

    @Test func listsInTheOrderOfNamesWithAllThatCounts() throws {
        let scratch = try Scratch()
        try scratch.write("hello", to: "layer/b")
        try Files.makeDirectories("\(scratch.path)/layer/a-dir/x")
        try scratch.run("ln", "-s", "b", "\(scratch.path)/layer/c-link")
        try scratch.run("mkfifo", "\(scratch.path)/layer/d-fifo")
        try scratch.run("chmod", "4750", "\(scratch.path)/layer/b")
        let layer = try LayerDirectory("layer", in: scratch.path)
        let listing = try layer.list([])
        #expect(names(listing) == ["a-dir", "b", "c-link", "d-fifo"])
        #expect(listing.entries.map(\.kind) == [.directory, .file, .symbolicLink, .fifo])
        #expect(listing.entries.map(\.size) == [0, 5, 0, 0])
        #expect(listing.entries[1].mode == 0o4750)
        #expect(listing.entries[1].uid == geteuid())
        #expect(listing.entries[2].target == Array("b".utf8))
        #expect(!listing.isOpaque)
        #expect(names(try layer.list(Array("a-dir".utf8))) == ["x"])
        #expect(try layer.list(Array("a-dir/x".utf8)).entries.isEmpty)
    }

    @Test func namesThatAreNotTextAreListedAndEntered() throws {
        let scratch = try Scratch()
        try Files.makeDirectories("\(scratch.path)/layer")
        try scratch.run(
            "sh", "-c",
            #"cd "$0" && mkdir "$(printf 'd\351')" && echo 1 > "$(printf 'd\351/f\377')" && echo 22 > 'd\xe9'"#,
            "\(scratch.path)/layer")
        let merge = try LayerMerge([try LayerDirectory("layer", in: scratch.path)])
        #expect(merge.files[0].map(line) == [#"A d\x5cxe9 3"#, #"A d\xe9/ 0"#, #"A d\xe9/f\xff 2"#])
    }

    @Test func linksAreNeverFollowed() throws {
        let scratch = try Scratch()
        try scratch.write("secret", to: "outside/file")
        try Files.makeDirectories("\(scratch.path)/layer")
        try scratch.run("ln", "-s", "\(scratch.path)/outside", "\(scratch.path)/layer/link")
        let layer = try LayerDirectory("layer", in: scratch.path)
        #expect(throws: EngineError.self) { try layer.list(Array("link".utf8)) }
        #expect(throws: EngineError.self) { try layer.list(Array("../outside".utf8)) }
        #expect(try LayerMerge([layer]).files[0].map(line) == ["A link 0"])
    }

    @Test func hardLinksShareTheirInode() throws {
        let scratch = try Scratch()
        try scratch.write("hello", to: "layer/a")
        try scratch.run("ln", "\(scratch.path)/layer/a", "\(scratch.path)/layer/b")
        let merge = try LayerMerge([try LayerDirectory("layer", in: scratch.path)])
        #expect(merge.files[0].map(line) == ["A a 5", "A b 0"])
        #expect(merge.sizes == [5])
    }

    /// Opaque directories, whose mark is made by unpacking, are `ExploringTests`' business.
    @Test(.enabled(if: geteuid() == 0, "mknod(2) of a whiteout needs root"))
    func whiteoutsAreCharacterDevicesWithoutANumber() throws {
        let scratch = try Scratch()
        for path in ["below/etc/a", "below/etc/b"] { try scratch.write("12345", to: path) }
        try Files.makeDirectories("\(scratch.path)/above/etc")
        #expect(mknod("\(scratch.path)/above/etc/a", S_IFCHR, 0) == 0)
        #expect(mknod("\(scratch.path)/above/etc/null", S_IFCHR | 0o666, 1 << 8 | 3) == 0)
        let layers = [try LayerDirectory("below", in: scratch.path), try LayerDirectory("above", in: scratch.path)]
        #expect(try LayerMerge(layers).files[1].map(line) == ["- etc/ 0", "D etc/a 5", "A etc/null 0"])
        #expect(try layers[1].list(Array("etc".utf8)).entries.map(\.deviceNumber) == [0, 1 << 8 | 3])
    }

    @Test func aTreeThatIsVeryDeepIsRefusedWithoutAnEnd() throws {
        let scratch = try Scratch()
        try Files.makeDirectories("\(scratch.path)/layer")
        try scratch.run(
            "sh", "-c", #"cd "$0" && for n in $(seq 1200); do mkdir d && cd -P d || exit 1; done"#,
            "\(scratch.path)/layer")
        let layer = try LayerDirectory("layer", in: scratch.path)
        #expect(throws: EngineError.self) { try LayerMerge([layer]) }
        #expect(try LayerMerge([layer], bounds: ExploringBounds(deepest: 1200)).files[0].count == 1200)
        var view = MergedView([layer], bounds: ExploringBounds(deepest: 1200))
        #expect(try view.bytes(below: [], view.root, depth: 0) == 0)
    }
}
