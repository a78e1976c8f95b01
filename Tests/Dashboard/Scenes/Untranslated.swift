@testable import Dashboard

/// What a frame in the language of other letters still has in Latin ones, and is no data.
///
/// `Golden/data.txt` lists the data by pane: names, identifiers, what engines and containers say. `all` stands for what is data
/// everywhere.
enum Untranslated {
    private static let data: [String: Set<String>] = {
        var data: [String: Set<String>] = [:]
        for line in (GoldenFile.read(GoldenFile.root + "data.txt") ?? "").split(separator: "\n") {
            guard !line.hasPrefix("#"), let colon = line.firstIndex(of: ":") else { continue }
            data[String(line[..<colon]), default: []].formUnion(latin(String(line[colon...])))
        }
        return data
    }()

    /// Names of keys, as the configuration spells them.
    private static let keys: Set<String> = KeyBinding.standard.reduce(into: [
        "Tab", "Enter", "Esc", "Space", "Up", "Down",
    ]) {
        for key in $1.keys { $0.formUnion(latin(KeyMap.display(key))) }
    }

    /// Words of two Latin letters and more.
    static func latin(_ text: String) -> [String] {
        text.split { !$0.isASCII || !$0.isLetter }.map(String.init).filter { $0.count > 1 }
    }

    /// A piece of an identifier.
    private static func isDigest(_ word: String) -> Bool { word.count > 6 && word.allSatisfy { "abcdef".contains($0) } }

    /// The words that are neither in the language in force nor data; a word that is cut off counts as the whole one.
    static func words(in lines: [String], of pane: String) -> [String] {
        let known = keys.union(data["all"] ?? []).union(data[pane] ?? [])
        var rest: Set<String> = []
        for line in lines {
            for word in latin(line) where !known.contains(word) && !isDigest(word) {
                let isCut = word.count > 3 && known.contains { $0.hasPrefix(word) || $0.hasSuffix(word) }
                if !isCut { rest.insert(word) }
            }
        }
        return rest.sorted()
    }
}
