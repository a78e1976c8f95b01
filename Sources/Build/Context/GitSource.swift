import Engine

/// A git repository, as ADD and remote contexts name it.
struct GitSource: Sendable, Hashable {
    /// What git clones.
    var repository: String
    /// Branch, tag or commit; `nil` is the default branch.
    var reference: String?
    /// A directory within; empty is the top.
    var subdirectory: String
    /// The socket of an ssh agent, for repositories behind ssh.
    var agent: String?

    /// `nil` when the text names no git repository (`https://host/repo.git#ref:directory`, `git@host:repo`, `git://…`).
    ///
    /// - Parameter isContext: `github.com/…` is a repository too, which for ADD is a path.
    init?(_ text: String, isContext: Bool = false) {
        let parts = text.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let whole = parts.first else { return nil }
        let halves = whole.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let address = halves.first, Self.isRepository(address, isContext: isContext) else { return nil }
        repository = address.hasPrefix("github.com/") ? "https://" + address : address
        subdirectory = ""
        if parts.count > 1 {
            let fragment = parts[1].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(
                String.init)
            reference = fragment.first.flatMap { $0.isEmpty ? nil : $0 }
            subdirectory = fragment.count > 1 ? fragment[1] : ""
        }
        if halves.count > 1, !readQuery(halves[1]) { return nil }
    }

    /// `?ref=…&subdir=…`, as newer BuildKits have it. Answers whether all of it is known.
    private mutating func readQuery(_ query: String) -> Bool {
        for pair in query.split(separator: "&") {
            let words = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard words.count == 2 else { return false }
            switch words[0] {
            case "ref", "commit", "checksum": reference = words[1]
            case "tag": reference = "refs/tags/" + words[1]
            case "branch": reference = "refs/heads/" + words[1]
            case "subdir": subdirectory = words[1]
            default: return false
            }
        }
        return true
    }

    private static func isRepository(_ address: String, isContext: Bool) -> Bool {
        if address.hasPrefix("git://") || address.hasPrefix("ssh://") { return true }
        if address.hasPrefix("http://") || address.hasPrefix("https://") { return address.hasSuffix(".git") }
        if address.hasPrefix("github.com/") { return isContext }
        return isBehindSSH(address)
    }

    /// `user@host:path`.
    private static func isBehindSSH(_ address: String) -> Bool {
        let halves = address.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        guard halves.count == 2, let colon = halves[1].firstIndex(of: ":") else { return false }
        let isWord = { (text: Substring, others: String) in
            !text.isEmpty && text.allSatisfy { ($0.isASCII && ($0.isLetter || $0.isNumber)) || others.contains($0) }
        }
        return isWord(halves[0], "-_") && isWord(halves[1][..<colon], "-.")
    }
}
