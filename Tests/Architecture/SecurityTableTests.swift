import Foundation
import Testing

/// docs/SECURITY.md promises a test for every attack.
struct SecurityTableTests {
    /// The tests that the table names, as suite and function; a name that begins with a point is of the suite before it.
    private static let promised: [(suite: String, function: String)] = {
        let path = ImportTests.top.appending(path: "docs/SECURITY.md")
        let document = (try? String(contentsOf: path, encoding: .utf8)) ?? ""
        var found: [(String, String)] = []
        for line in document.split(separator: "\n") where line.hasPrefix("| ") {
            guard let cell = line.split(separator: "|").last(where: { $0.contains("Tests") }) else { continue }
            var suite = ""
            for (index, word) in cell.split(separator: "`", omittingEmptySubsequences: false).enumerated()
            where index % 2 == 1 && !word.contains("/") {
                let parts = word.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
                if let first = parts.first, !first.isEmpty { suite = first }
                found.append((suite, parts.count > 1 ? parts[1] : ""))
            }
        }
        return found
    }()

    private static func sources() -> String {
        let tests = ImportTests.top.appending(path: "Tests")
        guard let walker = FileManager.default.enumerator(at: tests, includingPropertiesForKeys: nil) else { return "" }
        var text = ""
        for case let url as URL in walker where url.pathExtension == "swift" {
            text += (try? String(contentsOf: url, encoding: .utf8)) ?? ""
        }
        return text
    }

    @Test func everyTestThatTheTableNamesIsThere() {
        let sources = Self.sources()
        #expect(Self.promised.count > 30)
        for (suite, function) in Self.promised {
            #expect(sources.contains("struct \(suite) "), "\(suite)")
            #expect(function.isEmpty || sources.contains("func \(function)("), "\(suite).\(function)")
        }
    }
}
