import Engine
import Foundation
import HTTP
import Harness
import OCI
import Synchronization
import Testing

@testable import Registry

/// Debian's docker-registry on a port of 127.0.0.1.
struct RealRegistry {
    let directory: String
    let child: Child
    let host: String

    static let program = Programs.installed("docker-registry")

    init(more http: String = "", auth: String = "") throws {
        guard let program = Self.program else { throw HarnessError("no docker-registry") }
        directory = try TemporaryDirectory.make("spyhop-registry")
        let configuration = """
            version: 0.1
            log: {level: info}
            storage: {filesystem: {rootdirectory: \(directory)/data}, delete: {enabled: true}}
            http:
              addr: 127.0.0.1:0
              secret: test
            \(http.replacingOccurrences(of: "DIRECTORY", with: directory))
            \(auth.replacingOccurrences(of: "DIRECTORY", with: directory))
            """
        try configuration.write(toFile: "\(directory)/config.yml", atomically: true, encoding: .utf8)
        if http.contains("tls") { try Self.makeCertificate(in: directory) }
        // user:secret
        try "user:$2y$05$abcdefghijklmnopqrstuuOQiyCxlgf/oeuTqixKmWdcYUh4Hjl0a\n".write(
            toFile: "\(directory)/htpasswd", atomically: true, encoding: .utf8)
        let log = "\(directory)/log"
        child = try Command.start([program, "serve", "\(directory)/config.yml"], output: log)
        guard Command.eventually({ Self.address(in: Command.text(log)) != nil }),
            let address = Self.address(in: Command.text(log))
        else {
            let words = Command.text(log)
            child.signal(SIGKILL)
            child.wait()
            try? FileManager.default.removeItem(atPath: directory)
            throw HarnessError("docker-registry does not listen: \(words)")
        }
        host = address
    }

    func stop() {
        child.signal(SIGKILL)
        child.wait()
        try? FileManager.default.removeItem(atPath: directory)
    }

    private static func address(in log: String) -> String? {
        guard let start = log.range(of: "listening on ") else { return nil }
        return String(log[start.upperBound...].prefix { $0.isNumber || $0 == "." || $0 == ":" })
    }

    private static func makeCertificate(in directory: String) throws {
        let words =
            "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout \(directory)/key "
            + "-out \(directory)/crt -days 30 -subj /CN=lab -addext subjectAltName=IP:127.0.0.1"
        let arguments = ["/usr/bin/openssl"] + words.split(separator: " ").map(String.init)
        let outcome = try Command.run(arguments, scratch: directory, seconds: 60)
        guard outcome.code == 0 else { throw HarnessError(outcome.errors) }
    }
}
