import Engine

/// `--add-host` and `--dns…`, checked as docker checks them.
enum NameOption {
    /// `NAME:ADDRESS` of `NAME:ADDRESS` or `NAME=ADDRESS`; the address may be in brackets, or `host-gateway`.
    static func host(_ text: String) throws(EngineError) -> String {
        guard let separator = text.firstIndex(where: { $0 == ":" || $0 == "=" }), separator > text.startIndex else {
            throw EngineError(
                .invalidArgument, "bad format for add-host: \"\(text)\"", hint: "for instance --add-host web:192.0.2.7")
        }
        var address = text[text.index(after: separator)...]
        if address.hasPrefix("["), address.hasSuffix("]") { address = address.dropFirst().dropLast() }
        guard address == "host-gateway" || IPAddress(address) != nil else {
            throw EngineError(.invalidArgument, "invalid IP address in add-host: \"\(address)\"")
        }
        return "\(text[..<separator]):\(address)"
    }

    /// A name server's address.
    static func server(_ text: String) throws(EngineError) -> IPAddress {
        guard let address = IPAddress(text) else {
            throw EngineError(.invalidArgument, "IP address is not correctly formatted: \(text)")
        }
        return address
    }

    /// A search domain; `.` stands for none.
    static func searchDomain(_ text: String) throws(EngineError) -> String {
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        let isDomain =
            text.utf8.count <= 255
            && labels.allSatisfy { label in
                (1...63).contains(label.utf8.count)
                    && label.utf8.allSatisfy {
                        ($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7a) || (0x30...0x39).contains($0) || $0 == 0x2d
                            || $0 == 0x5f
                    }
            }
        guard text == "." || isDomain else {
            throw EngineError(.invalidArgument, "\(text) is not a valid domain")
        }
        return text
    }
}
