/// What a person typed after `/` on a table: a part of any cell, `!` for what does not match, `-l key[=value]`
/// for a label, `-n network` and `-v volume` for who uses one. Whatever is typed means something; nothing is an error.
struct RowFilter: Sendable, Hashable {
    private enum Rule: Sendable, Hashable {
        case text(String)
        case label(key: String, value: String?)
        case network(String)
        case volume(String)
    }

    /// As typed.
    let text: String
    private let rule: Rule?
    private let isInverse: Bool

    init(_ text: String) {
        self.text = text
        var rest = Substring(text).trimmingSpaces
        isInverse = rest.hasPrefix("!")
        if isInverse { rest = rest.dropFirst().trimmingSpaces }
        if rest == "-l" || rest.hasPrefix("-l ") {
            let label = rest.dropFirst(2).trimmingSpaces
            let parts = label.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            rule =
                label.isEmpty
                ? nil : .label(key: String(parts[0]).lowercased(), value: parts.count > 1 ? parts[1].lowercased() : nil)
        } else if rest.hasPrefix("-n ") {
            rule = .network(rest.dropFirst(3).trimmingSpaces.lowercased())
        } else if rest.hasPrefix("-v ") {
            rule = .volume(rest.dropFirst(3).trimmingSpaces.lowercased())
        } else {
            rule = rest.isEmpty ? nil : .text(rest.lowercased())
        }
    }

    /// Lets every row through.
    var isEmpty: Bool { rule == nil }

    /// Whether a row with these texts and labels, on these networks, with these volumes, stays.
    func matches(
        _ texts: [String], labels: [String: String], networks: @autoclosure () -> [String] = [],
        volumes: @autoclosure () -> [String] = []
    ) -> Bool {
        guard let rule else { return true }
        let found: Bool
        switch rule {
        case .text(let needle):
            found = texts.contains { $0.lowercased().containsText(needle) }
        case .network(let name): found = networks().contains { $0.lowercased() == name }
        case .volume(let name): found = volumes().contains { $0.lowercased() == name }
        case .label(let key, let value):
            found = labels.contains { label in
                label.key.lowercased() == key && (value.map { label.value.lowercased() == $0 } ?? true)
            }
        }
        return found != isInverse
    }
}

extension Substring {
    var trimmingSpaces: Substring {
        var rest = self
        while rest.first == " " { rest.removeFirst() }
        while rest.last == " " { rest.removeLast() }
        return rest
    }
}

extension String {
    /// Byte-wise search: quick, and equal for the same spelling.
    func containsText(_ needle: String) -> Bool {
        let hay = Array(utf8)
        let needle = Array(needle.utf8)
        return ByteSearch.first(needle, in: hay, from: 0) != nil
    }
}
