import Engine
import Glibc
import LinuxSystem
import OCI
import Testing

@testable import Images

/// A layer as a registry has it: its files as a tar archive, compressed.
private struct Blob {
    let bytes: [UInt8]
    let descriptor: Descriptor
    let digest: Digest
    let diffID: Digest

    init(_ bytes: [UInt8], plain: [UInt8]) {
        self.bytes = bytes
        digest = Digest(of: bytes)
        diffID = Digest(of: plain)
        descriptor = Descriptor(mediaType: MediaType.layerGzip, digest: digest.description, size: Int64(bytes.count))
    }

    init(_ scratch: Scratch, packer: [String] = ["gzip", "-n"]) throws {
        let tree = "\(scratch.path)/tree"
        if !Files.exists(tree) {
            for number in 0..<40 {
                try scratch.write("content of \(number)\n", to: "tree/usr/\(number % 7)/file-\(number)")
            }
            // Noise, so that the compressed bytes are many.
            try scratch.run("dd", "if=/dev/urandom", "of=\(tree)/noise", "bs=1M", "count=5")
            try scratch.run("ln", "\(tree)/noise", "\(tree)/other-noise")
            try scratch.run("tar", "-C", tree, "-cf", "\(scratch.path)/plain.tar", ".")
        }
        let plain = "\(scratch.path)/plain.tar"
        try scratch.run(["sh", "-c", "\(packer.joined(separator: " ")) <\(plain) >\(scratch.path)/packed"])
        try self.init(Files.read("\(scratch.path)/packed"), plain: Files.read(plain))
    }

    func feed(_ ingest: LayerIngest, from offset: Int = 0, to end: Int? = nil, pieces: Int = 50_000) async throws {
        var position = offset
        while position < end ?? bytes.count {
            let next = min(position + pieces, end ?? bytes.count)
            try await ingest.write(Array(bytes[position..<next]))
            position = next
        }
    }
}

@Suite(.enabled(if: geteuid() == 0, "unpacking keeps owners, which needs root"))
struct IngestTests {
    private func start(_ scratch: Scratch, _ blob: Blob) async throws -> LayerIngest {
        let change = try scratch.store.beginChange()
        return try await change.ingest(blob.descriptor, diffID: blob.diffID)
    }

    private func expectInPlace(_ scratch: Scratch, _ blob: Blob, sourceLocation: SourceLocation = #_sourceLocation)
        throws
    {
        let store = scratch.store
        #expect(try Files.read(store.blobPath(blob.digest)) == blob.bytes, sourceLocation: sourceLocation)
        let layer = try #require(try store.findLayer(blob.diffID), sourceLocation: sourceLocation)
        try scratch.run("diff", "-r", "\(scratch.path)/tree", "\(store.layersDirectory)/\(layer.name)")
        #expect(!Files.exists(store.downloadPath(blob.digest)), sourceLocation: sourceLocation)
        #expect(try stagedDirectories(store) == [], sourceLocation: sourceLocation)
    }

    private func stagedDirectories(_ store: ImageStore) throws -> [String] {
        try Files.list(store.stagingDirectory).map(\.name).filter { !$0.hasSuffix(".lock") }
    }

    @Test(arguments: [["gzip", "-n"], ["zstd", "-q"], ["cat"]])
    func aBlobBecomesALayerWhileItComes(packer: [String]) async throws {
        let scratch = try Scratch()
        let blob = try Blob(scratch, packer: packer)
        let ingest = try await start(scratch, blob)
        #expect(ingest.state == .wanting(offset: 0))
        try await blob.feed(ingest)
        try await ingest.finish()
        try expectInPlace(scratch, blob)
        #expect(try await start(scratch, blob).state == .complete)
    }

    @Test(arguments: [1, 3, 700, 65_536, 1 << 20, 3 << 20])
    func whatBrokeOffGoesOnWhereItBroke(offset: Int) async throws {
        let scratch = try Scratch()
        let blob = try Blob(scratch)
        let first = try await start(scratch, blob)
        try await blob.feed(first, to: offset, pieces: 4096)
        first.abandon()
        await first.settle()
        let second = try await start(scratch, blob)
        guard case .wanting(let wanted) = second.state else {
            Issue.record("nothing is wanted")
            return
        }
        // What was handed over last may not have been written down.
        #expect(wanted <= offset)
        try await blob.feed(second, from: Int(wanted))
        try await second.finish()
        try expectInPlace(scratch, blob)
    }

    @Test(arguments: [0, 1, 18, 4096, -1])
    func bytesOnDiskAreNotAskedForAgain(count: Int) async throws {
        let scratch = try Scratch()
        let blob = try Blob(scratch)
        try scratch.store.prepare()
        let here = count < 0 ? blob.bytes.count - 1 : count
        try Files.writeAtomically(Array(blob.bytes[..<here]), to: scratch.store.downloadPath(blob.digest))
        let ingest = try await start(scratch, blob)
        #expect(ingest.state == .wanting(offset: Int64(here)))
        try await blob.feed(ingest, from: here)
        try await ingest.finish()
        try expectInPlace(scratch, blob)
    }

    @Test func aDownloadThatWasWholeIsPutInPlaceAtOnce() async throws {
        let scratch = try Scratch()
        let blob = try Blob(scratch)
        try scratch.store.prepare()
        try Files.writeAtomically(blob.bytes, to: scratch.store.downloadPath(blob.digest))
        #expect(try await start(scratch, blob).state == .complete)
        try expectInPlace(scratch, blob)
    }

    @Test func aDamagedDownloadIsFetchedAnew() async throws {
        let scratch = try Scratch()
        let blob = try Blob(scratch)
        try scratch.store.prepare()
        var damaged = blob.bytes
        damaged[1 << 20] ^= 1
        try Files.writeAtomically(damaged, to: scratch.store.downloadPath(blob.digest))
        let ingest = try await start(scratch, blob)
        #expect(ingest.state == .wanting(offset: 0))
        try await blob.feed(ingest)
        try await ingest.finish()
        try expectInPlace(scratch, blob)
    }

    @Test func aDownloadThatIsTooLongIsNotBelieved() async throws {
        let scratch = try Scratch()
        let blob = try Blob(scratch)
        try scratch.store.prepare()
        try Files.writeAtomically(blob.bytes + [0], to: scratch.store.downloadPath(blob.digest))
        let ingest = try await start(scratch, blob)
        #expect(ingest.state == .wanting(offset: 0))
    }

    @Test func aWrongDigestIsToldAndLeavesNothing() async throws {
        let scratch = try Scratch()
        let blob = try Blob(scratch, packer: ["cat"])
        let ingest = try await start(scratch, blob)
        var damaged = blob.bytes
        damaged[damaged.count / 2] ^= 1
        await #expect {
            try await ingest.write(damaged)
            try await ingest.finish()
        } throws: { error in
            (error as? EngineError)?.code == .corrupted && "\(error)".contains("does not match its digest")
        }
        #expect(try scratch.remains() == [])
        #expect(try stagedDirectories(scratch.store) == [])
    }

    @Test func aWrongDiffIDIsToldAndLeavesNothing() async throws {
        let scratch = try Scratch()
        let blob = try Blob(scratch)
        let change = try scratch.store.beginChange()
        let ingest = try await change.ingest(blob.descriptor, diffID: Digest(of: [1]))
        await #expect {
            try await blob.feed(ingest)
            try await ingest.finish()
        } throws: { error in
            (error as? EngineError)?.code == .corrupted && "\(error)".contains("does not match its digest")
        }
        change.finish()
        #expect(try scratch.remains() == [])
    }

    @Test func tooFewBytesAreKeptForTheNextTry() async throws {
        let scratch = try Scratch()
        let blob = try Blob(scratch)
        let ingest = try await start(scratch, blob)
        await #expect {
            try await blob.feed(ingest, to: 3 << 20)
            try await ingest.finish()
        } throws: { error in
            (error as? EngineError)?.code == .unreachable
        }
        #expect(Files.exists(scratch.store.downloadPath(blob.digest)))
        #expect(!Files.exists(scratch.store.blobPath(blob.digest)))
    }

    @Test func tooManyBytesAreRefusedAtOnce() async throws {
        let scratch = try Scratch()
        let blob = try Blob(scratch)
        let ingest = try await start(scratch, blob)
        await #expect {
            while true { try await blob.feed(ingest) }
        } throws: { error in
            (error as? EngineError)?.code == .corrupted && "\(error)".contains("does not end")
        }
        await ingest.settle()
        #expect(try scratch.remains() == [])
    }

    @Test func aLayerThatGrowsBeyondTheLimitIsStopped() async throws {
        let scratch = try Scratch()
        try scratch.run(
            "sh", "-c", "head -c 300000000 /dev/zero | gzip -n >\(scratch.path)/bomb; mkdir \(scratch.path)/tree")
        let bomb = Blob(try Files.read("\(scratch.path)/bomb"), plain: [])
        let store = ImageStore(root: scratch.store.root, limits: ArchiveLimits(layerBytes: 1 << 20))
        let change = try store.beginChange()
        let ingest = try await change.ingest(bomb.descriptor, diffID: bomb.diffID)
        await #expect {
            try await bomb.feed(ingest)
            try await ingest.finish()
        } throws: { error in
            "\(error)".contains("more than 1048576 bytes")
        }
        change.finish()
        #expect(try scratch.remains() == [])
    }

    @Test func abandonedWorkLeavesNoThread() async throws {
        let scratch = try Scratch()
        let blob = try Blob(scratch)
        let ingest = try await start(scratch, blob)
        try await blob.feed(ingest, to: 2 << 20)
        ingest.abandon()
        await ingest.settle()
        #expect(try stagedDirectories(scratch.store) == [])
        #expect(Files.exists(scratch.store.downloadPath(blob.digest)))
        await #expect {
            try await ingest.write([0])
        } throws: { error in
            (error as? EngineError)?.code == .cancelled
        }
        // Nobody holds the blob any more.
        let isFree =
            if try FileLock.attempt(scratch.store.downloadPath(blob.digest) + ".lock") != nil { true } else { false }
        #expect(isFree)
    }

    @Test func aCancelledTaskGivesItsBlobUp() async throws {
        let scratch = try Scratch()
        let blob = try Blob(scratch)
        let ingest = try await start(scratch, blob)
        let task = Task {
            try await blob.feed(ingest, to: 2 << 20)
            try await ingest.finish()
        }
        task.cancel()
        await #expect(throws: (any Error).self) { try await task.value }
        await ingest.settle()
        #expect(try stagedDirectories(scratch.store) == [])
    }

    @Test func whoComesSecondWaitsAndFindsItDone() async throws {
        let scratch = try Scratch()
        let blob = try Blob(scratch)
        let first = try await start(scratch, blob)
        let change = try scratch.store.beginChange()
        let (waiting, isWaiting) = AsyncStream.makeStream(of: Void.self)
        let second = Task {
            try await change.ingest(blob.descriptor, diffID: blob.diffID) { isWaiting.yield() }.state
        }
        for await _ in waiting { break }
        try await blob.feed(first)
        try await first.finish()
        #expect(try await second.value == .complete)
        change.finish()
        try expectInPlace(scratch, blob)
    }

    @Test func aLayerThatIsUnpackedAlreadyWantsItsBlobOnly() async throws {
        let scratch = try Scratch()
        let blob = try Blob(scratch)
        let first = try await start(scratch, blob)
        try await blob.feed(first)
        try await first.finish()
        try Files.remove(scratch.store.blobPath(blob.digest))
        let before = try #require(try Files.status(scratch.layerPath(blob.diffID)))
        let second = try await start(scratch, blob)
        #expect(second.state == .wanting(offset: 0))
        try await blob.feed(second)
        try await second.finish()
        try expectInPlace(scratch, blob)
        #expect(try Files.status(scratch.layerPath(blob.diffID))?.inode == before.inode)
    }

    @Test func aBlobThatIsHereAlreadyIsUnpackedWithoutFetching() async throws {
        let scratch = try Scratch()
        let blob = try Blob(scratch)
        try scratch.store.prepare()
        try Files.writeAtomically(blob.bytes, to: scratch.store.blobPath(blob.digest))
        #expect(try await start(scratch, blob).state == .complete)
        try expectInPlace(scratch, blob)
    }

    @Test func anyPiecesMakeTheSameLayer() async throws {
        let scratch = try Scratch()
        let blob = try Blob(scratch)
        let ingest = try await start(scratch, blob)
        var position = 0
        while position < blob.bytes.count {
            let next = min(blob.bytes.count, position + Int.random(in: 0...200_000))
            try await ingest.write(Array(blob.bytes[position..<next]))
            position = next
        }
        try await ingest.finish()
        try expectInPlace(scratch, blob)
    }
}

extension Scratch {
    fileprivate func layerPath(_ diffID: Digest) throws -> String {
        let layer = try #require(try store.findLayer(diffID))
        return "\(store.layersDirectory)/\(layer.name)"
    }
}
