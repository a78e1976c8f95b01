import Foundation
import Harness
import Testing

/// A dockerd behind TLS that wants a certificate of whoever comes.
@Suite(.needsRoot, .enabled(if: DockerDaemon.isInstalled, "needs dockerd"))
struct SecuredEngineTests {
    /// An authority, a server's certificate for 127.0.0.1 and a client's, made by openssl.
    private static func makeCertificates(in directory: String) throws {
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        try "subjectAltName=IP:127.0.0.1\n".write(
            toFile: directory + "/server.ext", atomically: true, encoding: .utf8)
        try "extendedKeyUsage=clientAuth\n".write(
            toFile: directory + "/client.ext", atomically: true, encoding: .utf8)
        let script = """
            set -e; cd "\(directory)"
            openssl req -x509 -newkey rsa:2048 -nodes -keyout ca-key.pem -out ca.pem -subj /CN=authority -days 2
            openssl req -newkey rsa:2048 -nodes -keyout server-key.pem -out server.csr -subj /CN=engine
            openssl x509 -req -in server.csr -CA ca.pem -CAkey ca-key.pem -CAcreateserial -out server.pem -days 2 -extfile server.ext
            openssl req -newkey rsa:2048 -nodes -keyout key.pem -out client.csr -subj /CN=client
            openssl x509 -req -in client.csr -CA ca.pem -CAkey ca-key.pem -CAcreateserial -out cert.pem -days 2 -extfile client.ext
            openssl req -x509 -newkey rsa:2048 -nodes -keyout other-key.pem -out other.pem -subj /CN=other -days 2
            """
        let made = try Command.run(["/bin/sh", "-c", script], scratch: directory)
        guard made.code == 0 else { throw HarnessError("no certificates: \(made.errors)") }
    }

    @Test func certificatesOpenTheWayAndTheWrongOnesAreTold() throws {
        let port = UInt16.random(in: 30_001...32_000)
        try DockerDaemon.with({ directory in
            try Self.makeCertificates(in: directory + "/tls")
            return [
                "--host", "tcp://127.0.0.1:\(port)", "--tlsverify", "--tlscacert", directory + "/tls/ca.pem",
                "--tlscert", directory + "/tls/server.pem", "--tlskey", directory + "/tls/server-key.pem",
            ]
        }) { docker in
            let tls = docker.directory + "/tls"
            func ask(_ arguments: [String], _ variables: [String] = []) throws -> Outcome {
                try Command.run(
                    [Programs.spyhop] + arguments,
                    environment: [Command.searchPath, "HOME=\(docker.directory)/home"] + variables,
                    scratch: docker.directory, seconds: 60)
            }
            let address = ["--engine", "docker", "-H", "tcp://127.0.0.1:\(port)"]
            let own = ["--tlscacert", tls + "/ca.pem", "--tlscert", tls + "/cert.pem", "--tlskey", tls + "/key.pem"]
            let listed = try ask(address + ["--tlsverify"] + own + ["images", "-q"])
            #expect(listed.lines.count == 1, "\(listed.errors)")
            let variables = [
                "DOCKER_HOST=tcp://127.0.0.1:\(port)", "DOCKER_TLS_VERIFY=1", "DOCKER_CERT_PATH=\(tls)",
            ]
            #expect(try ask(["--engine", "docker", "images", "-q"], variables).lines.count == 1)
            let ran = try ask(
                address + own + ["run", "--rm", "-i", "--network", "none", "busybox", "echo", "secured"])
            #expect(ran.output == "secured\n", "\(ran.errors)")

            let made = try ask([
                "context", "create", "safe", "--docker",
                "host=tcp://127.0.0.1:\(port),ca=\(tls)/ca.pem,cert=\(tls)/cert.pem,key=\(tls)/key.pem",
            ])
            #expect(made.code == 0, "\(made.errors)")
            #expect(try ask(["--context", "safe", "images", "-q"]).lines.count == 1)

            let nobody = try ask(address + ["--tlsverify", "--tlscacert", tls + "/ca.pem", "ps"])
            #expect(nobody.code == 1 && nobody.errors.contains("certificate"), "\(nobody.errors)")
            let stranger = try ask(
                address + ["--tlsverify", "--tlscacert", tls + "/other.pem"] + own.dropFirst(2) + ["ps"])
            #expect(stranger.code == 1 && stranger.errors.contains("authority"), "\(stranger.errors)")
            let plain = try ask(address + ["ps"])
            #expect(plain.code == 1 && !plain.errors.isEmpty, "\(plain.errors)")
        }
    }
}
