import FoundationEssentials

/// An absolute `http:` or `https:` URL, taken apart by the same rules by which it will be asked.
struct WebAddress: Hashable, Sendable, CustomStringConvertible {
    /// Scheme, host and port: what credentials belong to (RFC 6454).
    struct Origin: Hashable, Sendable {
        let isSecure: Bool
        /// Lower case, without brackets.
        let host: String
        let port: Int

        /// `host[:port]`, the port left out when it is the scheme's own.
        var authority: String {
            let name = host.contains(":") ? "[\(host)]" : host
            return port == (isSecure ? 443 : 80) ? name : "\(name):\(port)"
        }
    }

    let origin: Origin
    /// As it is asked, without a fragment and without a user's name.
    let description: String
    private let url: URL

    /// `nil` when `text` is nothing that can be asked.
    init?(_ text: String) {
        guard text.utf8.count <= 16384, let url = URL(string: text) else { return nil }
        self.init(url)
    }

    private init?(_ url: URL) {
        guard let scheme = url.scheme?.lowercased(), scheme == "https" || scheme == "http",
            let host = url.host(percentEncoded: true)?.lowercased(), !host.isEmpty, !host.contains("%"),
            url.user() == nil, url.password() == nil
        else { return nil }
        let isSecure = scheme == "https"
        let port = url.port ?? (isSecure ? 443 : 80)
        guard (1...65535).contains(port) else { return nil }
        origin = Origin(isSecure: isSecure, host: host.filter { $0 != "[" && $0 != "]" }, port: port)
        let text = url.absoluteString
        description = String(text.prefix { $0 != "#" })
        self.url = url
    }

    /// The path, percent-encoded.
    var path: String { url.path(percentEncoded: true) }

    /// What a Location or Link means that was told at this address (RFC 3986, section 5).
    func resolving(_ reference: String) -> WebAddress? {
        guard reference.utf8.count <= 16384, let target = URL(string: reference, relativeTo: url) else { return nil }
        return WebAddress(target.absoluteURL)
    }

    /// The same with more parameters behind those it has.
    func adding(_ parameters: [(name: String, value: String)]) -> WebAddress? {
        guard !parameters.isEmpty else { return self }
        let query = parameters.map { "\($0.name)=\(Self.encoded($0.value))" }.joined(separator: "&")
        let text = description
        let joint = text.contains("?") ? (text.hasSuffix("?") || text.hasSuffix("&") ? "" : "&") : "?"
        return WebAddress(text + joint + query)
    }

    /// Percent-encoded but for what no query and no form gives a meaning.
    static func encoded(_ text: String) -> String {
        var out = ""
        for byte in text.utf8 {
            let isPlain =
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || "-._~:/,".utf8.contains(byte)
            if isPlain {
                out.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                out += (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
            }
        }
        return out
    }
}
