import Engine
import Terminal
import Testing
import Yams

@testable import Dashboard

@Suite struct DocumentTests {
    private let text = #"""
        {"Id": "abc", "State": {"Status": "running", "Pid": 12, "OOM": false, "Error": null},
         "Env": ["A=1", "B=yes", "EMPTY="], "Labels": {"a.b": "x: y", "plain": "- no list"}, "None": [], "Odd": {"": "#",
         "emoji": "🐳 é", "escape": "\u001b[31m", "line": "one\ntwo", "number": "0123", "word": "null", "t": "yes",
         "pair": "\ud83d\ude00"}, "Size": 1.5e3}
        """#

    @Test func jsonIsReadInItsOrder() throws {
        let document = try DocumentReader.read(text)
        #expect(
            document.children.map(\.step) == [
                .key("Id"), .key("State"), .key("Env"), .key("Labels"), .key("None"), .key("Odd"), .key("Size"),
            ])
        #expect(document[[.key("State"), .key("Pid")]] == .number("12"))
        #expect(document[[.key("Env"), .index(1)]] == .string("B=yes"))
        #expect(document[[.key("Odd"), .key("pair")]] == .string("😀"))
        #expect(document[[.key("Env"), .index(9)]] == nil)
    }

    @Test(arguments: ["", "{", "[1,]", "{\"a\" 1}", "tru", "\"\\q\"", "1 2", "{\"a\":1}}"])
    func whatIsNoJSONIsRefused(text: String) {
        #expect(throws: DocumentReader.Failure.self) { try DocumentReader.read(text) }
    }

    @Test func aHostileDepthIsRefused() {
        let deep = String(repeating: "[", count: 100_000)
        #expect(throws: DocumentReader.Failure.self) { try DocumentReader.read(deep) }
    }

    @Test func whatIsWrittenAsJSONIsReadBackTheSame() throws {
        let document = try DocumentReader.read(text)
        #expect(try DocumentReader.read(DocumentWriter.text(document, as: .json)) == document)
    }

    @Test func aYAMLReaderFindsTheSameInWhatIsWritten() throws {
        let document = try DocumentReader.read(text)
        let yaml = DocumentWriter.text(document, as: .yaml)
        let node = try #require(try Yams.compose(yaml: yaml))
        try compare(document, node, [])
    }

    private func compare(_ document: Document, _ node: Node, _ path: [Document.Step]) throws {
        let place = Document.text(of: path)
        switch document {
        case .object(let members) where !members.isEmpty:
            let mapping = try #require(node.mapping, "\(place)")
            #expect(mapping.count == members.count, "\(place)")
            for member in members {
                try compare(
                    member.value, try #require(mapping[Node(member.key, Tag(.str))], "\(place) \(member.key)"),
                    path + [.key(member.key)])
            }
        case .array(let values) where !values.isEmpty:
            let sequence = try #require(node.sequence, "\(place)")
            #expect(sequence.count == values.count, "\(place)")
            for (index, value) in values.enumerated() { try compare(value, sequence[index], path + [.index(index)]) }
        case .string(let text):
            #expect(node.tag == Tag(.str), "\(place) is no string but \(node.tag)")
            #expect(node.scalar?.string == text, "\(place)")
        case .null: #expect(node.tag == Tag(.null), "\(place)")
        case .bool(let value): #expect(node.bool == value, "\(place)")
        case .number(let text): #expect(node.float == Double(text), "\(place)")
        default: #expect(node.scalar?.string == nil, "\(place)")
        }
    }

    @Test func pathsAreWrittenAsTemplatesHaveThem() {
        #expect(Document.text(of: [.key("State"), .key("Status")]) == ".State.Status")
        #expect(Document.text(of: [.key("Mounts"), .index(0), .key("Source")]) == ".Mounts[0].Source")
        #expect(Document.text(of: [.key("Labels"), .key("a.b\"c")]) == #".Labels["a.b\"c"]"#)
        #expect(Document.text(of: []) == ".")
    }

    @Test func theTreeFoldsAndKeepsItsPlace() throws {
        var rows = DocumentRows()
        rows.replace(try DocumentReader.read(text))
        #expect(rows.rows.map(\.label).prefix(4) == ["Id", "State", "Status", "Pid"])
        rows.move(3)
        rows.fold()
        #expect(rows.selected?.label == "State")
        rows.fold()
        #expect(rows.rows.map(\.label).prefix(3) == ["Id", "State", "Env"])
        // The same thing a moment later: what was folded stays folded, the cursor stays.
        rows.replace(try DocumentReader.read(text.replacingText("running", "exited")))
        #expect(rows.selected?.label == "State")
        #expect(rows.rows.count == rows.rows.filter { $0.depth == 0 || $0.path.first != .key("State") }.count)
        rows.toggleAll()
        #expect(rows.rows.allSatisfy { $0.depth == 0 })
        rows.toggleAll()
        #expect(rows.rows.count == rows.all.count)
    }

    @Test func searchingUnfoldsWhatItFindsAndGoesRound() throws {
        var rows = DocumentRows()
        rows.replace(try DocumentReader.read(text))
        rows.toggleAll()
        var isFound = rows.search("EMPTY")
        #expect(isFound)
        #expect(rows.selected?.path == [.key("Env"), .index(2)])
        isFound = rows.search("e")
        let first = rows.selected?.path
        for _ in 0..<rows.matchCount { isFound = rows.find(1) && isFound }
        #expect(isFound)
        #expect(rows.selected?.path == first)
        isFound = rows.search("nowhere at all")
        #expect(!isFound)
    }

    @Test func whatLooksLikeASecretIsCovered() {
        let rows = EnvironmentRows([
            "PATH=/bin", "DB_PASSWORD=x", "AWS_SECRET_ACCESS_KEY=y", "TOKEN=", "URL=postgres://me:pw@db/x",
            "GITHUB_TOKEN=z", "SECRET_FILE=/run/secrets/x", "AUTHOR=me", "no equals sign",
        ]).rows
        #expect(rows.filter(\.isSecret).map(\.name) == ["DB_PASSWORD", "AWS_SECRET_ACCESS_KEY", "URL", "GITHUB_TOKEN"])
    }

    @Test func detailsShowSecretsOnlyWhenAsked() {
        var state = Scenery.state(view: .details)
        state.list.select(Scenery.id(0))
        Scenery.settle(&state, state.settle())
        state.details.choose(.environment)
        func text() -> String { Frame.draw(state, look: Look(theme: .plain, glyphs: .unicode)).canvas.lines.joined() }
        #expect(!text().contains("hunter2"))
        #expect(text().contains("DB_PASSWORD"))
        _ = state.update(.key(.end))
        #expect(state.update(.key(.character("c"))).contains(.copy("hunter2")))
        #expect(!text().contains("hunter2"), "the footer tells the secret")
        _ = state.update(.key(.character("v")))
        #expect(text().contains("hunter2"))
    }

    @Test func enterOnANameLeadsToWhatItNames() {
        var state = Scenery.state(view: .details)
        state.list.select(Scenery.id(0))
        Scenery.settle(&state, state.settle())
        let isFound = state.details.inspection.search("demo:latest")
        #expect(isFound)
        _ = state.update(.key(.enter))
        #expect(state.view == .images)
        #expect(state.selectedImage?.tags.first == "demo:latest")
    }
}

extension String {
    fileprivate func replacingText(_ one: String, _ other: String) -> String {
        split(separator: one, omittingEmptySubsequences: false).joined(separator: other)
    }
}
