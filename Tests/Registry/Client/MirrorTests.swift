import Engine
import Harness
import OCI
import Testing

@testable import Registry

struct MirrorTests {
    /// Runs with a mirror beside a registry that has everything.
    private func withMirror(
        _ script: @escaping ScriptedServer.Script, _ body: (Lab, ScriptedServer) async throws -> Void
    ) async throws {
        let mirror = try ScriptedServer(script: script)
        defer { mirror.stop() }
        let secret = RegistryCredentials.password(username: "user", password: "secret")
        try await Lab.run(configure: { configuration, host in
            configuration.hosts[host, default: .init()].mirrors = ["http://\(mirror.host)"]
            configuration.credentials = FakeCredentials(kept: [host: secret])
        }) { request in
            guard request.header("authorization") != nil else {
                return .status(401, [("WWW-Authenticate", "Basic realm=\"lab\"")])
            }
            if request.method == "POST" { return .status(201) }
            if request.path.contains("blobs") { return .status(200, body: [1, 2, 3]) }
            return request.path.contains("manifests") ? .manifest(ManifestTests.text) : .unknown
        } _: { lab async throws in
            try await body(lab, mirror)
        }
    }

    private let blob = Descriptor(mediaType: MediaType.layer, digest: "\(Digest(of: [1, 2, 3]))", size: 3)

    @Test func aMirrorIsAskedFirstAndWithoutTheRegistrysCredentials() async throws {
        try await withMirror { request in
            if request.path.contains("blobs") { return .status(200, body: [1, 2, 3]) }
            return request.path == "/v2/" ? .status(200) : .manifest(ManifestTests.text)
        } _: { lab, mirror async throws in
            let manifest = try await lab.client.manifest(lab.reference)
            #expect(manifest.mirror == mirror.host)
            #expect(try await lab.client.blob(blob, of: lab.reference, limit: 10) == [1, 2, 3])
            #expect(lab.server.requests.isEmpty)
            #expect(mirror.requests.allSatisfy { $0.header("authorization") == nil })
        }
    }

    @Test func aMirrorThatAsksForAPasswordGetsNone() async throws {
        try await withMirror { _ in
            .status(401, [("WWW-Authenticate", "Basic realm=\"lab\"")])
        } _: { lab, mirror async throws in
            #expect(try await lab.client.manifest(lab.reference).mirror == nil)
            #expect(mirror.requests.allSatisfy { $0.header("authorization") == nil })
        }
    }

    @Test(arguments: [404, 500, 403])
    func aMirrorThatFailsIsPassedOver(status: Int) async throws {
        try await withMirror {
            $0.path == "/v2/" ? .status(200) : .status(status)
        } _: { lab, mirror async throws in
            #expect(try await lab.client.manifest(lab.reference).mirror == nil)
            #expect(try await lab.client.blob(blob, of: lab.reference, limit: 10) == [1, 2, 3])
            #expect(mirror.requests.count > 1)
        }
    }

    @Test func aMirrorThatLiesAboutADigestIsPassedOver() async throws {
        try await withMirror { request in
            request.path == "/v2/" ? .status(200) : .manifest("{\"config\":{},\"lies\":true}")
        } _: { lab, _ async throws in
            let reference = try ImageReference("\(lab.server.host)/app@\(Digest(of: Array(ManifestTests.text.utf8)))")
            #expect(try await lab.client.manifest(reference).mirror == nil)
        }
    }

    @Test func aMirrorThatBreaksInTheMiddleIsRelievedByTheRegistry() async throws {
        try await withMirror { request in
            request.path.contains("blobs") ? .head(200, length: 3, then: [.bytes([1])], closes: true) : .status(200)
        } _: { lab, _ async throws in
            let sink = Sink()
            try await lab.client.fetchBlob(blob, of: lab.reference) { sink.take($0) }
            #expect(sink.bytes == [1, 2, 3])
        }
    }

    @Test func aMirrorThatIsNotThereIsAskedOnce() async throws {
        let gone = try RefusingPort()
        try await Lab.run(configure: { $0.hosts[$1, default: .init()].mirrors = ["http://\(gone.host)"] }) { request in
            request.path.contains("manifests") ? .manifest(ManifestTests.text) : .unknown
        } _: { lab async throws in
            #expect(try await lab.client.manifest(lab.reference).mirror == nil)
            #expect(try await lab.client.manifest(lab.reference).mirror == nil)
        }
        withExtendedLifetime(gone) {}
    }

    @Test func nothingIsPushedToAMirror() async throws {
        try await withMirror { _ in
            .status(200)
        } _: { lab, mirror async throws in
            let source = try ImageReference("\(lab.server.host)/base")
            #expect(try await lab.client.mountBlob(Digest(of: [1]), from: source, into: lab.reference))
            #expect(mirror.requests.isEmpty)
        }
    }
}
