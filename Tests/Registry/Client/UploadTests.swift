import Engine
import Harness
import OCI
import Synchronization
import Testing

@testable import Registry

struct UploadTests {
    private static let content: [UInt8] = (0..<250_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
    private static let descriptor = Descriptor(
        mediaType: MediaType.layer, digest: "\(Digest(of: content))", size: Int64(content.count))

    private func upload(
        _ lab: Lab, _ descriptor: Descriptor = descriptor, progress: @escaping @Sendable (Int64) -> Void = { _ in }
    ) async throws {
        try await lab.client.uploadBlob(
            descriptor, to: lab.reference,
            read: { offset in Array(Self.content[Int(offset)..<min(Int(offset) + 30_000, Self.content.count)]) },
            progress: progress)
    }

    private func run(
        _ script: UploadScript, chunk: Int64 = 100_000, cutting cut: @escaping ScriptedServer.Cut = { _ in nil },
        _ body: (Lab) async throws -> Void
    ) async throws {
        try await Lab.run(tune: { $0.chunk = chunk }, cutting: cut, script: { script.answer($0) }, body)
    }

    @Test func aBlobGoesInChunksAndIsThenWhole() async throws {
        let script = UploadScript()
        let told = Mutex<[Int64]>([])
        try await run(script) { lab async throws in
            try await upload(lab) { bytes in told.withLock { $0.append(bytes) } }
            #expect(try await lab.client.hasBlob(Digest(of: Self.content), in: lab.reference))
        }
        #expect(script.stored == [Self.content])
        #expect(script.ranges == ["0-99999", "100000-199999", "200000-249999"])
        #expect(told.withLock { $0 } == [0, 100_000, 200_000, 250_000, 250_000])
    }

    @Test func aRegistryThatWantsLargerChunksGetsThem() async throws {
        let script = UploadScript(least: 200_000)
        try await run(script) { try await upload($0) }
        #expect(script.ranges == ["0-199999", "200000-249999"])
    }

    @Test func anEmptyBlobIsUploadedToo() async throws {
        let script = UploadScript()
        try await run(script) { lab in
            try await upload(lab, Descriptor(mediaType: MediaType.layer, digest: "\(Digest(of: []))", size: 0))
        }
        #expect(script.stored == [[]])
    }

    @Test func afterABrokenConnectionItGoesOnWhereTheRegistryIs() async throws {
        let script = UploadScript()
        let cuts = Counter()
        // Of the second chunk the registry has got 40000 bytes when the connection breaks.
        let cut: ScriptedServer.Cut = { request in
            guard request.method == "PATCH", cuts.next() == 2 else { return nil }
            return 40_000
        }
        try await run(script, cutting: cut) { try await upload($0) }
        #expect(script.stored == [Self.content])
        #expect(script.ranges == ["0-99999", "100000-199999", "140000-239999", "240000-249999"])
    }

    @Test func aRegistryThatCountsOtherwiseIsAskedForItsCount() async throws {
        let script = UploadScript { request, patches in
            request.method == "PATCH" && patches == 2 ? .status(416, [("Range", "0-99999")]) : nil
        }
        try await run(script) { try await upload($0) }
        #expect(script.stored == [Self.content])
    }

    @Test func aLostSessionIsBegunAnew() async throws {
        let script = UploadScript { request, patches in
            request.method == "PATCH" && patches == 2 ? .status(404) : nil
        }
        try await run(script) { try await upload($0) }
        #expect(script.stored == [Self.content])
        #expect(script.ranges.filter { $0 == "0-99999" }.count == 2)
    }

    @Test func aRegistryThatLosesEverySessionIsGivenUp() async throws {
        let script = UploadScript { request, _ in request.method == "PATCH" ? .status(404) : nil }
        try await run(script) { lab async throws in
            #expect(await failure { try await upload(lab) }?.code == .unreachable)
            #expect(lab.lines.count == 10)
        }
    }

    @Test func aRegistryThatNeverTakesTheNextBytesIsGivenUp() async throws {
        let script = UploadScript { request, patches in request.method == "PATCH" && patches > 1 ? .status(416) : nil }
        try await run(script) { lab async throws in
            let error = await failure { try await upload(lab) }
            #expect(error?.code == .unreachable)
            #expect(lab.lines.count < 20)
        }
    }

    @Test func anAnswerThatIsLostAtTheEndDoesNotMatter() async throws {
        let script = UploadScript()
        let cuts = Counter()
        // The registry has got the closing request, and its answer never arrives.
        let cut: ScriptedServer.Cut = { $0.method == "PUT" && cuts.next() == 1 ? 0 : nil }
        try await run(script, cutting: cut) { lab async throws in
            try await upload(lab)
            #expect(lab.lines.last?.hasPrefix("HEAD ") == true)
        }
        #expect(script.stored == [Self.content])
    }

    @Test func aDigestThatDoesNotFitIsCorrupted() async throws {
        try await run(UploadScript()) { lab async throws in
            let other = Descriptor(mediaType: MediaType.layer, digest: "\(Digest(of: [1]))", size: 250_000)
            #expect(await failure { try await upload(lab, other) }?.code == .corrupted)
        }
    }

    @Test func aSourceThatEndsEarlyIsCorrupted() async throws {
        try await run(UploadScript()) { lab async throws in
            let error = await failure {
                try await lab.client.uploadBlob(
                    Self.descriptor, to: lab.reference,
                    read: { $0 < 50_000 ? [UInt8](repeating: 0, count: 50_000) : [] },
                    progress: { _ in })
            }
            #expect(error?.code == .corrupted)
        }
    }

    @Test func whoMayNotPushIsToldSo() async throws {
        let script = UploadScript { request, _ in
            request.method == "POST"
                ? .status(
                    403, body: #"{"errors":[{"code":"DENIED","message":"requested access to the resource is denied"}]}"#
                )
                : nil
        }
        try await run(script) { lab async throws in
            let error = await failure { try await upload(lab) }
            #expect(error?.code == .denied)
            #expect(error?.message.contains("requested access to the resource is denied") == true)
        }
    }

    @Test func aBlobOfAnotherRepositoryIsTakenOver() async throws {
        let digest = Digest(of: [1])
        let mounted = UploadScript { request, _ in
            request.target == "/v2/app/blobs/uploads/?mount=\(digest)&from=base" ? .status(201) : nil
        }
        try await run(mounted) { lab async throws in
            let base = try ImageReference("\(lab.server.host)/base")
            #expect(try await lab.client.mountBlob(digest, from: base, into: lab.reference))
            #expect(
                try await !lab.client.mountBlob(digest, from: ImageReference("other.example/base"), into: lab.reference)
            )
        }
    }

    @Test func aRegistryThatBeginsAnUploadInsteadIsToldToForgetIt() async throws {
        try await run(UploadScript()) { lab async throws in
            let base = try ImageReference("\(lab.server.host)/base")
            #expect(try await !lab.client.mountBlob(Digest(of: [1]), from: base, into: lab.reference))
            #expect(lab.lines.last == "DELETE /v2/app/blobs/uploads/1?_state=a%2Bb%3D")
        }
    }

    @Test func aSourceThatOneMayNotReadIsNoReasonToStop() async throws {
        try await run(UploadScript { request, _ in request.method == "POST" ? .status(403) : nil }) {
            lab async throws in
            let base = try ImageReference("\(lab.server.host)/base")
            #expect(try await !lab.client.mountBlob(Digest(of: [1]), from: base, into: lab.reference))
        }
    }
}
