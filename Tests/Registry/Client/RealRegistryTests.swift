import Engine
import Foundation
import HTTP
import Harness
import OCI
import Synchronization
import Testing

@testable import Registry

@Suite(.enabled(if: RealRegistry.program != nil))
struct RealRegistryTests {
    private static let content: [UInt8] = (0..<5_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 5) }

    private func withClient(
        _ registry: RealRegistry, _ credentials: RegistryCredentials? = nil,
        _ body: (RegistryClient) async throws -> Void
    ) async throws {
        defer { registry.stop() }
        var configuration = RegistryConfiguration()
        if let credentials { configuration.credentials = FakeCredentials(kept: [registry.host: credentials]) }
        var tuning = RegistryClient.Tuning()
        tuning.chunk = 1_500_000
        let client = RegistryClient(configuration, tuning: tuning)
        do {
            try await body(client)
        } catch {
            await client.close()
            throw error
        }
        await client.close()
    }

    private func push(_ client: RegistryClient, _ name: String) async throws -> (ImageReference, Descriptor) {
        let reference = try ImageReference(name)
        let blob = Descriptor(
            mediaType: MediaType.layer, digest: "\(Digest(of: Self.content))", size: Int64(Self.content.count))
        try await client.uploadBlob(
            blob, to: reference,
            read: { Array(Self.content[Int($0)..<min(Int($0) + 100_000, Self.content.count)]) }, progress: { _ in })
        let config = Descriptor(mediaType: MediaType.configuration, digest: "\(Digest(of: [123, 125]))", size: 2)
        try await client.uploadBlob(config, to: reference, read: { Array([123, 125][Int($0)...]) }, progress: { _ in })
        let manifest = try JSONEncoder().encode(ImageManifest(config: config, layers: [blob]))
        try await client.putManifest(Array(manifest), mediaType: MediaType.manifest, as: reference)
        return (reference, blob)
    }

    @Test func whatIsPushedIsFoundAndComesBack() async throws {
        let registry = try RealRegistry()
        try await withClient(registry) { client async throws in
            let (reference, blob) = try await push(client, "\(registry.host)/team/app:1.0")
            let manifest = try await client.manifest(reference)
            #expect(manifest.mediaType == MediaType.manifest)
            #expect(try await client.manifestDescriptor(reference)?.digest == "\(manifest.digest)")
            let sink = Sink()
            try await client.fetchBlob(blob, of: reference) { sink.take($0) }
            #expect(sink.bytes == Self.content)
            let rest = Sink()
            try await client.fetchBlob(blob, of: reference, from: 4_000_000) { rest.take($0) }
            #expect(rest.bytes == Array(Self.content[4_000_000...]))
            #expect(try await client.tags(of: reference) == ["1.0"])
            let found = try await client.search(RegistrySearch(term: "\(registry.host)/app"))
            #expect(found.map(\.name) == ["\(registry.host)/team/app"])
        }
    }

    @Test func aBlobIsTakenOverFromAnotherRepository() async throws {
        let registry = try RealRegistry()
        try await withClient(registry) { client async throws in
            let (reference, blob) = try await push(client, "\(registry.host)/base")
            let digest = try Digest.parse(blob.digest, in: "the test")
            let other = try ImageReference("\(registry.host)/other")
            #expect(try await !client.hasBlob(digest, in: other))
            #expect(try await client.mountBlob(digest, from: reference, into: other))
            #expect(try await client.hasBlob(digest, in: other))
            #expect(try await !client.mountBlob(Digest(of: [7]), from: reference, into: other))
        }
    }

    @Test func whatIsNotThereIsNotFound() async throws {
        let registry = try RealRegistry()
        try await withClient(registry) { client async throws in
            let reference = try ImageReference("\(registry.host)/nothing")
            #expect(await failure { try await client.manifest(reference) }?.code == .notFound)
            #expect(await failure { try await client.tags(of: reference) }?.code == .notFound)
            #expect(try await client.referrers(of: Digest(of: [1]), in: reference).isEmpty)
        }
    }

    @Test func aRegistryOverTLSWithAPasswordIsSpokenToAsWell() async throws {
        let tls = "  tls: {certificate: DIRECTORY/crt, key: DIRECTORY/key}"
        let registry = try RealRegistry(more: tls, auth: "auth: {htpasswd: {realm: lab, path: DIRECTORY/htpasswd}}")
        let good = RegistryCredentials.password(username: "user", password: "secret")
        try await withClient(registry, good) { client async throws in
            let (reference, _) = try await push(client, "\(registry.host)/app")
            _ = try await client.manifest(reference)
            try await client.checkLogin(good, registry: registry.host)
            let bad = RegistryCredentials.password(username: "user", password: "wrong")
            #expect(await failure { try await client.checkLogin(bad, registry: registry.host) }?.code == .denied)
        }
    }
}
