import Terminal
import Testing

@testable import Dashboard

/// That no pane is without recorded frames, and no recorded frame without a scene.
@Suite struct GoldenSceneTests {
    @Test(arguments: PaneList.all.map { $0.pane })
    func everyPaneIsRecordedInThreeSizesAndFourDepths(_ pane: Pane) throws {
        let directory = GoldenFile.root + pane.name
        let files = GoldenFile.names(in: directory)
        let texts = files.filter { $0.hasSuffix(".txt") && !$0.hasSuffix(".colors.txt") }
        let colors = files.filter { $0.hasSuffix(".colors.txt") }
        #expect(!texts.isEmpty, "the pane \(pane.name) has no scene: see GoldenScene")
        #expect(!colors.isEmpty, "the pane \(pane.name) has no scene with colours")
        for file in texts {
            let text = try #require(GoldenFile.read("\(directory)/\(file)"))
            for size in GoldenScene.sizes {
                #expect(text.contains(GoldenScene.heading("\(size.width)x\(size.height)")), "\(pane.name)/\(file)")
            }
        }
        for file in colors {
            let text = try #require(GoldenFile.read("\(directory)/\(file)"))
            for depth in GoldenScene.depths {
                #expect(text.contains(GoldenScene.heading("\(depth)")), "\(pane.name)/\(file)")
            }
        }
    }

    @Test func everyRecordedFrameBelongsToAScene() {
        let sources = Self.sources(GoldenFile.tests).joined()
        /// As the pane's member is spelled: `build-text` is `.buildText`.
        func member(_ name: String) -> String {
            let words = name.split(separator: "-").map(String.init)
            return words.prefix(1).joined()
                + words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
        }
        for directory in GoldenFile.names(in: GoldenFile.root) where GoldenFile.isDirectory(GoldenFile.root + directory)
        {
            for file in GoldenFile.names(in: GoldenFile.root + directory) {
                let name = file.replacing(".colors.txt", with: "").replacing(".txt", with: "")
                #expect(
                    sources.contains("GoldenScene(.\(member(directory)),\"\(name)\""),
                    "no test has the scene \(directory)/\(name) any more: remove \(file)")
            }
        }
    }

    /// The text of every Swift file below, without blanks.
    private static func sources(_ directory: String) -> [String] {
        GoldenFile.names(in: directory).flatMap { name -> [String] in
            let path = directory + name
            if GoldenFile.isDirectory(path) { return name == "Golden" ? [] : sources(path + "/") }
            guard name.hasSuffix(".swift"), let text = GoldenFile.read(path) else { return [] }
            return [text.filter { !$0.isWhitespace }]
        }
    }

    @Test func stylesAreTheOnesThatTheTerminalGets() {
        var canvas = Canvas(size: Size(width: 6, height: 3), ground: Color(hex: 0x02101F))
        canvas.put("ab", at: Point(x: 0, y: 0), style: Style(Color(hex: 0xFF7F6E), on: .inherit, .bold))
        canvas.put("cd", at: Point(x: 4, y: 2), style: Style(.default, on: .inherit, [.dim, .reverse]))
        #expect(StyledText(canvas, .none).text == "a2 b4\nb6\nb4 c2\na bold\nb plain\nc dim reverse\n")
        #expect(
            StyledText(canvas, .direct).text
                == "a2 b4\nb6\nb4 c2\na bold #ff7f6e on #02101f\nb on #02101f\nc dim reverse on #02101f\n")
        #expect(StyledText(canvas, .sixteen).text == "a2 b4\nb6\nb4 c2\na bold 9 on 0\nb on 0\nc dim reverse on 0\n")
        #expect(StyledText(canvas, .indexed).text.hasPrefix("a2 b4\nb6\nb4 c2\na bold 209 on "))
    }
}
