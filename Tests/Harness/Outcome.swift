import Foundation

/// What a command said and how it ended.
package struct Outcome: Sendable {
    package var code: Int32
    package var output: String
    package var errors: String

    package init(code: Int32, output: String, errors: String) {
        self.code = code
        self.output = output
        self.errors = errors
    }

    package var lines: [String] { output.split(separator: "\n").map(String.init) }
    package var trimmed: String { output.trimmingCharacters(in: .whitespacesAndNewlines) }
}
