import Engine

/// Names with `*` and `?`, several apart by commas or blanks; `!` before one leaves names out.
public struct NamePatterns: Sendable, Hashable {
    private let wanted: [[UInt8]]
    private let unwanted: [[UInt8]]
    /// As written.
    public let text: String

    /// Reads patterns; none at all mean every name.
    public init(_ text: String = "") {
        self.text = text
        let parts = text.utf8.split { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: " ") }
        wanted = parts.filter { $0.first != UInt8(ascii: "!") }.map { Array($0) }
        unwanted = parts.filter { $0.first == UInt8(ascii: "!") }.map { Array($0.dropFirst()) }
    }

    /// Whether a name is meant.
    public func matches(_ name: String) -> Bool {
        let name = Array(name.utf8)
        if unwanted.contains(where: { Self.matches(name, $0) }) { return false }
        return wanted.isEmpty || wanted.contains { Self.matches(name, $0) }
    }

    /// Back to the last star at a mismatch: never more than both lengths multiplied.
    private static func matches(_ name: [UInt8], _ pattern: [UInt8]) -> Bool {
        var (place, at) = (0, 0)
        var star: (pattern: Int, name: Int)?
        while place < name.count {
            if at < pattern.count, pattern[at] == UInt8(ascii: "*") {
                star = (at, place)
                at += 1
            } else if at < pattern.count, pattern[at] == UInt8(ascii: "?") || pattern[at] == name[place] {
                at += 1
                place += 1
            } else if let last = star {
                star = (last.pattern, last.name + 1)
                (at, place) = (last.pattern + 1, last.name + 1)
            } else {
                return false
            }
        }
        return pattern[at...].allSatisfy { $0 == UInt8(ascii: "*") }
    }
}
