import Dockerfile
import Engine
import Testing

struct ParserTests {
    private func parse(_ text: String) throws -> Dockerfile {
        try Dockerfile.parse(Array(text.utf8), name: "Dockerfile")
    }

    @Test func aByteOrderMarkIsSkipped() throws {
        let file = try Dockerfile.parse([0xEF, 0xBB, 0xBF] + Array("# escape=`\nFROM a".utf8), name: "Dockerfile")
        #expect(file.directives.escape == "`")
        #expect(file.stages[0].range.start == SourcePosition(line: 2, column: 1))
    }

    @Test func carriageReturnsAtLineEndsAreNoPartOfTheLines() throws {
        let file = try parse("# escape=`\r\nFROM a\r\nRUN x `\r\n  y\r\nCOPY <<E /z\r\nline\r\nE\r\n")
        #expect(file.lines[1] == "FROM a")
        #expect(file.stages[0].instructions[0].original == "RUN x   y")
        guard case .copy(let copy) = file.stages[0].instructions[1].kind,
            case .hereDocument(let document)? = copy.sources.first
        else {
            Issue.record("no here-document")
            return
        }
        // What a document says is the author's, line ends as well.
        #expect(document.content == "line\r\n")
    }

    @Test func aProgramsFirstLineDoesNotEndDirectives() throws {
        let file = try parse("#!/usr/bin/env docker-run\n# check=skip=all\nFROM a")
        #expect(file.directives.skippedChecks == ["all"])
    }

    @Test func theLastLineNeedsNoEnd() throws {
        #expect(try parse("FROM a\nRUN x \\").stages[0].instructions[0].original == "RUN x")
        #expect(try parse("FROM a\nRUN x \\\n#y").stages[0].instructions[0].original == "RUN x")
        #expect(try parse("FROM a\n\\\n").stages[0].instructions.isEmpty)
    }

    @Test(arguments: [
        ("<<EOF", "EOF", true), ("<<'EOF'", "EOF", false), ("<<\"EOF\"", "EOF", false), ("<<EO\"F\"", "EOF", false),
        ("<<eo\\'f", "eo'f", true), ("<<'e'o\\'f", "eo'f", false), ("<<'one two'", "one two", false),
        ("<<$EOF", "$EOF", true),
        ("<<  EOF", "EOF", true), ("<< EOF > foo", "EOF", true), ("<< 'EOF' cat", "EOF", false),
        ("7<<EOF", "EOF", true),
        ("<<-EOF", "EOF", true), ("<< -EOF", "-EOF", true), ("cat <<a.b-c", "a.b-c", true),
    ])
    func aDocumentsNameIsReadAsAShellDoes(_ written: String, _ name: String, _ expands: Bool) throws {
        let file = try parse("FROM a\nRUN \(written)\nx\n\(name)\nUSER y")
        guard case .run(let run) = file.stages[0].instructions[0].kind else { return }
        #expect(run.hereDocuments.map(\.name) == [name])
        #expect(run.hereDocuments.map(\.expands) == [expands])
        #expect(run.hereDocuments.map(\.content) == ["x\n"])
        #expect(file.stages[0].instructions.count == 2)
    }

    @Test(arguments: [
        "\"<<EOF\"", "'<<EOF'", "<EOF", "<<<EOF", "<<", "<<-", "echo a<<EOF", "[\"<<EOF\"]", "\\<<EOF", "<<'EOF",
    ])
    func whatOnlyLooksLikeADocumentIsNone(_ written: String) throws {
        let file = try parse("FROM a\nRUN \(written)")
        guard case .run(let run) = file.stages[0].instructions[0].kind else { return }
        #expect(run.hereDocuments.isEmpty)
    }

    @Test func severalDocumentsFollowInTheirOrder() throws {
        let file = try parse("FROM a\nCOPY <<X << Y 3<<'Z' f /dest\nY\nX\nX\nY\nZ")
        guard case .copy(let copy) = file.stages[0].instructions[0].kind else { return }
        let texts = copy.sources.map { source in
            switch source {
            case .hereDocument(let document): "\(document.name):\(document.content)"
            case .path(let path): path
            }
        }
        #expect(texts == ["X:Y\n", "Y:X\n", "Z:", "f"])
    }

    @Test func aTriggerOfAnImageIsRead() throws {
        let trigger = try Dockerfile.parseTrigger("RUN <<E\nx\nE", escape: "\\", image: "base")
        guard case .run(let run) = trigger.kind else {
            Issue.record("no RUN")
            return
        }
        #expect(run.hereDocuments.map(\.content) == ["x\n"])
        for text in ["", "FROM x", "ONBUILD RUN x", "MAINTAINER x", "RUN a\nRUN b", "NOPE"] {
            let error = #expect(throws: DockerfileError.self) {
                try Dockerfile.parseTrigger(text, escape: "\\", image: "base")
            }
            #expect(error?.file == "ONBUILD of base")
        }
    }

    @Test func aMountIsReadAnewWithItsVariables() throws {
        let file = try parse("FROM a\nRUN --mount=type=$T,id='$T x',target=\"/$D\",mode=$M,uid=7 x")
        guard case .run(let run) = file.stages[0].instructions[0].kind, let mount = run.mounts.first else {
            Issue.record("no mount")
            return
        }
        let variables = ["T": "cache", "D": "dir", "M": "0700"]
        let expansion = WordExpansion(escape: "\\")
        let expanded = try mount.expanded { (text) throws(WordError) -> String in
            try expansion.word(text) { variables[$0] }
        }
        #expect(expanded.kind == .cache)
        #expect(expanded.target == "/dir")
        #expect(expanded.mode == 0o700 && expanded.uid == 7)
        #expect(throws: WordError.self) {
            try mount.expanded { (text) throws(WordError) -> String in try expansion.word(text) { _ in "8" } }
        }
    }

    @Test func anErrorIsReadyToBeShown() throws {
        let file = try parse("FROM a\nRUN \u{1B}[31mred")
        let range = SourceRange(start: SourcePosition(line: 2, column: 1), end: SourcePosition(line: 2, column: 4))
        let text = file.error("nothing works", at: range, suggestion: "stop").engineError.message
        #expect(text == "Dockerfile:2:1: nothing works (stop)\n  1 | FROM a\n> 2 | RUN \\u{1b}[31mred\n    | ^~~")
    }

    @Test func brokenTextIsReplacedAndDoesNotCrash() throws {
        let file = try Dockerfile.parse(
            Array("FROM a\nLABEL x=\"".utf8) + [0xFF, 0xC3, 0x28, 0xF0] + Array("\"".utf8), name: "D")
        guard case .label(let pairs) = file.stages[0].instructions[0].kind else {
            Issue.record("no LABEL")
            return
        }
        #expect(pairs[0].value.contains("\u{FFFD}"))
    }

    @Test func giantInputsTakeTimeInProportion() throws {
        // Whatever grew with the square of its size would not come to an end here.
        let megabyte = 1 << 20
        let run = "FROM a\nRUN " + String(repeating: "x", count: megabyte)
        #expect(try parse(run).stages[0].instructions.count == 1)
        let continued = "FROM a\nRUN a" + String(repeating: " \\\n b", count: 100_000)
        #expect(try parse(continued).lines.count == 100_002)
        let pairs = "FROM a\nENV" + String(repeating: " a=b", count: 100_000)
        #expect(try parse(pairs).stages[0].instructions.count == 1)
        let many = "FROM a\n" + String(repeating: "RUN x\n", count: 50_000)
        #expect(try parse(many).stages[0].instructions.count == 50_000)
        let flags = "FROM a\nCOPY" + String(repeating: " --exclude=x", count: 100_000) + " a b"
        #expect(try parse(flags).stages[0].instructions.count == 1)
        let brackets = "FROM a\nCMD " + String(repeating: "[", count: megabyte)
        #expect(try parse(brackets).stages[0].instructions.count == 1)
        let documents =
            "FROM a\nRUN" + String(repeating: " <<E", count: 20_000) + "\n" + String(repeating: "x\nE\n", count: 20_000)
        #expect(try parse(documents).stages[0].instructions.count == 1)
        let copies =
            "FROM a\nCOPY" + (0..<3_000).map { " <<E\($0)" }.joined() + " /x\n"
            + (0..<3_000).map { "E\($0)\n" }.joined()
        #expect(try parse(copies).stages[0].instructions.count == 1)
    }
}
