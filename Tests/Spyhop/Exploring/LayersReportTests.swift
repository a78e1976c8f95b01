import ArgumentParser
import Engine
import Testing

@testable import SpyhopCommands

struct LayersReportTests {
    static func file(
        _ path: String, _ size: Int64 = 0, _ change: LayerFile.Change = .added, kind: LayerFile.Kind = .file,
        mode: UInt16 = 0o644, target: String? = nil
    ) -> LayerFile {
        LayerFile(path: path, kind: kind, change: change, size: size, mode: mode, uid: 0, gid: 0, target: target)
    }

    static func directory(_ path: String, _ change: LayerFile.Change = .added, size: Int64 = 0) -> LayerFile {
        file(path, size, change, kind: .directory, mode: 0o755)
    }

    static func digest(_ digit: Character) -> String { "sha256:" + String(repeating: digit, count: 64) }

    static let image = ImageLayers(
        image: Image(
            id: ImageID(rawValue: digest("c")), tags: ["app:1"], digest: digest("d"), createdAt: nil, size: 0,
            architecture: "amd64", os: "linux", layerCount: 2),
        layers: [
            ImageLayer(
                diffID: digest("1"), digest: digest("a"), size: 1_000_000, createdBy: "ADD file:1 in /",
                files: [
                    file("bin", kind: .symbolicLink, mode: 0o777, target: "usr/bin"), directory("etc"),
                    file("etc/passwd", 1000), directory("usr"), directory("usr/bin"),
                    file("usr/bin/su", 999_000, mode: 0o4755),
                ]),
            ImageLayer(
                diffID: digest("2"), digest: digest("b"), size: 500, createdBy: "",
                files: [
                    directory("etc", .unchanged), file("etc/passwd", 400, .modified), file("etc/x\u{1b}[2J", 100),
                    directory("usr", .removed, size: 999_000),
                ]),
        ],
        waste: [.init(path: "usr", count: 2, bytes: 999_000), .init(path: "etc/passwd", count: 2, bytes: 1000)])

    private func text(_ change: (inout LayersReport.Choice) -> Void) throws -> [String] {
        var choice = LayersReport.Choice()
        change(&choice)
        return try LayersReport(Self.image, choice).text().split(separator: "\n", omittingEmptySubsequences: false)
            .map(String.init)
    }

    @Test func aLineALayerAndTheSum() throws {
        #expect(
            try text { _ in } == [
                "LAYER     SIZE      DIGEST         CREATED BY",
                "1         1MB       aaaaaaaaaaaa   ADD file:1 in /",
                "2         500B      bbbbbbbbbbbb   ",
                "",
                "Total 1MB, 1MB wasted, efficiency 0.04%",
                "",
            ])
    }

    @Test func filesAreMarkedAsDiffMarksThem() throws {
        let lines = try text {
            $0.files = .list
            $0.waste = true
        }
        #expect(
            lines[4...] == [
                "Layer 1: ADD file:1 in /",
                "A  lrwxrwxrwx  0:0  0B     /bin -> usr/bin",
                "A  drwxr-xr-x  0:0  1kB    /etc",
                "A  -rw-r--r--  0:0  1kB    /etc/passwd",
                "A  drwxr-xr-x  0:0  999kB  /usr",
                "A  drwxr-xr-x  0:0  999kB  /usr/bin",
                "A  -rwsr-xr-x  0:0  999kB  /usr/bin/su",
                "",
                "Layer 2",
                "C  -rw-r--r--  0:0  400B   /etc/passwd",
                "A  -rw-r--r--  0:0  100B   /etc/x?[2J",
                "D  drwxr-xr-x  0:0  999kB  /usr",
                "",
                "WASTED    LAYERS    PATH",
                "999kB     2         /usr",
                "1kB       2         /etc/passwd",
                "",
                "Total 1MB, 1MB wasted, efficiency 0.04%",
                "",
            ])
    }

    @Test func treesShowDirectoriesOnTheWay() throws {
        let lines = try text {
            $0.files = .tree
            $0.layers = [2]
        }
        #expect(
            lines == [
                "LAYER     SIZE      DIGEST         CREATED BY",
                "2         500B      bbbbbbbbbbbb   ",
                "",
                "Layer 2",
                "   drwxr-xr-x  0:0  500B   ├── etc",
                "C  -rw-r--r--  0:0  400B   │   ├── passwd",
                "A  -rw-r--r--  0:0  100B   │   └── x?[2J",
                "D  drwxr-xr-x  0:0  999kB  └── usr",
                "",
                "Total 1MB, 1MB wasted, efficiency 0.04%",
                "",
            ])
    }

    @Test func changesOrderAndDepthChoose() throws {
        let lines = try text {
            $0.files = .tree
            $0.order = .size
            $0.depth = 1
            $0.changes = [.added]
        }
        #expect(
            lines.filter { $0.contains("──") } == [
                "A  drwxr-xr-x  0:0  999kB  ├── usr",
                "A  drwxr-xr-x  0:0  1kB    ├── etc",
                "A  lrwxrwxrwx  0:0  0B     └── bin -> usr/bin",
                "   drwxr-xr-x  0:0  100B  └── etc",
            ])
        let list = try text {
            $0.files = .list
            $0.order = .size
            $0.layers = [1]
        }
        #expect(
            list.filter { $0.hasPrefix("A") }.map { $0.split(separator: "/").last } == [
                "usr", "bin", "su", "etc", "passwd", "bin",
            ])
    }

    @Test func templatesAreForEachLayerAndJSONIsAll() throws {
        let report = LayersReport(Self.image, .init(layers: [2]))
        let format = try ListFormat(
            "{{.Layer}} {{.Added}} {{.Modified}} {{.Removed}} {{.DiffID}}", defaultTable: LayersReport.defaultTable)
        #expect(try format.render(report.rows, headings: LayersReport.headings) == "2 1 1 1 222222222222\n")
        #expect(
            report.value.compact
                == #"{"ID":"\#(Self.digest("c"))","Names":["app:1"],"TotalBytes":1000500,"WastedBytes":1000000,"#
                + #""Efficiency":0.0004997501249375258,"WastedUserPercent":2000,"Layers":[{"Layer":2,"#
                + #""DiffID":"\#(Self.digest("2"))","Digest":"\#(Self.digest("b"))","Size":500,"CreatedBy":""}],"#
                + #""Waste":[{"Path":"/usr","Layers":2,"Bytes":999000},{"Path":"/etc/passwd","Layers":2,"Bytes":1000}]}"#
        )
        let withFiles = LayersReport(Self.image, .init(files: .list, layers: [2])).value.compact
        #expect(
            withFiles.contains(
                #"{"Path":"/etc/passwd","Change":"modified","Kind":"file","Size":400,"Mode":"0644","Uid":0,"Gid":0,"Target":null}"#
            ))
        #expect(withFiles.contains(#""Path":"/etc/x\u001b[2J""#))
    }

    @Test func modesReadAsLsShowsThem() {
        let modes: [(UInt16, LayerFile.Kind, String)] = [
            (0o755, .directory, "drwxr-xr-x"), (0o1777, .directory, "drwxrwxrwt"), (0o2750, .file, "-rwxr-s---"),
            (0o4644, .file, "-rwSr--r--"), (0o1000, .fifo, "p--------T"), (0o600, .blockDevice, "brw-------"),
            (0o666, .characterDevice, "crw-rw-rw-"), (0o777, .socket, "srwxrwxrwx"),
        ]
        for (mode, kind, text) in modes {
            #expect(ExploringText.mode(Self.file("x", kind: kind, mode: mode)) == text)
        }
    }

    @Test func optionsThatMakeNoSenseAreRefused() throws {
        for words in [["--sort", "time"], ["--depth", "0"], ["--changes", "added,unchanged"], ["--changes", "all"]] {
            let command = try #require(
                try RootCommand.parseAsRoot(["image", "layers"] + words + ["x"]) as? ImageLayersCommand)
            #expect(throws: EngineError.self) { try command.choice() }
        }
        let command = try #require(
            try RootCommand.parseAsRoot(
                OptionWords.normalise([
                    "image", "layers", "--tree", "--changes=added,removed", "--layer", "1", "--layer=3", "--depth", "2",
                    "--waste", "x",
                ])) as? ImageLayersCommand)
        let choice = try command.choice()
        #expect(choice.files == .tree && choice.changes == [.added, .removed] && choice.layers == [1, 3])
        #expect(choice.depth == 2 && choice.waste)
    }
}
