import Foundation
import HTTP
import Harness
import Testing

struct TrustTests {
    @Test func anAuthorityOfOnesOwnIsTrustedWhenItIsNamed() async throws {
        try await withServer("good", for: "IP:127.0.0.1") { certificates, address in
            var options = HTTPOptions()
            options.trust.authorities = [certificates.file("ca")]
            #expect(await status(options, address) == 200)
        }
    }

    @Test func anUnknownAuthorityIsRefusedUnlessNothingIsVerified() async throws {
        try await withServer("unknown", for: "IP:127.0.0.1") { _, address in
            var options = HTTPOptions()
            #expect(await failure(options, address) == .tls(address, .unknownAuthority))
            options.trust.isBlind = true
            #expect(await status(options, address) == 200)
        }
    }

    @Test func aCertificateForAnotherHostIsRefused() async throws {
        try await withServer("other", for: "DNS:elsewhere.example") { certificates, address in
            var options = HTTPOptions()
            options.trust.authorities = [certificates.file("ca")]
            #expect(await failure(options, address) == .tls(address, .otherHost))
        }
    }

    @Test func aCertificateThatIsOverIsToldAsThat() async throws {
        try await withServer("over", for: "IP:127.0.0.1", days: -1) { certificates, address in
            var options = HTTPOptions()
            options.trust.authorities = [certificates.file("ca")]
            #expect(await failure(options, address) == .tls(address, .outOfDate))
        }
    }

    @Test func aServerThatWantsACertificateGetsIt() async throws {
        try await withServer("wanting", for: "IP:127.0.0.1", wanting: true) { certificates, address in
            try certificates.sign("client", for: "DNS:client.example")
            var options = HTTPOptions()
            options.trust.authorities = [certificates.file("ca")]
            #expect(await failure(options, address) == .tls(address, .clientCertificate))
            options.trust.identity = HTTPTrust.Identity(
                certificate: certificates.file("client"), key: certificates.key("client"))
            #expect(await status(options, address) == 200)
        }
    }

    @Test func aFileThatIsNoCertificateIsNamed() async throws {
        let directory = try TemporaryDirectory.make("spyhop-tls")
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let path = "\(directory)/ca.crt"
        try "nothing".write(toFile: path, atomically: true, encoding: .utf8)
        for name in [path, "\(directory)/missing.crt"] {
            var options = HTTPOptions()
            options.trust.authorities = [name]
            guard case .unusableFile(name, _) = await failure(options, "127.0.0.1:1") else {
                Issue.record("another failure for \(name)")
                continue
            }
        }
    }

    private func withServer(
        _ name: String, for alternative: String, days: Int = 30, wanting: Bool = false,
        _ body: (Certificates, String) async throws -> Void
    ) async throws {
        let certificates = try Certificates()
        defer { certificates.remove() }
        try certificates.sign(name, for: alternative, days: days)
        let (child, address) = try certificates.server(name, wanting: wanting)
        defer {
            child.signal(SIGKILL)
            child.wait()
        }
        try await body(certificates, address)
    }

    private func status(_ options: HTTPOptions, _ address: String) async -> Int? {
        let connector = HTTPConnector(options)
        let answer = try? await connector.send(HTTPRequest("GET", "https://\(address)/"))
        await connector.close()
        return answer?.status
    }

    private func failure(_ options: HTTPOptions, _ address: String) async -> HTTPFailure? {
        let connector = HTTPConnector(options)
        let failure = await connector.failure("https://\(address)/")
        await connector.close()
        return failure
    }
}
