import Engine
import Testing

@testable import Images

struct LayerMergeTests {
    private func changes(_ layers: [MadeUpLayer]) throws -> [[String]] {
        try LayerMerge(layers).files.map { $0.map(line) }
    }

    private func waste(_ layers: [MadeUpLayer]) throws -> [String] {
        try LayerMerge(layers).waste.map { "\($0.path) \($0.count) \($0.bytes)" }
    }

    @Test func whatIsNewIsAddedAndDirectoriesComeBeforeTheirContent() throws {
        let layer = MadeUpLayer("f usr/bin/env 5", "f usr-x 1", "l bin usr/bin", "f usr/a 2")
        let merge = try LayerMerge([layer])
        #expect(
            merge.files[0].map(line)
                == ["A bin 0", "A usr/ 0", "A usr/a 2", "A usr/bin/ 0", "A usr/bin/env 5", "A usr-x 1"])
        #expect(merge.files[0][0].target == "usr/bin")
        #expect(merge.sizes == [8])
        #expect(merge.waste.isEmpty)
    }

    @Test func anImageOfNoLayersIsEmpty() throws {
        let merge = try LayerMerge([])
        #expect(merge.files.isEmpty && merge.sizes.isEmpty && merge.waste.isEmpty)
    }

    @Test func aFileOverAFileModifiesItAndHidesTheBytesBelow() throws {
        let layers = [MadeUpLayer("f etc/a 10", "f etc/b 1"), MadeUpLayer("f etc/a 3"), MadeUpLayer("f etc/a 0")]
        #expect(try changes(layers)[1] == ["- etc/ 0", "M etc/a 3"])
        #expect(try changes(layers)[2] == ["- etc/ 0", "M etc/a 0"])
        #expect(try waste(layers) == ["etc/a 3 13"])
        #expect(try LayerMerge(layers).sizes == [11, 3, 0])
    }

    @Test func aDirectoryWithOtherRightsIsModifiedAndJoined() throws {
        let layers = [MadeUpLayer("d srv", "f srv/a 1"), MadeUpLayer("d srv mode=700", "f srv/b 2")]
        #expect(try changes(layers)[1] == ["M srv/ 0", "A srv/b 2"])
        #expect(try waste(layers) == [])
    }

    @Test func aWhiteoutRemovesAFileWithItsBytes() throws {
        let layers = [MadeUpLayer("f etc/a 10"), MadeUpLayer("w etc/a")]
        #expect(try changes(layers)[1] == ["- etc/ 0", "D etc/a 10"])
        #expect(try waste(layers) == ["etc/a 2 10"])
    }

    @Test func aWhiteoutOfNothingSaysNothing() throws {
        let layers = [MadeUpLayer("f a 1"), MadeUpLayer("w b", "w a"), MadeUpLayer("w a")]
        #expect(try changes(layers)[1...] == [["D a 1"], []])
        #expect(try waste(layers) == ["a 2 1"])
    }

    @Test func aRemovedDirectoryTellsAllBytesThatWereSeenInIt() throws {
        let layers = [
            MadeUpLayer("f var/cache/x 10", "f var/cache/deep/y 5", "f var/keep 1"),
            MadeUpLayer("f var/cache/x 20", "f var/cache/z 2"),
            MadeUpLayer("w var/cache"),
        ]
        #expect(try changes(layers)[2] == ["- var/ 0", "D var/cache/ 27"])
        #expect(try waste(layers) == ["var/cache 3 27", "var/cache/x 2 10"])
    }

    @Test func aNameThatComesBackIsAddedAgain() throws {
        let layers = [
            MadeUpLayer("f d/a 4", "f d/b 3"), MadeUpLayer("w d"), MadeUpLayer("f d/a 9"), MadeUpLayer("f d/a 1"),
        ]
        #expect(try changes(layers)[2] == ["A d/ 0", "A d/a 9"])
        #expect(try changes(layers)[3] == ["- d/ 0", "M d/a 1"])
        #expect(try waste(layers) == ["d/a 3 9", "d 4 7"])
    }

    @Test func aFileInPlaceOfADirectoryHidesAllInIt() throws {
        let layers = [MadeUpLayer("f d/a 4", "f d/e/b 3"), MadeUpLayer("f d 1"), MadeUpLayer("f d/a 6")]
        #expect(try changes(layers)[1] == ["M d 1"])
        #expect(try changes(layers)[2] == ["M d/ 0", "A d/a 6"])
        #expect(try waste(layers) == ["d 3 8"])
    }

    @Test func aLinkInPlaceOfADirectoryHidesAllInIt() throws {
        let layers = [MadeUpLayer("f lib/a 4"), MadeUpLayer("l lib usr/lib", "f usr/lib/a 4")]
        #expect(try changes(layers)[1] == ["M lib 0", "A usr/ 0", "A usr/lib/ 0", "A usr/lib/a 4"])
        #expect(try waste(layers) == ["lib 2 4"])
    }

    @Test func anOpaqueDirectoryRemovesWhatIsBelow() throws {
        let layers = [
            MadeUpLayer("f d/a 4", "f d/b 3", "f d/sub/c 2", "f d/sub/e 1", "f d/gone/f 8"),
            MadeUpLayer("o d", "f d/a 1", "f d/new 7", "f d/sub/c 5"),
        ]
        #expect(
            try changes(layers)[1]
                == [
                    "- d/ 0", "M d/a 1", "D d/b 3", "D d/gone/ 8", "A d/new 7", "- d/sub/ 0", "M d/sub/c 5",
                    "D d/sub/e 1",
                ])
        #expect(try waste(layers) == ["d/gone 2 8", "d/a 2 4", "d/b 2 3", "d/sub/c 2 2", "d/sub/e 2 1"])
    }

    @Test func anOpaqueDirectoryHidesOnlyLayersBelowIt() throws {
        let layers = [MadeUpLayer("f d/a 4"), MadeUpLayer("o d", "f d/b 1"), MadeUpLayer("f d/a 2")]
        #expect(try changes(layers)[2] == ["- d/ 0", "A d/a 2"])
        #expect(try waste(layers) == ["d/a 3 4"])
    }

    @Test func aNewOpaqueDirectoryIsADirectory() throws {
        #expect(
            try changes([MadeUpLayer("f x 1"), MadeUpLayer("o d", "f d/b 1", "w d/c")])[1] == ["A d/ 0", "A d/b 1"])
    }

    @Test func hardLinksCountOnceALayer() throws {
        let layers = [
            MadeUpLayer("f a 10 inode=7 links=2", "f b 10 inode=7 links=2"),
            MadeUpLayer("f c 10 inode=7 links=2", "f d 10 inode=7 links=2"),
        ]
        let merge = try LayerMerge(layers)
        #expect(merge.sizes == [10, 10])
        #expect(merge.files[0].map(line) == ["A a 10", "A b 0"])
        #expect(merge.waste.isEmpty)
    }

    @Test func aHardLinksBytesAreWastedWithItsLastName() throws {
        let base = MadeUpLayer("f a 10 inode=7 links=2", "f b 10 inode=7 links=2")
        #expect(try waste([base, MadeUpLayer("w a")]) == [])
        #expect(try waste([base, MadeUpLayer("w a"), MadeUpLayer("w b")]) == ["b 2 10"])
        let inside = MadeUpLayer("f d/a 10 inode=7 links=2", "f d/b 10 inode=7 links=2")
        #expect(try waste([inside, MadeUpLayer("w d")]) == ["d 2 10"])
    }

    @Test func moreNamesThanAnInodeClaimsAreNoHarm() throws {
        let base = MadeUpLayer(
            "f a 10 inode=7 links=2", "f b 10 inode=7 links=2", "f c 10 inode=7 links=2", "f d 10 inode=7 links=2")
        let merge = try LayerMerge([base, MadeUpLayer("w a", "w b", "w c", "w d")])
        #expect(merge.sizes == [10, 0])
        #expect(merge.waste.first?.path == "b")
    }

    @Test func wastedAndSeenBytesAreAllBytes() throws {
        let layers = [
            MadeUpLayer("f a 10", "f d/x 7", "f d/e/y 5", "f k 1"),
            MadeUpLayer("f a 11", "w d/e", "f d/z 2"),
            MadeUpLayer("f d 3"), MadeUpLayer("o n", "f n/q 9", "w a"), MadeUpLayer("f a 4", "w n"),
        ]
        let merge = try LayerMerge(layers)
        var view = MergedView(layers)
        let seen = try view.bytes(below: [], view.root, depth: 0)
        #expect(merge.sizes.reduce(0, +) == seen + merge.waste.reduce(0) { $0 + $1.bytes })
    }

    @Test func namesThatOnlyLookAlikeStayApart() throws {
        let layers = [MadeUpLayer("f caf\u{e9} 1", "f cafe\u{301} 2"), MadeUpLayer("w caf\u{e9}")]
        #expect(try LayerMerge(layers).files[0].count == 2)
        #expect(try waste(layers).count == 1)
    }

    @Test func tooManyNamesDirectoriesOrBytesAreRefused() throws {
        let layer = MadeUpLayer("f a 1", "f b/c/d 1", "f e 1")
        #expect(throws: EngineError.self) { try LayerMerge([layer], bounds: ExploringBounds(entries: 4)) }
        _ = try LayerMerge([layer], bounds: ExploringBounds(entries: 5))
        #expect(throws: EngineError.self) { try LayerMerge([layer], bounds: ExploringBounds(deepest: 1)) }
        _ = try LayerMerge([layer], bounds: ExploringBounds(deepest: 2))
        let huge = MadeUpLayer("f a \(Int64.max)", "f b \(Int64.max)")
        #expect(throws: EngineError.self) { try LayerMerge([huge]) }
    }

    @Test func aWalkCanBeGivenUp() throws {
        #expect {
            try LayerMerge([MadeUpLayer("f a 1")], bounds: ExploringBounds { true })
        } throws: { error in
            (error as? EngineError)?.code == .cancelled
        }
    }
}
