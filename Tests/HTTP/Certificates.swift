import Foundation
import Harness

/// An authority of the test's own, what it signs, and openssl(1) as a server with that.
struct Certificates {
    let directory: String

    init() throws {
        directory = try TemporaryDirectory.make("spyhop-tls")
        try openssl(
            "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout \(key("ca")) -out \(file("ca")) "
                + "-days 30 -subj /CN=spyhop-test-authority -addext basicConstraints=critical,CA:TRUE")
    }

    /// Signs a certificate for a subject's alternative name, `IP:127.0.0.1`, good for so many days.
    func sign(_ name: String, for alternative: String, days: Int = 30) throws {
        try openssl(
            "req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout \(key(name)) "
                + "-out \(directory)/\(name).csr -subj /CN=\(name)")
        let extensions = "\(directory)/\(name).ext"
        try "subjectAltName=\(alternative)\n".write(toFile: extensions, atomically: true, encoding: .utf8)
        try openssl(
            "x509 -req -in \(directory)/\(name).csr -CA \(file("ca")) -CAkey \(key("ca")) -CAcreateserial "
                + "-out \(file(name)) -extfile \(extensions) -days \(days)")
    }

    func file(_ name: String) -> String { "\(directory)/\(name).crt" }
    func key(_ name: String) -> String { "\(directory)/\(name).key" }

    /// A server that answers every GET with a page; `wanting` has it ask for a client's certificate of the authority.
    func server(_ name: String, wanting: Bool = false) throws -> (child: Child, address: String) {
        let log = "\(directory)/\(UUID().uuidString).log"
        let own = ["s_server", "-www", "-accept", "127.0.0.1:0", "-cert", file(name), "-key", key(name)]
        let more = wanting ? ["-Verify", "2", "-verify_return_error", "-CAfile", file("ca")] : []
        let child = try Command.start(["/usr/bin/openssl"] + own + more, output: log)
        guard Command.eventually({ Self.address(in: Command.text(log)) != nil }),
            let address = Self.address(in: Command.text(log))
        else {
            child.signal(SIGKILL)
            child.wait()
            throw HarnessError("openssl does not listen: \(Command.text(log))")
        }
        return (child, address)
    }

    func remove() { try? FileManager.default.removeItem(atPath: directory) }

    private static func address(in log: String) -> String? {
        guard let line = log.split(separator: "\n").first(where: { $0.hasPrefix("ACCEPT 127") }) else { return nil }
        return String(line.dropFirst("ACCEPT ".count))
    }

    private func openssl(_ words: String) throws {
        let arguments = ["/usr/bin/openssl"] + words.split(separator: " ").map(String.init)
        let outcome = try Command.run(arguments, scratch: directory, seconds: 60)
        guard outcome.code == 0 else { throw HarnessError("openssl \(words): \(outcome.errors)") }
    }
}
