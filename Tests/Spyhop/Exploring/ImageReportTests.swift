import ArgumentParser
import Engine
import Testing

@testable import SpyhopCommands

struct ImageReportTests {
    private static let difference = ImageDifference(
        sharedLayers: ["sha256:1"],
        files: [
            .init(file: LayersReportTests.file("etc/new", 5), oldSize: 0),
            .init(file: LayersReportTests.file("etc/pass\nwd", 7, .modified), oldSize: 9),
            .init(file: LayersReportTests.directory("old", .removed), oldSize: 100),
        ],
        settings: [
            .init(name: "Env PATH", old: "/bin", new: "/usr/bin"), .init(name: "Label a", old: "1", new: nil),
            .init(name: "User", old: nil, new: "\u{1b}[31mx"), .init(name: "Volume /data", old: nil, new: ""),
        ])

    @Test func differencesReadAsDiffs() {
        #expect(
            DifferenceReport(Self.difference).text == """
                A /etc/new
                C /etc/pass wd
                D /old
                C Env PATH: /bin -> /usr/bin
                D Label a: 1
                A User: ?[31mx
                A Volume /data

                """)
        #expect(DifferenceReport(Self.difference, settings: false).text == "A /etc/new\nC /etc/pass wd\nD /old\n")
        #expect(DifferenceReport(Self.difference, files: false).text.hasPrefix("C Env PATH"))
    }

    @Test func nothingIsEmptyAndOnlyWhatWasAskedForCounts() {
        let none = ImageDifference(sharedLayers: [], files: [], settings: [])
        #expect(DifferenceReport(none).isEmpty && DifferenceReport(none).text.isEmpty)
        let settings = ImageDifference(sharedLayers: [], files: [], settings: Self.difference.settings)
        #expect(!DifferenceReport(settings).isEmpty)
        #expect(DifferenceReport(settings, settings: false).isEmpty)
    }

    @Test func differencesAreThereForPrograms() {
        let one = ImageDifference(
            sharedLayers: ["sha256:1"], files: [Self.difference.files[2]], settings: [Self.difference.settings[1]])
        #expect(
            DifferenceReport(one).value.compact
                == #"{"SharedLayers":["sha256:1"],"Files":[{"Path":"/old","Change":"removed","Kind":"directory","#
                + #""Size":0,"Mode":"0755","Uid":0,"Gid":0,"Target":null,"OldSize":100}],"#
                + #""Settings":[{"Name":"Label a","Old":"1","New":null}]}"#)
    }

    private static func image(_ digit: Character, _ tags: String...) -> Image {
        Image(
            id: ImageID(rawValue: LayersReportTests.digest(digit)), tags: tags, digest: "", createdAt: nil, size: 0,
            architecture: "amd64", os: "linux", layerCount: 1)
    }

    private static func node(
        _ layers: String, _ size: Int64, _ total: Int64, _ images: [Image], _ children: [ImageTreeNode] = []
    ) -> ImageTreeNode {
        ImageTreeNode(
            layers: layers.map { LayersReportTests.digest($0) }, size: size, totalSize: total, images: images,
            children: children)
    }

    private static let tree = [
        node(
            "12345", 100_000_000, 100_000_000, [],
            [
                node(
                    "6", 20_000_000, 120_000_000, [image("a", "debian:12", "debian:latest")],
                    [node("7", 5, 120_000_005, [image("b", "app:1"), image("c")])]),
                node("89", 10_000_000, 110_000_000, [image("d", "other:1")]),
            ]),
        node("", 0, 0, [image("e", "empty:1")]),
    ]

    @Test func theHierarchyIsATree() {
        let lines = HierarchyReport(Self.tree, truncates: true).text.split(separator: "\n").map(String.init)
        #expect(
            lines == [
                "IMAGE                                SIZE      TOTAL     LAYERS",
                "<no image>                           100MB     100MB     111111111111 222222222222 333333333333 and 2 more",
                "├── debian:12, debian:latest         20MB      120MB     666666666666",
                "│   └── app:1, <none> cccccccccccc   5B        120MB     777777777777",
                "└── other:1                          10MB      110MB     888888888888 999999999999",
                "empty:1                              0B        0B        ",
            ])
    }

    @Test func theHierarchyIsThereForPrograms() {
        let node = Self.node("1", 1, 1, [Self.image("a", "x:1")], [Self.node("2", 2, 3, [])])
        #expect(
            HierarchyReport([node], truncates: true).value.compact
                == #"[{"Images":[{"ID":"\#(LayersReportTests.digest("a"))","Names":["x:1"]}],"#
                + #""Layers":["\#(LayersReportTests.digest("1"))"],"Size":1,"TotalSize":1,"Children":["#
                + #"{"Images":[],"Layers":["\#(LayersReportTests.digest("2"))"],"Size":2,"TotalSize":3,"Children":[]}]}]"#
        )
    }

    @Test func whatCouldSteerATerminalIsFilteredAcrossPieces() {
        var filter = TerminalFilter()
        var out = filter.harmless(Array("a\tb\n\u{1b}[2J\u{7f}é".utf8))
        out += filter.harmless([0xC2])
        out += filter.harmless([0x9B, 0x31, 0xC2])
        out += filter.harmless([0xA9, 0xC2])
        out += filter.end()
        #expect(out == Array("a\tb\n?[2J?é?1©".utf8) + [0xC2])
        #expect(filter.end().isEmpty)
    }

    @Test func flagsOfDiffExcludeEachOther() {
        #expect(throws: (any Error).self) {
            try RootCommand.parseAsRoot(["image", "diff", "--files-only", "--settings-only", "a", "b"])
        }
    }
}
