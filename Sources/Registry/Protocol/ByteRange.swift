/// Ranges of bytes in header fields, first and last both within.
struct ByteRange: Hashable, Sendable {
    let first: Int64
    let last: Int64
    /// Bytes of the whole; `nil` when it is not told.
    let total: Int64?

    /// `Content-Range: bytes 5-9/10` or `bytes 5-9/*` (RFC 9110, section 14.4).
    init?(contentRange text: String) {
        var scanner = FieldScanner(text)
        guard scanner.token()?.lowercased() == "bytes" else { return nil }
        scanner.skipSpace()
        let parts = scanner.rest.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let range = Self.pair(parts[0]) else { return nil }
        (first, last) = range
        if parts[1] == "*" {
            total = nil
        } else {
            guard let all = Self.number(parts[1]), all > last else { return nil }
            total = all
        }
    }

    /// `Range: 0-9` as an upload's session answers (distribution-spec, "Pushing a blob in chunks"); `bytes=0-9` as
    /// well.
    init?(sessionRange text: String) {
        let body = text.hasPrefix("bytes=") ? text.dropFirst(6) : text[...]
        guard let range = Self.pair(body) else { return nil }
        (first, last) = range
        total = nil
    }

    private static func pair(_ text: Substring) -> (Int64, Int64)? {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, let first = number(parts[0]), let last = number(parts[1]), first <= last else {
            return nil
        }
        return (first, last)
    }

    private static func number(_ text: Substring) -> Int64? {
        guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int64(text)
    }
}
