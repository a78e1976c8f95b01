import Foundation

/// Directories below /tmp that belong to one test.
package enum TemporaryDirectory {
    /// Makes one whose name begins with `prefix`; whoever makes it removes it.
    package static func make(_ prefix: String) throws -> String {
        var template = Array("/tmp/\(prefix).XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw HarnessError("mkdtemp failed") }
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
