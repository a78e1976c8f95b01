import Foundation
import Harness

/// Debian's docker-registry in the calling thread's network namespace, with its blobs beneath a test's directory.
final class RegistryServer {
    /// Who may do what.
    enum Access {
        case everybody
        /// `user` with `password`, over Basic.
        case password
        /// Whoever has a token of the server's.
        case token(TokenServer)
    }

    /// `HOST:PORT`, as in image names.
    let address: String
    let user = "whale"
    let password = "spout"
    private let directory: String
    private let server: Child

    /// Whether this machine has one.
    static let isInstalled = Programs.installed("docker-registry") != nil

    /// Starts it and waits until it answers.
    ///
    /// - Parameters:
    ///   - directory: a directory of the test's; one beneath it is the registry's.
    ///   - authority: who vouches for it; nil makes it speak plain HTTP.
    init(
        in directory: String, host: String = "127.0.0.1", port: Int = 5000, access: Access = .everybody,
        authority: CertificateAuthority? = nil
    ) throws {
        guard let program = Programs.installed("docker-registry") else {
            throw HarnessError("docker-registry is not installed")
        }
        address = "\(host):\(port)"
        self.directory = "\(directory)/registry-\(port)"
        try FileManager.default.createDirectory(atPath: self.directory, withIntermediateDirectories: true)
        let configuration = try Self.configuration(
            address: address, directory: self.directory, access: access, certificate: authority?.certificate(for: host))
        try configuration.write(toFile: self.directory + "/config.yml", atomically: true, encoding: .utf8)
        server = try Command.start(
            [program, "serve", self.directory + "/config.yml"], output: self.directory + "/log")
        let log = self.directory + "/log"
        let listens = Command.eventually { Command.text(log).contains("listening on \(host):\(port)") }
        guard listens else {
            stop()
            throw HarnessError("docker-registry does not come up: \(Command.text(log).suffix(2000))")
        }
    }

    deinit { stop() }

    /// Ends it; what it has stays until the test's directory goes.
    func stop() {
        server.signal(SIGKILL)
        server.wait()
    }

    private static func configuration(
        address: String, directory: String, access: Access, certificate: CertificateAuthority.Certificate?
    ) throws -> String {
        var text = """
            version: 0.1
            log: {level: info}
            storage: {filesystem: {rootdirectory: \(directory)/data}, delete: {enabled: true}}
            http:
              addr: \(address)
              secret: whale

            """
        if let certificate {
            text += "  tls: {certificate: \(certificate.path), key: \(certificate.key)}\n"
        }
        switch access {
        case .everybody: break
        case .password:
            try passwords.write(toFile: directory + "/passwords", atomically: true, encoding: .utf8)
            text += "auth: {htpasswd: {realm: spyhop, path: \(directory)/passwords}}\n"
        case .token(let server):
            text += """
                auth:
                  token: {realm: "\(server.realm)", service: \(server.service), issuer: \(server.issuer), \
                rootcertbundle: \(server.certificate)}

                """
        }
        return text
    }

    /// bcrypt(`password`) with the lowest cost, as htpasswd(1) writes it.
    private static let passwords = "whale:$2y$05$abcdefghijklmnopqrstuuiKMjzk.Y..LZocYyr7qOzY44QOKra22\n"

    /// One request that it has answered.
    struct Request {
        var method: String
        var path: String
        var status: Int
        /// Bytes of the answer's body.
        var written: Int
    }

    /// All requests so far, in the order of their ends. They are logged a moment after the client has its answer.
    var requests: [Request] {
        Command.text(directory + "/log").split(separator: "\n").compactMap { line in
            // The combined log format: HOST - - [TIME] "METHOD PATH HTTP/1.1" STATUS BYTES …
            let parts = line.split(separator: "\"", maxSplits: 2)
            guard parts.count == 3, parts[0].contains("] ") else { return nil }
            let words = parts[1].split(separator: " ")
            let figures = parts[2].split(separator: " ")
            guard words.count == 3, figures.count >= 2, let status = Int(figures[0]), let size = Int(figures[1]) else {
                return nil
            }
            return Request(method: String(words[0]), path: String(words[1]), status: status, written: size)
        }
    }

    /// Requests for the bytes of blobs that were answered with some.
    func fetches(of digest: String = "sha256:") -> [Request] {
        requests.filter {
            $0.method == "GET" && $0.path.contains("/blobs/\(digest)") && [200, 206].contains($0.status)
        }
    }

    /// The file of a blob, for tests that damage it.
    func file(of digest: String) -> String {
        let hex = digest.dropFirst("sha256:".count)
        return "\(directory)/data/docker/registry/v2/blobs/sha256/\(hex.prefix(2))/\(hex)/data"
    }
}
