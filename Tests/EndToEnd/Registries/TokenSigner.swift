import Crypto
import Foundation
import Harness

/// Signs JSON web tokens by ES256 (RFC 7518) and sends the certificate along (RFC 7515, `x5c`).
struct TokenSigner: Sendable {
    private let key: P256.Signing.PrivateKey
    private let header: String

    /// Reads key and certificate, both PEM.
    init(key path: String, certificate: String) throws {
        key = try P256.Signing.PrivateKey(pemRepresentation: Command.text(path))
        let body = Command.text(certificate).split(separator: "\n").filter { !$0.hasPrefix("-----") }.joined()
        header = #"{"typ":"JWT","alg":"ES256","x5c":["\#(body)"]}"#
    }

    /// The token of a JSON object of claims.
    func token(_ claims: String) throws -> String {
        let signed = Self.text(Array(header.utf8)) + "." + Self.text(Array(claims.utf8))
        return signed + "." + Self.text(Array(try key.signature(for: Data(signed.utf8)).rawRepresentation))
    }

    /// base64url without padding.
    private static func text(_ bytes: [UInt8]) -> String {
        Data(bytes).base64EncodedString().replacingOccurrences(of: "+", with: "-")
            .replacingOccurrences(of: "/", with: "_").replacingOccurrences(of: "=", with: "")
    }
}
