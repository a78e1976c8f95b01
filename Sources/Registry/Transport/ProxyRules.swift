import Engine
import FoundationEssentials
import HTTP

/// Which proxy leads to a server, by the rules of Go's `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY`.
struct ProxyRules: Sendable {
    let plain: String?
    let secure: String?
    let direct: [String]

    /// The proxy for a server; `nil` when it is reached directly, as the machine itself always is.
    /// - Throws: `.invalidArgument` when the proxy's address cannot be read.
    func proxy(for origin: WebAddress.Origin) throws(EngineError) -> HTTPProxy? {
        guard let text = origin.isSecure ? secure : plain, !text.isEmpty, !HostRules.isLoopback(origin.authority),
            !isDirect(origin)
        else { return nil }
        return try Self.parse(text)
    }

    /// Reads `http://user:password@proxy:3128`; without a scheme it is `http`, without a port 80, or 1080 for `socks5`.
    static func parse(_ text: String) throws(EngineError) -> HTTPProxy {
        // The address may hold a password, so it is not told.
        let problem = EngineError(
            .invalidArgument, "the proxy's address cannot be read",
            hint: "write it as http://HOST:PORT or socks5://HOST:PORT")
        guard let url = URL(string: text.contains("://") ? text : "http://" + text),
            let host = url.host(percentEncoded: false)?.filter({ $0 != "[" && $0 != "]" }), !host.isEmpty
        else { throw problem }
        let port = url.port
        guard port.map({ (1...65535).contains($0) }) ?? true else { throw problem }
        switch url.scheme?.lowercased() {
        case "http":
            return HTTPProxy(
                .http, host: host, port: port ?? 80, username: url.user(percentEncoded: false),
                password: url.password(percentEncoded: false) ?? "")
        case "socks5", "socks5h": return HTTPProxy(.socks, host: host, port: port ?? 1080)
        default:
            throw EngineError(
                .unsupported, "a proxy is spoken to by HTTP or SOCKS 5, not by \"\(shown(url.scheme ?? ""))\"",
                hint: "write it as http://HOST:PORT or socks5://HOST:PORT")
        }
    }

    private func isDirect(_ origin: WebAddress.Origin) -> Bool {
        direct.contains { rule in
            let rule = rule.lowercased()
            if rule == "*" { return true }
            if let prefix = IPPrefix(rule), let address = IPAddress(origin.host) {
                return Self.contains(prefix, address)
            }
            var name = rule
            if let colon = rule.lastIndex(of: ":"), let port = Int(rule[rule.index(after: colon)...]) {
                // An IPv6 address has several colons, and its last group is no port.
                if !rule[..<colon].contains(":") || rule[..<colon].hasSuffix("]") {
                    guard port == origin.port else { return false }
                    name = String(rule[..<colon])
                }
            }
            name = name.filter { $0 != "[" && $0 != "]" }
            if name.hasPrefix("*.") { name.removeFirst() }
            if name.hasPrefix(".") { return origin.host.hasSuffix(name) }
            return origin.host == name || origin.host.hasSuffix(".\(name)")
        }
    }

    private static func contains(_ prefix: IPPrefix, _ address: IPAddress) -> Bool {
        guard prefix.address.isIPv4 == address.isIPv4 else { return false }
        return zip(prefix.address.bytes, address.bytes).enumerated().allSatisfy { index, pair in
            let shared = min(max(prefix.length - 8 * index, 0), 8)
            return (pair.0 ^ pair.1) >> UInt8(8 - shared) == 0
        }
    }
}
