import Foundation
import Harness

/// An authority of one test's own, made by openssl(1), and the certificates that it signs.
final class CertificateAuthority {
    struct Certificate {
        /// PEM.
        var path: String
        /// The private key, PEM.
        var key: String
    }

    private let directory: String

    /// Its own certificate, PEM: what clients trust.
    var path: String { directory + "/ca.crt" }

    /// Its private key, PEM.
    var keyPath: String { directory + "/ca.key" }

    /// Whether this machine can make one.
    static let isInstalled = Programs.installed("openssl") != nil

    /// Makes one beneath a test's directory.
    init(in directory: String) throws {
        self.directory = directory + "/authority"
        try FileManager.default.createDirectory(atPath: self.directory, withIntermediateDirectories: true)
        try openssl("req", "-x509", "-subj", "/CN=Spyhop's tests", "-keyout", "ca.key", "-out", "ca.crt", "-days", "2")
    }

    /// A certificate for a server at an address or for a client by a name, that the authority has signed.
    func certificate(for host: String) throws -> Certificate {
        let kind = host.allSatisfy { "0123456789.:".contains($0) } ? "IP" : "DNS"
        try "subjectAltName=\(kind):\(host)".write(
            toFile: directory + "/extensions", atomically: true, encoding: .utf8)
        try openssl("req", "-new", "-subj", "/CN=\(host)", "-keyout", "\(host).key", "-out", "\(host).csr")
        try openssl(
            ["x509", "-req", "-in", "\(host).csr", "-CA", "ca.crt", "-CAkey", "ca.key", "-CAcreateserial"]
                + ["-out", "\(host).crt", "-days", "2", "-extfile", "extensions"])
        return Certificate(path: "\(directory)/\(host).crt", key: "\(directory)/\(host).key")
    }

    private func openssl(_ request: String, _ arguments: String...) throws {
        try openssl([request, "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"] + arguments)
    }

    private func openssl(_ arguments: [String]) throws {
        let program = Programs.installed("openssl") ?? "openssl"
        let words = ["/bin/sh", "-c", #"cd "$0" && exec "$@""#, directory, program] + arguments
        let outcome = try Command.run(words, scratch: directory)
        guard outcome.code == 0 else { throw HarnessError("openssl \(arguments): \(outcome.errors)") }
    }
}
