/// A container's variables, with what looks like a secret covered until the person asks for it.
struct EnvironmentRows: Sendable, Hashable {
    struct Row: Sendable, Hashable {
        var name: String
        var value: String
        var isSecret: Bool
    }

    let rows: [Row]

    /// - Parameter variables: `NAME=VALUE`.
    init(_ variables: [String]) {
        rows = variables.map { variable in
            let parts = variable.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = parts.first.map(String.init) ?? ""
            let value = parts.count > 1 ? String(parts[1]) : ""
            return Row(name: name, value: value, isSecret: Self.isSecret(name: name, value: value))
        }
    }

    /// Words that a name of something secret has in it.
    private static let words = [
        "password", "passwd", "passphrase", "secret", "token", "apikey", "api_key", "access_key", "accesskey",
        "private_key", "privatekey", "credential", "auth", "cookie", "signing", "encryption_key", "session_key", "salt",
    ]
    private static let endings = ["_key", "_pass", "_pwd", "_pw", "_dsn"]
    /// They have such words in them and are no secret.
    private static let harmless = ["_file", "_path", "_url_only", "author", "authority", "_dir", "_ttl", "_method"]

    static func isSecret(name: String, value: String) -> Bool {
        guard !value.isEmpty else { return false }
        let lower = name.lowercased()
        let isNamed = words.contains { lower.contains($0) } || endings.contains { lower.hasSuffix($0) }
        if isNamed || lower == "pass" || lower == "pwd_hash", !harmless.contains(where: { lower.hasSuffix($0) }) {
            return true
        }
        return holdsCredentials(value)
    }

    /// An address with a password in it: `scheme://user:password@host`.
    private static func holdsCredentials(_ value: String) -> Bool {
        let bytes = Array(value.utf8)
        guard let scheme = ByteSearch.first(Array("://".utf8), in: bytes, from: 0) else { return false }
        let rest = bytes[(scheme + 3)...].prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") }
        guard let at = rest.lastIndex(of: UInt8(ascii: "@")) else { return false }
        return rest[..<at].contains(UInt8(ascii: ":"))
    }
}
