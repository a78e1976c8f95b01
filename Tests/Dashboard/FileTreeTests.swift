import Engine
import Testing

@testable import Dashboard

/// Trees of layers: what stands where, what is marked, what is unfolded.
@Suite struct FileTreeTests {
    private func file(
        _ path: String, _ size: Int64 = 1, _ change: LayerFile.Change = .added, kind: LayerFile.Kind = .file
    ) -> LayerFile {
        LayerFile(path: path, kind: kind, change: change, size: size, mode: 0o644, uid: 0, gid: 0)
    }

    private func image(_ layers: [[LayerFile]]) -> ImageLayers {
        ImageLayers(
            image: Scenery.images[0],
            layers: layers.enumerated().map {
                ImageLayer(
                    diffID: "\($0)", digest: "\($0)", size: $1.reduce(0) { $0 + $1.size }, createdBy: "", files: $1)
            }, waste: [])
    }

    private func tree(_ layers: [[LayerFile]], _ layer: Int, isSum: Bool = false) throws -> FileTree {
        try #require(FileTreeBuilder.tree(of: image(layers), layer: layer, isSum: isSum))
    }

    /// Every path with its mark, in the tree's order.
    private func listing(_ tree: FileTree) -> [String] {
        var lines: [String] = []
        var waiting = Array(tree.children(of: 0).reversed())
        while let node = waiting.popLast() {
            lines.append("\(tree.path(of: Int(node))) \(tree.nodes[Int(node)].change.rawValue)")
            waiting += tree.children(of: Int(node)).reversed()
        }
        return lines
    }

    @Test func childrenStandByNameWhateverTheOrderOfPaths() throws {
        let tree = try tree([[file("a/x"), file("a-b"), file("a/b"), file("Z")]], 0)
        #expect(listing(tree) == ["Z added", "a unchanged", "a/b added", "a/x added", "a-b added"])
    }

    @Test func directoriesCountWhatIsInThem() throws {
        let tree = try tree([[file("a/b/c", 10), file("a/d", 5), file("e", 7), file("a/gone", 100, .removed)]], 0)
        let sizes = ["a", "a/b", "a/b/c", "e", "a/gone"].map { tree.node(at: $0).map { tree.nodes[$0].size } }
        #expect(sizes == [15, 10, 10, 7, 100])
        #expect(tree.nodes[0].size == 22)
    }

    private static let base = [
        LayerFile(path: "etc", kind: .directory, change: .added, size: 0, mode: 0o755, uid: 0, gid: 0),
        LayerFile(path: "etc/a", kind: .file, change: .added, size: 1, mode: 0o600, uid: 1, gid: 2),
        LayerFile(path: "etc/b", kind: .file, change: .added, size: 2, mode: 0o644, uid: 0, gid: 0),
        LayerFile(path: "var", kind: .directory, change: .added, size: 0, mode: 0o755, uid: 0, gid: 0),
        LayerFile(path: "var/x", kind: .file, change: .added, size: 3, mode: 0o644, uid: 0, gid: 0),
    ]

    @Test func aSumHasAllBelowAndMarksWhatTheLayerDoes() throws {
        let second = [
            file("etc", 0, .unchanged, kind: .directory), file("etc/a", 9, .modified), file("new"),
            file("var", 3, .removed, kind: .directory),
        ]
        let sum = try tree([Self.base, second], 1, isSum: true)
        #expect(
            listing(sum) == [
                "etc unchanged", "etc/a modified", "etc/b unchanged", "new added", "var removed", "var/x removed",
            ])
        // A directory on the way keeps the permissions that it has below.
        #expect(sum.node(at: "etc").map { sum.nodes[$0].mode } == 0o755)
        #expect(sum.node(at: "var").map { sum.nodes[$0].size } == 3)
        #expect(sum.nodes[0].size == 12)
        let alone = try tree([Self.base, second], 1)
        #expect(listing(alone) == ["etc unchanged", "etc/a modified", "new added", "var removed"])
        #expect(alone.node(at: "var").map { alone.nodes[$0].size } == 3)
    }

    @Test func whatALayerBelowRemovedIsGoneAndComesBackEmpty() throws {
        let removal = [file("var", 0, .removed, kind: .directory), file("etc/b", 2, .removed)]
        #expect(
            listing(try tree([Self.base, removal, [file("z")]], 2, isSum: true)) == [
                "etc unchanged", "etc/a unchanged", "z added",
            ])
        let back = try tree([Self.base, removal, [file("var/y")]], 2, isSum: true)
        #expect(listing(back).suffix(2) == ["var unchanged", "var/y added"])
    }

    @Test func aFileInADirectorysPlaceTakesAllOfIt() throws {
        let tree = try tree([Self.base, [file("var", 4, .modified)]], 1, isSum: true)
        #expect(listing(tree).suffix(1) == ["var modified"])
    }

    @Test func aFilterFindsPathsAndTheWayToThem() throws {
        let tree = try tree([[file("usr/bin/Env"), file("usr/lib/x"), file("opt/binary"), file("tmp/y")]], 0)
        let found = tree.matches("BIN")
        let names = tree.nodes.indices.filter { found[$0] && $0 != 0 }.map(tree.path).sorted()
        #expect(names == ["opt", "opt/binary", "usr", "usr/bin", "usr/bin/Env"])
        let across = tree.matches("r/bin/e")
        #expect(
            tree.nodes.indices.filter { across[$0] && $0 != 0 }.map(tree.path) == ["usr", "usr/bin", "usr/bin/Env"])
    }

    @Test func hostilePathsMakeATree() throws {
        let deep = String(repeating: "d/", count: 3000) + "end"
        let tree = try tree([[file(deep), file(""), file("/"), file("//x"), file("a//b"), file("..")]], 0)
        #expect(tree.count >= 3001)
        #expect(tree.node(at: deep) != nil)
        #expect(tree.nodes.allSatisfy { $0.size >= 0 })
    }

    // MARK: Rows

    private func rows(_ tree: FileTree, unfold: Bool = false) -> FileRows {
        var rows = FileRows()
        rows.replace(tree, matches: nil)
        return rows
    }

    private func paths(_ rows: FileRows) -> [String] {
        rows.rows.compactMap { row in rows.tree?.path(of: Int(row.node)) }
    }

    private func large() throws -> FileTree {
        try tree(
            [(0..<300).map { file("dir\($0 % 3)/sub\($0 % 10)/file\($0)", 1, $0 == 150 ? .modified : .unchanged) }], 0)
    }

    @Test func smallTreesBeginUnfoldedAndLargeOnesFolded() throws {
        #expect(paths(rows(try tree([Self.base], 0))) == ["etc", "etc/a", "etc/b", "var", "var/x"])
        #expect(paths(rows(try large())) == ["dir0", "dir1", "dir2"])
    }

    @Test func directoriesAreUnfoldedFoldedAndLeft() throws {
        var rows = rows(try large())
        rows.unfold()
        #expect(rows.rows.count == 13)
        rows.unfold()
        #expect(rows.selected.flatMap { rows.tree?.path(of: $0) } == "dir0/sub0")
        rows.fold()
        #expect(rows.index == 0)
        rows.fold()
        #expect(rows.rows.count == 3)
        rows.toggleAll()
        #expect(rows.rows.count == 3 + 30 + 300)
        rows.select(.max)
        rows.toggleAll()
        #expect(rows.rows.count == 3 && rows.index == 2)
    }

    @Test func anotherTreeKeepsWhatIsUnfoldedAndChosen() throws {
        var rows = rows(try large())
        rows.select(1)
        rows.unfold()
        rows.select(2)
        let chosen = rows.selected.flatMap { rows.tree?.path(of: $0) }
        rows.replace(try large(), matches: nil)
        #expect(rows.rows.count == 13)
        #expect(rows.selected.flatMap { rows.tree?.path(of: $0) } == chosen)
    }

    @Test func kindsOfChangesAreHiddenWithTheDirectoriesThatHoldNothingElse() throws {
        var rows = rows(try large())
        rows.toggle(.unchanged)
        rows.toggleAll()
        #expect(paths(rows) == ["dir0", "dir0/sub0", "dir0/sub0/file150"])
        rows.toggle(.modified)
        #expect(rows.rows.isEmpty && rows.selected == nil)
        rows.move(1)
        rows.toggle(.all)
        #expect(rows.rows.count > 3)
    }

    @Test func theNextChangeIsFoundWhereverItIsFolded() throws {
        var rows = rows(try large())
        var isFound = rows.goToChange(1)
        #expect(isFound && rows.selected.flatMap { rows.tree?.path(of: $0) } == "dir0/sub0/file150")
        isFound = rows.goToChange(1)
        #expect(isFound && rows.selected.flatMap { rows.tree?.path(of: $0) } == "dir0/sub0/file150")
        rows.toggle(.modified)
        isFound = rows.goToChange(-1)
        #expect(!isFound)
    }

    @Test func changesFollowOneAnotherBothWaysAndADirectoryThatCameIsOne() throws {
        let layer = [
            file("a", 0, .added, kind: .directory), file("a/1"), file("a/2"), file("b/c", 1, .modified), file("d"),
            file("e/f", 1, .unchanged),
        ]
        var rows = rows(try tree([layer], 0))
        var seen: [String] = []
        for _ in 0..<4 {
            _ = rows.goToChange(1)
            seen.append(rows.selected.flatMap { rows.tree?.path(of: $0) } ?? "")
        }
        #expect(seen == ["b/c", "d", "a", "b/c"])
        seen = []
        for _ in 0..<3 {
            _ = rows.goToChange(-1)
            seen.append(rows.selected.flatMap { rows.tree?.path(of: $0) } ?? "")
        }
        #expect(seen == ["a", "d", "b/c"])
    }

    @Test func permissionsReadAsInLs() {
        var node = FileTree.Node(name: "x", parent: 0, kind: .file, change: .added)
        node.mode = 0o4755
        #expect(FilesPane.permissions(node) == "-rwsr-xr-x")
        node.kind = .directory
        node.mode = 0o1777
        #expect(FilesPane.permissions(node) == "drwxrwxrwt")
        node.mode = 0o2640
        #expect(FilesPane.permissions(node) == "drw-r-S---")
    }

    @Test(
        arguments: [
            ("/bin/sh -c #(nop)  CMD [\"sh\"]", "CMD [\"sh\"]"), ("/bin/sh -c apt update", "RUN apt update"),
            ("RUN /bin/sh -c make # buildkit", "RUN make"),
            ("RUN set -e\n\tmake  all", "RUN set -e make all"), ("COPY . / # buildkit", "COPY . /"), ("", ""),
        ] as [(String, String)])
    func instructionsReadWithoutTheirShell(text: String, expected: String) {
        #expect(Instruction.short(text) == expected)
    }
}
