import Engine
import HTTP
import LinuxSystem

/// Authorities and certificates that are meant for one host, as docker keeps them: `HOST[:PORT]/*.crt`, `*.cert`,
/// `*.key`.
struct CertificateDirectories: Sendable {
    let paths: [String]

    /// What all directories have for a host.
    /// - Throws: `.invalidArgument` when a certificate of the client has no key beside it.
    func trust(for names: [String]) throws(EngineError) -> HTTPTrust {
        var trust = HTTPTrust()
        for path in paths {
            for name in names where name != "." && name != ".." && !name.contains("/") {
                try add("\(path)/\(name)", to: &trust)
            }
        }
        return trust
    }

    private func add(_ directory: String, to trust: inout HTTPTrust) throws(EngineError) {
        guard let entries = try? Files.list(directory) else { return }
        let names = entries.map(\.name).sorted()
        for name in names {
            let path = "\(directory)/\(name)"
            if name.hasSuffix(".crt"), !trust.authorities.contains(path) { trust.authorities.append(path) }
            guard name.hasSuffix(".cert"), trust.identity == nil else { continue }
            let key = String(name.dropLast(".cert".count)) + ".key"
            guard names.contains(key) else {
                throw EngineError(
                    .invalidArgument, "the certificate \(shown(path)) has no key beside it",
                    hint: "put its key into \(shown(key)) in the same directory")
            }
            trust.identity = HTTPTrust.Identity(certificate: path, key: "\(directory)/\(key)")
        }
    }
}
