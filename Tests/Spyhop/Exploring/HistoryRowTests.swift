import ArgumentParser
import Engine
import Testing

@testable import SpyhopCommands

struct HistoryRowTests {
    private static let now = Timestamp(seconds: 1_800_000_000)

    private static let entries = [
        ImageHistoryEntry(
            imageID: ImageID(rawValue: "sha256:" + String(repeating: "c", count: 64)),
            createdAt: Timestamp(seconds: 1_800_000_000 - 7200), createdBy: "/bin/sh -c #(nop)  CMD [\"sh\"]", size: 0,
            comment: "", tags: ["x:1"], layer: nil),
        ImageHistoryEntry(
            imageID: nil, createdAt: Timestamp(seconds: 1_800_000_000 - 864_000),
            createdBy: "RUN\tapt-get update && apt-get install -y python3 # buildkit", size: 4_262_000,
            comment: "buildkit.dockerfile.v0", tags: [], layer: "sha256:1"),
        ImageHistoryEntry(
            imageID: nil, createdAt: nil, createdBy: "", size: 12, comment: "", tags: [], layer: "sha256:2"),
    ]

    private func table(human: Bool = true, truncate: Bool = true, format: String? = nil) throws -> [String] {
        try ListFormat(format, defaultTable: HistoryRow.defaultTable(human: human)).render(
            Self.entries.map { HistoryRow.row($0, now: Self.now, truncate: truncate, human: human) },
            headings: HistoryRow.headings
        ).split(separator: "\n").map(String.init)
    }

    @Test func historyLooksAsDockers() throws {
        #expect(
            try table() == [
                "IMAGE          CREATED       CREATED BY                                      SIZE      COMMENT",
                "cccccccccccc   2 hours ago   /bin/sh -c #(nop)  CMD [\"sh\"]                   0B        ",
                "<missing>      10 days ago   RUN apt-get update && apt-get install -y pyt…   4.26MB    "
                    + "buildkit.dockerfile.v0",
                "<missing>                                                                    12B       ",
            ])
    }

    @Test func plainNumbersComeWithoutShortening() throws {
        let lines = try table(human: false, truncate: false)
        #expect(lines[0].hasPrefix("IMAGE "))
        #expect(lines[0].contains("CREATED AT             CREATED BY"))
        #expect(lines[1].hasPrefix("sha256:cccc") && lines[1].contains("2027-01-15T06:00:00Z"))
        #expect(lines[2].contains("install -y python3 # buildkit   4262000   buildkit.dockerfile.v0"))
        #expect(lines[3].contains("1970-01-01T00:00:00Z"))
    }

    @Test func templatesKnowDockersNames() throws {
        #expect(
            try table(format: "{{.ID}}|{{.CreatedSince}}|{{.CreatedAt}}|{{.Size}}|{{.Comment}}")[1]
                == "<missing>|10 days ago|2027-01-05T08:00:00Z|4.26MB|buildkit.dockerfile.v0")
        #expect(
            try table(format: "json")[2]
                == #"{"Comment":"","CreatedAt":"1970-01-01T00:00:00Z","CreatedBy":"","CreatedSince":"","#
                + #""ID":"<missing>","Size":"12B"}"#)
    }

    @Test func instructionsCannotSteerATerminalOrBreakATable() throws {
        let entry = ImageHistoryEntry(
            imageID: nil, createdAt: nil, createdBy: "RUN <<E\n\u{1b}[2J\tx\u{9b}1m\r\n", size: 0, comment: "\u{7}",
            tags: [],
            layer: nil)
        let row = HistoryRow.row(entry, now: Self.now, truncate: false, human: true)
        #expect(row.value.member("CreatedBy")?.text == "RUN <<E ?[2J x?1m  ")
        #expect(row.value.member("Comment")?.text == "?")
    }

    @Test(arguments: [
        ([], true), (["-H"], true), (["--human"], true), (["--human=false"], false), (["-H=false"], false),
        (["-H=0", "-q"], false), (["--human=true"], true),
    ])
    func humanIsReadAsDockerReadsIt(words: [String], human: Bool) throws {
        for command in [["history"], ["image", "history"]] {
            let parsed = try RootCommand.parseAsRoot(OptionWords.normalise(command + words + ["busybox"]))
            let history = try #require(parsed as? HistoryCommand)
            #expect(history.human == human)
            #expect(history.quiet == words.contains("-q"))
            #expect(history.image == "busybox")
        }
    }
}
