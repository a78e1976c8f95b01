import Engine

/// Reads an image name by the grammar of distribution's `reference` package.
struct ReferenceParser {
    struct Parts {
        var domain: String
        var path: String
        var tag: String?
        var digest: String?
    }

    private let text: String

    init(_ text: String) { self.text = text }

    mutating func parse() throws(EngineError) -> Parts {
        guard !text.isEmpty else { throw error("it is empty") }
        guard text.utf8.count <= 1024 else { throw error("it is longer than 1024 characters") }
        var rest = text[...]
        var digest: String?
        if let at = rest.firstIndex(of: "@") {
            let written = String(rest[rest.index(after: at)...])
            guard Digest(written) != nil else {
                throw error("\"\(written)\" is not a digest (sha256: and 64 hexadecimal digits)")
            }
            digest = written
            rest = rest[..<at]
        }
        var tag: String?
        if let colon = rest.lastIndex(of: ":"), !rest[colon...].contains("/") {
            let written = String(rest[rest.index(after: colon)...])
            try check(tag: written)
            tag = written
            rest = rest[..<colon]
        }
        if digest == nil, tag == nil, rest.utf8.count == 64, rest.utf8.allSatisfy(isHexadecimal) {
            throw error("64 hexadecimal digits are an identifier, not a name")
        }
        let (domain, path) = split(rest)
        try check(domain: domain)
        try check(path: path)
        return Parts(domain: domain, path: path, tag: tag, digest: digest)
    }

    /// Docker's rule: the first part is a registry only when it looks like a host.
    private func split(_ name: Substring) -> (domain: String, path: String) {
        if let slash = name.firstIndex(of: "/") {
            let first = name[..<slash]
            if first == "localhost" || first.contains(".") || first.contains(":") || first.contains("[") {
                let remainder = String(name[name.index(after: slash)...])
                guard first == "docker.io" || first == "index.docker.io" else { return (String(first), remainder) }
                return ("docker.io", remainder.contains("/") ? remainder : "library/\(remainder)")
            }
            return ("docker.io", String(name))
        }
        return ("docker.io", "library/\(name)")
    }

    private func check(tag: String) throws(EngineError) {
        guard let first = tag.utf8.first else { throw error("the tag after \":\" is empty") }
        guard tag.utf8.count <= 128 else { throw error("the tag is longer than 128 characters") }
        guard isWord(first), tag.utf8.allSatisfy({ isWord($0) || $0 == 0x2E || $0 == 0x2D }) else {
            throw error("the tag \"\(tag)\" may hold letters, digits, \"_\", \".\" and \"-\", the last two not first")
        }
    }

    private func check(domain: String) throws(EngineError) {
        var host = domain[...]
        if host.first == "[" {
            guard let end = host.firstIndex(of: "]"),
                host[host.index(after: host.startIndex)..<end].utf8.allSatisfy({ isHexadecimal($0) || $0 == 0x3A })
            else { throw error("the registry \"\(domain)\" is not a host") }
            try check(port: host[host.index(after: end)...], of: domain)
            return
        }
        if let colon = host.firstIndex(of: ":") {
            try check(port: host[colon...], of: domain)
            host = host[..<colon]
        }
        for label in host.split(separator: ".", omittingEmptySubsequences: false) {
            guard let first = label.utf8.first, let last = label.utf8.last, first != 0x2D, last != 0x2D,
                label.utf8.allSatisfy({ isAlphanumeric($0) || $0 == 0x2D })
            else { throw error("the registry \"\(domain)\" is not a host") }
        }
    }

    private func check(port: Substring, of domain: String) throws(EngineError) {
        guard !port.isEmpty else { return }
        let digits = port.dropFirst()
        guard port.first == ":", !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            throw error("the registry \"\(domain)\" has a malformed port")
        }
    }

    private func check(path: String) throws(EngineError) {
        if path.utf8.contains(where: { (0x41...0x5A).contains($0) }) {
            throw error("the repository \"\(path)\" must be lower case")
        }
        guard path.utf8.count <= 255 else { throw error("the repository is longer than 255 characters") }
        for component in path.split(separator: "/", omittingEmptySubsequences: false)
        where !isPathComponent(Array(component.utf8)) {
            throw error(
                "\"\(component)\" is not a repository part (lower-case letters and digits, joined by \".\", \"_\", "
                    + "\"__\" or \"-\")")
        }
    }

    /// `[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*`
    private func isPathComponent(_ bytes: [UInt8]) -> Bool {
        var separator: [UInt8] = []
        var sawAlphanumeric = false
        for byte in bytes {
            if (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) {
                guard separator.isEmpty || (sawAlphanumeric && isSeparator(separator)) else { return false }
                sawAlphanumeric = true
                separator = []
            } else {
                separator.append(byte)
            }
        }
        return sawAlphanumeric && separator.isEmpty
    }

    private func isSeparator(_ bytes: [UInt8]) -> Bool {
        bytes == [0x2E] || bytes == [0x5F] || bytes == [0x5F, 0x5F] || bytes.allSatisfy { $0 == 0x2D }
    }

    private func isAlphanumeric(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte) || (0x30...0x39).contains(byte)
    }

    private func isWord(_ byte: UInt8) -> Bool { isAlphanumeric(byte) || byte == 0x5F }

    private func isHexadecimal(_ byte: UInt8) -> Bool {
        (0x61...0x66).contains(byte) || (0x30...0x39).contains(byte)
    }

    private func error(_ reason: String) -> EngineError {
        EngineError(.invalidArgument, "invalid image name \"\(text)\": \(reason)")
    }
}
