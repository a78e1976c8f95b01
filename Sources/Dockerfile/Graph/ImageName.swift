/// Names of images as far as a Dockerfile needs to know them.
enum ImageName {
    /// `docker.io/library/alpine:latest` is `alpine`: what people write.
    static func familiar(_ name: String) -> String {
        var rest = name[...]
        for host in ["docker.io/", "index.docker.io/"] where rest.hasPrefix(host) { rest = rest.dropFirst(host.count) }
        if rest.count < name.count, rest.hasPrefix("library/") { rest = rest.dropFirst("library/".count) }
        if !rest.contains("@"), rest.hasSuffix(":latest") { rest = rest.dropLast(":latest".count) }
        return String(rest)
    }

    /// It has the form of a reference: `[host[:port]/]path[:tag][@digest]`.
    static func isValid(_ name: String) -> Bool {
        var rest = name[...]
        guard rest.utf8.count <= 512 else { return false }
        if let at = rest.firstIndex(of: "@") {
            guard isDigest(rest[rest.index(after: at)...]) else { return false }
            rest = rest[..<at]
        }
        if let colon = rest.lastIndex(of: ":"), !rest[colon...].contains("/") {
            guard isTag(rest[rest.index(after: colon)...]) else { return false }
            rest = rest[..<colon]
        }
        var parts = rest.split(separator: "/", omittingEmptySubsequences: false)
        guard let first = parts.first else { return false }
        if parts.count > 1,
            first == "localhost" || first.contains(".") || first.contains(":")
                || first.lowercased() != first
        {
            guard isHost(first) else { return false }
            parts.removeFirst()
        }
        return !parts.isEmpty && parts.allSatisfy(isPathComponent)
    }

    private static func isDigest(_ text: Substring) -> Bool {
        let pair = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        return pair.count == 2 && !pair[0].isEmpty && pair[1].utf8.count >= 32
            && pair[1].utf8.allSatisfy { $0.isDigit || ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x66 }
    }

    private static func isTag(_ text: Substring) -> Bool {
        guard let first = text.utf8.first, text.utf8.count <= 128 else { return false }
        return (first.isLetter || first.isDigit || first == UInt8(ascii: "_"))
            && text.utf8.allSatisfy { $0.isLetter || $0.isDigit || "_.-".utf8.contains($0) }
    }

    private static func isHost(_ text: Substring) -> Bool {
        let allowed = text.utf8.allSatisfy { $0.isLetter || $0.isDigit || ".-:[]".utf8.contains($0) }
        return allowed && !text.hasPrefix("-") && !text.hasPrefix(":") && !text.hasSuffix("-")
    }

    /// Lower case letters and digits, with `.`, `_`, `__` or dashes between them.
    private static func isPathComponent(_ text: Substring) -> Bool {
        var separator: [UInt8] = [.dash]
        for byte in text.utf8 {
            if byte.isDigit || byte.isLetter && byte >= 0x61 {
                let isAllowed =
                    separator.count <= 1 || separator == Array("__".utf8)
                    || separator.allSatisfy { $0 == .dash }
                guard isAllowed else { return false }
                separator = []
            } else if "._-".utf8.contains(byte) {
                if separator.isEmpty == false, separator == [.dash], text.utf8.first == byte { return false }
                separator.append(byte)
            } else {
                return false
            }
        }
        return separator.isEmpty && !text.isEmpty
    }
}
