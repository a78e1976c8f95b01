import Engine
import Harness
import OCI
import Testing

@testable import Registry

struct BlobTests {
    private static let content: [UInt8] = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
    private static let descriptor = Descriptor(
        mediaType: MediaType.layer, digest: "\(Digest(of: content))", size: Int64(content.count))

    /// The rest of the content that a request's Range asks for, as an honest server gives it.
    private static func honest(_ request: ScriptedRequest) -> ScriptedAnswer {
        guard let start = start(request) else { return .status(200, body: content) }
        return .status(
            206, [("Content-Range", "bytes \(start)-\(content.count - 1)/\(content.count)")],
            body: Array(content[start...]))
    }

    private static func start(_ request: ScriptedRequest) -> Int? {
        request.header("range").flatMap { Int($0.dropFirst("bytes=".count).dropLast()) }
    }

    private func fetch(_ lab: Lab, from offset: Int64 = 0, _ sink: Sink) async throws {
        try await lab.client.fetchBlob(Self.descriptor, of: lab.reference, from: offset) { sink.take($0) }
    }

    @Test func aBlobComesWholeOrFromAnOffset() async throws {
        try await Lab.run {
            $0.path.contains("blobs") ? Self.honest($0) : .unknown
        } _: { lab async throws in
            let sink = Sink()
            try await fetch(lab, sink)
            #expect(sink.bytes == Self.content)
            let rest = Sink()
            try await fetch(lab, from: 299_000, rest)
            #expect(rest.bytes == Array(Self.content[299_000...]))
            let none = Sink()
            try await fetch(lab, from: 300_000, none)
            #expect(none.bytes.isEmpty)
        }
    }

    @Test func aConnectionThatBreaksIsTakenUpWhereItBroke() async throws {
        let counter = Counter()
        try await Lab.run { request in
            guard request.path.contains("blobs") else { return .unknown }
            // Each of ten answers brings some bytes more, which is more often than one would try in vain.
            guard counter.next() <= 10 else { return Self.honest(request) }
            let start = Self.start(request) ?? 0
            let part = Array(Self.content[start..<(start + 20_000)])
            let headers = start > 0 ? [("Content-Range", "bytes \(start)-299999/300000")] : []
            return .head(start > 0 ? 206 : 200, headers, length: 300_000 - start, then: [.bytes(part)], closes: true)
        } _: { lab async throws in
            let sink = Sink()
            try await fetch(lab, sink)
            #expect(sink.bytes == Self.content)
            #expect(counter.count == 11)
            #expect(lab.server.requests.last?.header("range") == "bytes=200000-")
        }
    }

    @Test func aServerWithoutRangesSendsAgainWhatIsPassedOver() async throws {
        let counter = Counter()
        try await Lab.run { request in
            guard request.path.contains("blobs") else { return .unknown }
            return counter.next() == 1
                ? .head(200, length: 300_000, then: [.bytes(Array(Self.content[..<70_000]))], closes: true)
                : .status(200, body: Self.content)
        } _: { lab async throws in
            let sink = Sink()
            try await fetch(lab, sink)
            #expect(sink.bytes == Self.content)
        }
    }

    @Test func aServerThatRefusesTheRangeIsAskedForAll() async throws {
        try await Lab.run { request in
            guard request.path.contains("blobs") else { return .unknown }
            return request.header("range") != nil ? .status(416) : .status(200, body: Self.content)
        } _: { lab async throws in
            let sink = Sink()
            try await fetch(lab, from: 1000, sink)
            #expect(sink.bytes == Array(Self.content[1000...]))
        }
    }

    @Test(arguments: ["bytes 999-299999/300000", "bytes 1000-299999/400000", "bytes 1000-300000/300001", "none", ""])
    func anotherRangeThanTheOneAskedForIsRefused(told: String) async throws {
        try await Lab.run { request in
            guard request.path.contains("blobs") else { return .unknown }
            return .status(206, [("Content-Range", told)], body: Array(Self.content[1000...]))
        } _: { lab async throws in
            let sink = Sink()
            #expect(await failure { try await fetch(lab, from: 1000, sink) }?.code == .corrupted)
            #expect(sink.bytes.isEmpty)
        }
    }

    @Test func anEndlessBodyIsCutOffAtTheSize() async throws {
        try await Lab.run { request in
            guard request.path.contains("blobs") else { return .unknown }
            return .head(200, length: nil, then: [.bytes(Self.content), .endless([UInt8](repeating: 0, count: 65536))])
        } _: { lab async throws in
            let sink = Sink()
            let error = await failure { try await fetch(lab, sink) }
            #expect(error?.code == .corrupted)
            #expect(sink.bytes.count <= Self.content.count)
            #expect(lab.lines.count == 1)
            #expect(lab.server.bytesSent < 40 << 20)
        }
    }

    @Test func anotherLengthThanTheManifestsIsRefusedAtOnce() async throws {
        try await Lab.run { request in
            request.path.contains("blobs") ? .status(200, body: [1, 2, 3]) : .unknown
        } _: { lab async throws in
            let sink = Sink()
            let error = await failure { try await fetch(lab, sink) }
            #expect(error?.code == .corrupted)
            #expect(error?.message.contains("3 bytes") == true)
            #expect(sink.bytes.isEmpty)
        }
    }

    @Test func aBodyThatNeverGoesOnIsGivenUp() async throws {
        try await Lab.run { request in
            guard request.path.contains("blobs") else { return .unknown }
            return Self.start(request) == nil
                ? .head(200, length: nil, then: [.bytes(Array(Self.content[..<500]))])
                : .head(206, [("Content-Range", "bytes 500-299999/300000")], length: nil)
        } _: { lab async throws in
            let sink = Sink()
            let error = await failure { try await fetch(lab, sink) }
            #expect(error?.code == .unreachable)
            #expect(error?.message.contains("after 500 of 300000 bytes") == true)
            // One that brought bytes, and five in vain.
            #expect(lab.lines.count == 6 || lab.lines.count == 5)
        }
    }

    @Test func whatTheSinkThrowsIsNotTheRegistrysFault() async throws {
        struct Full: Error {}
        try await Lab.run {
            $0.path.contains("blobs") ? Self.honest($0) : .unknown
        } _: { lab async throws in
            await #expect(throws: Full.self) {
                try await lab.client.fetchBlob(Self.descriptor, of: lab.reference) { _ in throw Full() }
            }
            #expect(lab.lines.count == 1)
        }
    }

    @Test func aCancelledFetchEndsAndClosesItsConnection() async throws {
        let gate = Gate()
        try await Lab.run { request in
            guard request.path.contains("blobs") else { return .unknown }
            return .head(200, length: 300_000, then: [.bytes(Array(Self.content[..<500])), .stall(gate)])
        } _: { lab async throws in
            let task = Task { try await fetch(lab, Sink()) }
            await gate.reached()
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            gate.open()
            await lab.server.connections(atMost: 1)
        }
    }

    @Test func aSmallBlobIsCheckedAgainstItsDigest() async throws {
        let small = Array("{}".utf8)
        try await Lab.run { request in
            guard request.path.contains("blobs") else { return .unknown }
            return .status(200, body: request.path.hasSuffix("\(Digest(of: small))") ? small : [1, 2])
        } _: { lab async throws in
            let good = Descriptor(mediaType: MediaType.configuration, digest: "\(Digest(of: small))", size: 2)
            #expect(try await lab.client.blob(good, of: lab.reference, limit: 10) == small)
            let bad = Descriptor(mediaType: MediaType.configuration, digest: "\(Digest(of: [7]))", size: 2)
            #expect(await failure { try await lab.client.blob(bad, of: lab.reference, limit: 10) }?.code == .corrupted)
            #expect(await failure { try await lab.client.blob(good, of: lab.reference, limit: 1) }?.code == .corrupted)
        }
    }

    @Test func aBlobIsThereOrNot() async throws {
        let here = Digest(of: [1])
        try await Lab.run { request in
            request.path == "/v2/app/blobs/\(here)" ? .status(200) : .unknown
        } _: { lab async throws in
            #expect(try await lab.client.hasBlob(here, in: lab.reference))
            #expect(try await !lab.client.hasBlob(Digest(of: [2]), in: lab.reference))
        }
    }
}
