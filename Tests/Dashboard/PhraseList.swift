import Engine

@testable import Dashboard

/// The list for translators as it follows from the code: `docs/phrases.yaml`.
struct PhraseList {
    /// Phrases by the folder that says them.
    private(set) var phrases: [String: Set<String>] = [:]
    private(set) var nouns: Set<String> = []
    private(set) var strays: [String] = []

    static let path = GoldenFile.tests + "../../docs/phrases.yaml"
    private static let sources = GoldenFile.tests + "../../Sources/Dashboard/"

    init() {
        for folder in GoldenFile.names(in: Self.sources) where GoldenFile.isDirectory(Self.sources + folder) {
            if folder == "Strings" { continue }
            for file in GoldenFile.names(in: Self.sources + folder) where file.hasSuffix(".swift") {
                let scanner = PhraseScanner(GoldenFile.read("\(Self.sources)\(folder)/\(file)") ?? "")
                phrases[folder, default: []].formUnion(scanner.phrases)
                nouns.formUnion(scanner.nouns)
                strays += scanner.strays.map { "\(folder)/\(file): \($0)" }
            }
        }
        for (folder, texts) in Self.tables { phrases[folder, default: []].formUnion(texts.filter { !$0.isEmpty }) }
        nouns.formUnion(Self.rows)
    }

    /// What stands in lists, and is looked up where it is shown.
    private static var tables: [String: [String]] {
        [
            "Keys": KeyBinding.standard.flatMap { [$0.help, $0.hint] } + KeyContext.all.map(\.title),
            "Tabs": ViewList.all.flatMap { [$0.title, $0.shortTitle] }
                + PaneList.all.map { $0.title },
            "Palette": PaletteWord.all.map(\.help),
            "Tables": titles(Container.self) + titles(Image.self) + titles(Network.self) + titles(Volume.self)
                + rows + rows.map { $0 + "s" },
            "Details": ProcessRows.Column.allCases.map(\.title),
            "Containers": ["created", "running", "paused", "restarting", "exited", "dead"]
                + ["healthy", "unhealthy", "starting"],
        ]
    }

    private static func titles<Row: Listed>(_ row: Row.Type) -> [String] {
        row.columns.list.flatMap { [$0.title, $0.name] }
    }

    private static let rows = [Container.noun, Image.noun, Network.noun, Volume.noun]

    /// All keys, as a language's file has them.
    var keys: Set<String> { Set(phrases.values.joined()).union(nouns.map { "%1 \($0)s" }) }

    /// The file: every phrase once, beneath the folder that says it, still without a translation.
    var text: String {
        var folders: [String: Set<String>] = [:]
        for (folder, texts) in phrases { for text in texts { folders[text, default: []].insert(folder) } }
        var sections: [String: [String]] = [:]
        for (text, places) in folders {
            sections[places.count == 1 ? places.first ?? "" : "Several places", default: []].append(text)
        }
        var lines = [
            "# What the dashboard says, for translators: docs/configuration.md tells how. This file is made from the code by",
            "# `SPYHOP_RECORD_GOLDEN=1 swift test --filter PhraseListTests`; a phrase without a translation is shown in English.",
            "# %1, %2 … stand for what is put in, and may stand in another order.",
            "", "plurals: one-other", "", "# Counted", "",
        ]
        for noun in nouns.sorted() { lines.append("\(Self.quoted("%1 \(noun)s")): {one: \"\", other: \"\"}") }
        for section in sections.keys.sorted() {
            lines += ["", "# \(section)", ""] + (sections[section] ?? []).sorted().map { Self.quoted($0) + ": \"\"" }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func quoted(_ text: String) -> String {
        "\""
            + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n") + "\""
    }

    /// The keys of a written list.
    static func keys(of text: String) -> Set<String> {
        var keys: Set<String> = []
        for line in text.split(separator: "\n") where line.hasPrefix("\"") {
            var (key, isEscaped) = ("", false)
            for character in line.dropFirst() {
                if isEscaped {
                    key.append(character == "n" ? "\n" : character)
                    isEscaped = false
                } else if character == "\\" {
                    isEscaped = true
                } else if character == "\"" {
                    break
                } else {
                    key.append(character)
                }
            }
            keys.insert(key)
        }
        return keys
    }
}
