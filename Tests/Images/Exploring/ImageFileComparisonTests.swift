import Engine
import Testing

@testable import Images

struct ImageFileComparisonTests {
    /// A layer that must not be looked into but at its root and in the directories that are named.
    private struct Guarded: LayerFiles {
        let layer: MadeUpLayer
        let allowed: Set<String>

        func list(_ path: [UInt8]) throws(EngineError) -> LayerListing {
            let text = String(decoding: path, as: UTF8.self)
            guard allowed.contains(text) else { throw EngineError(.conflict, "\(text) was read") }
            return try layer.list(path)
        }
    }

    private func compare(
        _ first: ImageFileComparison.Layers, _ second: ImageFileComparison.Layers, same: Bool = false
    ) throws -> [String] {
        try ImageFileComparison(first, second) { _, _, _ in same }.differences.map {
            "\(line($0.file)) was \($0.oldSize)"
        }
    }

    private func compare(_ first: MadeUpLayer, _ second: MadeUpLayer, same: Bool = false) throws -> [String] {
        try compare([("a", first)], [("b", second)], same: same)
    }

    @Test func whatIsOnlyInOneIsAddedOrRemoved() throws {
        let found = try compare(
            MadeUpLayer("f a 1", "f old/x 2", "f old/deep/y 3"), MadeUpLayer("f b 4", "f new/deep/z 5"))
        #expect(
            found == [
                "D a 0 was 1", "A b 4 was 0", "A new/ 0 was 0", "A new/deep/ 0 was 0", "A new/deep/z 5 was 0",
                "D old/ 0 was 5",
            ])
    }

    @Test func contentIsComparedWhereAllElseIsTheSame() throws {
        let (old, new) = (MadeUpLayer("f a 4"), MadeUpLayer("f a 4"))
        #expect(try compare(old, new, same: true) == [])
        #expect(try compare(old, new, same: false) == ["M a 4 was 4"])
    }

    @Test func anotherSizeModeOwnerTargetOrKindIsADifference() throws {
        #expect(try compare(MadeUpLayer("f a 4"), MadeUpLayer("f a 5"), same: true) == ["M a 5 was 4"])
        #expect(try compare(MadeUpLayer("f a 4"), MadeUpLayer("f a 4 mode=600"), same: true) == ["M a 4 was 4"])
        #expect(try compare(MadeUpLayer("f a 4"), MadeUpLayer("f a 4 uid=7"), same: true) == ["M a 4 was 4"])
        #expect(try compare(MadeUpLayer("l a b"), MadeUpLayer("l a c"), same: true) == ["M a 0 was 0"])
        #expect(try compare(MadeUpLayer("l a b"), MadeUpLayer("l a b"), same: true) == [])
        #expect(try compare(MadeUpLayer("l a b"), MadeUpLayer("f a 1"), same: true) == ["M a 1 was 0"])
        #expect(try compare(MadeUpLayer("d a"), MadeUpLayer("d a mode=700")) == ["M a/ 0 was 0"])
    }

    @Test func aDirectoryAndAFileInEachOthersPlace() throws {
        let (directory, file) = (MadeUpLayer("f a/x 3", "f a/y 4"), MadeUpLayer("f a 2"))
        #expect(try compare(directory, file) == ["M a 2 was 7"])
        #expect(try compare(file, directory) == ["M a/ 0 was 2", "A a/x 3 was 0", "A a/y 4 was 0"])
    }

    @Test func sharedLayersAreReadOnlyWhereSomethingLiesOnThem() throws {
        let base = Guarded(
            layer: MadeUpLayer("f usr/lib/big 9", "f etc/a 1", "f etc/b 1", "f var/x 1"), allowed: ["", "etc"])
        let shared: ImageFileComparison.Layers = [("base", base)]
        let found = try compare(shared, shared + [("top", MadeUpLayer("f etc/a 1", "f etc/c 2", "w etc/b"))])
        #expect(found == ["M etc/a 1 was 1", "D etc/b 0 was 1", "A etc/c 2 was 0"])
    }

    @Test func theSameLayersAreNotReadAtAll() throws {
        let closed: ImageFileComparison.Layers = [("x", Guarded(layer: MadeUpLayer("f a 1"), allowed: []))]
        #expect(try compare(closed, closed) == [])
    }

    @Test func aFileOfTheSameLayerIsTheSame() throws {
        let base = MadeUpLayer("f etc/a 1", "f etc/b 1")
        let shared: ImageFileComparison.Layers = [("base", base)]
        #expect(try compare(shared + [("one", MadeUpLayer("f etc/x 1"))], shared) == ["D etc/x 0 was 1"])
    }

    @Test func hiddenFilesAreNotCompared() throws {
        let first: ImageFileComparison.Layers = [
            ("a", MadeUpLayer("f d/x 1", "f d/y 1")), ("b", MadeUpLayer("o d", "f d/x 1")),
        ]
        #expect(try compare(first, [("c", MadeUpLayer("f d/x 1"))], same: true) == [])
    }
}
