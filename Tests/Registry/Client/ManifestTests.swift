import Engine
import Harness
import OCI
import Testing

@testable import Registry

struct ManifestTests {
    static let text = #"{"schemaVersion":2,"mediaType":"\#(MediaType.manifest)","config":{},"layers":[]}"#

    @Test func aManifestComesWithItsTypeItsDigestAndWhatIsLeftOfTheLimit() async throws {
        try await Lab.run { request in
            guard request.target == "/v2/app/manifests/latest" else { return .unknown }
            let accept = request.headers.filter { $0.name == "Accept" }.map(\.value).joined(separator: ",")
            guard
                [MediaType.index, MediaType.manifest, MediaType.dockerManifest, MediaType.dockerManifestList]
                    .allSatisfy(accept.contains)
            else { return .status(406) }
            return .manifest(Self.text, [("ratelimit-limit", "100;w=21600"), ("ratelimit-remaining", "97;w=21600")])
        } _: { lab async throws in
            let manifest = try await lab.client.manifest(lab.reference)
            #expect(manifest.bytes == Array(Self.text.utf8))
            #expect(manifest.mediaType == MediaType.manifest)
            #expect(manifest.digest == Digest(of: Array(Self.text.utf8)))
            #expect(manifest.rateLimit == "97 of 100 pulls left for 6 h")
            #expect(manifest.mirror == nil)
        }
    }

    @Test func bytesThatDoNotMatchTheDigestAreRefused() async throws {
        let other = Digest(of: [1, 2, 3])
        try await Lab.run { request in
            request.path.contains("manifests")
                ? .status(
                    200, [("Content-Type", MediaType.manifest), ("Docker-Content-Digest", "\(other)")], body: Self.text)
                : .unknown
        } _: { lab async throws in
            #expect(await failure { try await lab.client.manifest(lab.reference) }?.code == .corrupted)
            let byDigest = try ImageReference("\(lab.server.host)/app@\(Digest(of: [9]))")
            #expect(await failure { try await lab.client.manifest(byDigest) }?.code == .corrupted)
        }
    }

    @Test func aManifestOfAHundredMegabytesIsRefusedByItsLengthOrWhileItComes() async throws {
        try await Lab.run { request in
            switch request.path {
            case "/v2/app/manifests/told":
                .head(
                    200, [("Content-Type", MediaType.manifest)], length: 100 << 20,
                    then: [.endless(.init(repeating: 32, count: 65536))])
            case "/v2/app/manifests/untold":
                .head(
                    200, [("Content-Type", MediaType.manifest)], length: nil,
                    then: [.endless(.init(repeating: 32, count: 65536))])
            default: .unknown
            }
        } _: { lab async throws in
            for tag in ["told", "untold"] {
                let reference = try ImageReference("\(lab.server.host)/app:\(tag)")
                let error = await failure { try await lab.client.manifest(reference) }
                #expect(error?.code == .corrupted)
                #expect(error?.message.contains("4 MiB") == true)
            }
            await lab.server.connections(atMost: 1)
            // What the kernel's buffers take counts as sent.
            #expect(lab.server.bytesSent < 60 << 20)
        }
    }

    @Test func dockersFirstSchemaIsUnsupported() async throws {
        try await Lab.run { request in
            request.path.contains("manifests")
                ? .status(
                    200, [("Content-Type", "application/vnd.docker.distribution.manifest.v1+prettyjws")],
                    body: #"{"schemaVersion":1,"fsLayers":[]}"#)
                : .unknown
        } _: { lab async throws in
            #expect(await failure { try await lab.client.manifest(lab.reference) }?.code == .unsupported)
        }
    }

    @Test func whatIsNotThereIsToldInDockersWords() async throws {
        try await Lab.run { request in
            request.path.contains("manifests")
                ? .status(404, body: #"{"errors":[{"code":"MANIFEST_UNKNOWN","message":"manifest unknown"}]}"#)
                : .unknown
        } _: { lab async throws in
            let error = await failure { try await lab.client.manifest(lab.reference) }
            #expect(error?.code == .notFound)
            #expect(error?.message == "manifest for \(lab.reference) not found: manifest unknown")
            #expect(try await lab.client.manifestDescriptor(lab.reference) == nil)
        }
    }

    @Test func aDescriptorComesWithoutTheManifest() async throws {
        try await Lab.run { request in
            request.path.contains("manifests") ? .manifest(Self.text) : .unknown
        } _: { lab async throws in
            let descriptor = try await lab.client.manifestDescriptor(lab.reference)
            #expect(descriptor?.size == Int64(Self.text.utf8.count))
            #expect(descriptor?.digest == "\(Digest(of: Array(Self.text.utf8)))")
            #expect(lab.lines == ["HEAD /v2/app/manifests/latest"])
        }
    }

    @Test func aRegistryWithoutHEADIsAskedForTheManifest() async throws {
        try await Lab.run { request in
            guard request.path.contains("manifests") else { return .unknown }
            return request.method == "HEAD" ? .status(405) : .manifest(Self.text)
        } _: { lab async throws in
            #expect(try await lab.client.manifestDescriptor(lab.reference)?.mediaType == MediaType.manifest)
            #expect(lab.lines.count == 2)
        }
    }

    @Test(arguments: [408, 429, 500, 502, 503, 504])
    func whatMayGetBetterIsTriedAgain(status: Int) async throws {
        let counter = Counter()
        try await Lab.run { request in
            guard request.path.contains("manifests") else { return .unknown }
            return counter.next() < 5 ? .status(status) : .manifest(Self.text)
        } _: { lab async throws in
            _ = try await lab.client.manifest(lab.reference)
            #expect(counter.count == 5)
        }
    }

    @Test func fiveTriesAreEnough() async throws {
        try await Lab.run { request in
            request.path.contains("manifests") ? .status(503, body: "too busy") : .unknown
        } _: { lab async throws in
            let error = await failure { try await lab.client.manifest(lab.reference) }
            #expect(error?.code == .unreachable)
            #expect(error?.message.contains("too busy") == true)
            #expect(lab.lines.count == 5)
        }
    }

    @Test func aLimitThatIsUsedUpIsToldAtOnce() async throws {
        try await Lab.run { request in
            request.path.contains("manifests")
                ? .status(
                    429,
                    [
                        ("ratelimit-limit", "100;w=21600"), ("ratelimit-remaining", "0;w=21600"),
                        ("docker-ratelimit-source", "192.0.2.1"), ("Retry-After", "7200"),
                    ],
                    body: #"{"errors":[{"code":"TOOMANYREQUESTS","message":"You have reached your pull rate limit."}]}"#
                )
                : .unknown
        } _: { lab async throws in
            let error = await failure { try await lab.client.manifest(lab.reference) }
            #expect(error?.code == .denied)
            let words = error?.description ?? ""
            for part in [
                "pull rate limit", "0 of 100 pulls left for 6 h", "192.0.2.1", "try again in 2 h", "spyhop login",
            ] {
                #expect(words.contains(part))
            }
            #expect(lab.lines.count == 1)
        }
    }

    @Test func aRegistryThatIsNotThereIsNotWaitedFor() async throws {
        let closed = try RefusingPort()
        var tuning = RegistryClient.Tuning()
        tuning.backoff.base = 1000
        let client = RegistryClient(RegistryConfiguration(), tuning: tuning)
        let reference = try ImageReference("\(closed.host)/app")
        let error = await failure { try await client.manifest(reference) }
        await client.close()
        #expect(error?.code == .unreachable)
        #expect(
            error?.message == "cannot pull \(closed.host)/app: \(closed.host) refuses connections")
    }

    @Test func aPutManifestMustKeepItsDigest() async throws {
        let other = Digest(of: [1])
        try await Lab.run { request in
            guard request.method == "PUT" else { return .unknown }
            return .status(
                201,
                [("Docker-Content-Digest", request.path.hasSuffix("bad") ? "\(other)" : "\(Digest(of: request.body))")])
        } _: { lab async throws in
            let bytes = Array(Self.text.utf8)
            try await lab.client.putManifest(bytes, mediaType: MediaType.manifest, as: lab.reference)
            let request = try #require(lab.server.requests.last)
            #expect(request.target == "/v2/app/manifests/latest")
            #expect(request.header("content-type") == MediaType.manifest)
            #expect(request.body == bytes)
            let bad = try ImageReference("\(lab.server.host)/app:bad")
            let error = await failure {
                try await lab.client.putManifest(bytes, mediaType: MediaType.manifest, as: bad)
            }
            #expect(error?.code == .corrupted)
        }
    }
}
