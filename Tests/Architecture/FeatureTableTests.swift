import Foundation
import Testing

/// docs/FEATURES.md claims nothing that no test proves.
struct FeatureTableTests {
    private struct Row {
        var feature: String
        /// `Y`, `P` or `–`.
        var mark: String
        var tests: [(suite: String, function: String)]
        var columns: Int
    }

    private static let columns = 12
    private static let rows: [Row] = {
        let path = ImportTests.top.appending(path: "docs/FEATURES.md")
        let document = (try? String(contentsOf: path, encoding: .utf8)) ?? ""
        return document.split(separator: "\n").filter { $0.hasPrefix("| ") }.compactMap { line in
            let cells = line.dropFirst().dropLast().split(separator: "|", omittingEmptySubsequences: false).map {
                $0.trimmingCharacters(in: .whitespaces)
            }
            guard cells.count > 2, cells[0] != "feature" else { return nil }
            return Row(feature: cells[0], mark: cells[1], tests: tests(in: cells[2]), columns: cells.count)
        }
    }()

    /// `Suite.function`; a name that begins with a point is of the suite before it.
    private static func tests(in cell: String) -> [(suite: String, function: String)] {
        var suite = ""
        return cell.split(separator: "`", omittingEmptySubsequences: false).enumerated().compactMap { index, word in
            guard index % 2 == 1, word.contains(".") else { return nil }
            let parts = word.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
            if !parts[0].isEmpty { suite = parts[0] }
            return (suite, parts[1])
        }
    }

    /// The text of the files in which a suite stands, by the suite's name.
    private static let suites: [String: String] = {
        let tests = ImportTests.top.appending(path: "Tests")
        guard let walker = FileManager.default.enumerator(at: tests, includingPropertiesForKeys: nil) else {
            return [:]
        }
        var suites: [String: String] = [:]
        for case let url as URL in walker where url.pathExtension == "swift" {
            guard let text = try? String(contentsOf: url, encoding: .utf8) else { continue }
            for word in ["struct ", "extension "] {
                for part in text.components(separatedBy: word).dropFirst() {
                    let name = String(part.prefix { $0.isLetter || $0.isNumber })
                    if name.hasSuffix("Tests") { suites[name, default: ""] += text }
                }
            }
        }
        return suites
    }()

    @Test func everyClaimIsProvenByATestThatIsThere() {
        #expect(Self.rows.count > 90)
        for row in Self.rows {
            #expect(row.columns == Self.columns, "\(row.feature) has \(row.columns) cells")
            #expect(["Y", "P", "–"].contains(row.mark), "\(row.feature): \(row.mark)")
            #expect(row.tests.isEmpty == (row.mark == "–"), "\(row.feature) is \(row.mark)")
            for (suite, function) in row.tests {
                let text = Self.suites[suite] ?? ""
                #expect(text.contains("func \(function)("), "\(row.feature): there is no \(suite).\(function)")
            }
        }
    }

    @Test func everyFeatureStandsThereOnce() {
        let names = Self.rows.map(\.feature)
        #expect(Set(names).count == names.count)
    }
}
