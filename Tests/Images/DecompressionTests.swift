import Engine
import Glibc
import LinuxSystem
import Testing

@testable import Images

/// Hands out bytes in pieces.
private final class PieceSource: ByteSource {
    private let bytes: [UInt8]
    private let sizes: ClosedRange<Int>
    private var position = 0
    private var lent: [UInt8] = []
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)

    init(_ bytes: [UInt8], sizes: ClosedRange<Int>) {
        self.bytes = bytes
        self.sizes = sizes
    }

    deinit { buffer.deallocate() }

    func next() -> UnsafeRawBufferPointer {
        let count = min(Int.random(in: sizes), bytes.count - position, buffer.count)
        buffer.copyBytes(from: bytes[position..<position + count])
        position += count
        return UnsafeRawBufferPointer(rebasing: buffer[..<count])
    }
}

struct DecompressionTests {
    private func decompress(_ bytes: [UInt8], pieces: ClosedRange<Int> = 1...70_000) throws -> [UInt8] {
        let source = try DecompressedSource(PieceSource(bytes, sizes: pieces), subject: "the stream")
        var result: [UInt8] = []
        while true {
            let piece = try source.next()
            if piece.isEmpty { return result }
            result += piece
        }
    }

    /// Text, noise, zeros and short repetitions, so that every kind of block and of match comes up.
    private static let content: [UInt8] = {
        var generator = SystemRandomNumberGenerator()
        var bytes: [UInt8] = []
        for round in 0..<60 {
            let count = Int.random(in: 1...20_000)
            switch round % 5 {
            case 0: bytes += (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
            case 1: bytes += [UInt8](repeating: UInt8(round), count: count)
            case 2: bytes += (0..<count).map { UInt8(truncatingIfNeeded: $0 % (round % 17 + 2)) }
            case 3: bytes += Array(String(repeating: "round \(round) of the text; ", count: count / 20).utf8)
            default: bytes += bytes.suffix(min(bytes.count, 33_000)).prefix(count)
            }
        }
        return bytes
    }()

    private func packed(_ scratch: Scratch, _ packer: String, _ content: [UInt8] = content) throws -> [UInt8] {
        try Files.writeAtomically(content, to: "\(scratch.path)/content")
        try scratch.run("sh", "-c", "\(packer) <\(scratch.path)/content >\(scratch.path)/packed")
        return try Files.read("\(scratch.path)/packed")
    }

    private func expectDamaged(
        _ bytes: [UInt8], _ words: String, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(sourceLocation: sourceLocation) {
            _ = try decompress(bytes)
        } throws: { error in
            (error as? EngineError)?.code == .corrupted && "\(error)".contains(words)
        }
    }

    @Test(
        arguments: [
            "gzip -1", "gzip -6", "gzip -9", "zstd -q -1", "zstd -q -19", "cat",
            "python3 -c 'import sys,zlib; c = zlib.compressobj(6, 8, 31, 9, zlib.Z_FIXED); d = sys.stdin.buffer.read(); "
                + "sys.stdout.buffer.write(c.compress(d) + c.flush())'",
            "python3 -c 'import sys,zlib; c = zlib.compressobj(0, 8, 31); d = sys.stdin.buffer.read(); "
                + "sys.stdout.buffer.write(c.compress(d) + c.flush())'",
        ], [1...1, 1...40, 1...70_000, 500_000...1_000_000])
    func whatWasPackedComesOut(packer: String, pieces: ClosedRange<Int>) throws {
        let scratch = try Scratch()
        #expect(try decompress(packed(scratch, packer), pieces: pieces) == Self.content)
    }

    @Test func membersFollowEachOther() throws {
        let scratch = try Scratch()
        let first = try packed(scratch, "gzip -6", Array("first".utf8))
        let empty = try packed(scratch, "gzip -6", [])
        let named = try packed(scratch, "gzip -9", Array("second".utf8))
        #expect(try decompress(first + empty + named, pieces: 1...3) == Array("firstsecond".utf8))
        #expect(try decompress(empty) == [])
    }

    @Test func optionalPartsOfAHeaderArePassedOver() throws {
        let scratch = try Scratch()
        var bytes = try packed(scratch, "gzip -n", Array("content".utf8))
        bytes[3] = 4 | 8 | 16
        let optional: [UInt8] = [3, 0, 1, 2, 3] + Array("name".utf8) + [0] + Array("comment".utf8) + [0]
        bytes.insert(contentsOf: optional, at: 10)
        #expect(try decompress(bytes) == Array("content".utf8))
        bytes[3] |= 0x20
        expectDamaged(bytes, "flags")
    }

    @Test func framesFollowEachOtherAndSomeAreSkipped() throws {
        let scratch = try Scratch()
        let frame = try packed(scratch, "zstd -q", Array("content".utf8))
        let skippable: [UInt8] = [0x50, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 1, 2, 3]
        let expected = Array("contentcontent".utf8)
        #expect(try decompress(skippable + frame + skippable + frame, pieces: 1...5) == expected)
        #expect(try decompress(frame + frame + skippable) == expected)
    }

    @Test func whatBreaksOffIsTold() throws {
        let scratch = try Scratch()
        let content = Array(Self.content.prefix(150_000))
        let gzip = try packed(scratch, "gzip -6", content)
        for end in [5, 11, 40, 600, gzip.count / 2, gzip.count - 9, gzip.count - 8, gzip.count - 1] {
            expectDamaged(Array(gzip[..<end]), "break off")
        }
        let zstd = try packed(scratch, "zstd -q", content)
        for end in [5, 11, 40, zstd.count / 2, zstd.count - 1] { expectDamaged(Array(zstd[..<end]), "break off") }
    }

    @Test func whatFollowsTheEndIsTold() throws {
        let scratch = try Scratch()
        let gzip = try packed(scratch, "gzip -6")
        expectDamaged(gzip + Array("garbage".utf8), "something else follows")
        expectDamaged(gzip + [0, 0, 0, 0], "something else follows")
        expectDamaged(try packed(scratch, "zstd -q") + Array("garbage".utf8), "damaged")
    }

    @Test func wrongChecksumsAndLengthsAreTold() throws {
        let scratch = try Scratch()
        var gzip = try packed(scratch, "gzip -6")
        gzip[gzip.count - 5] ^= 1
        expectDamaged(gzip, "incorrect data check")
        gzip[gzip.count - 5] ^= 1
        gzip[gzip.count - 1] ^= 1
        expectDamaged(gzip, "incorrect length check")
    }

    /// A flipped bit is told, unless it stands where bits mean nothing: the description of codes that are never used.
    @Test func flippedBitsNeverPassAsContent() throws {
        let scratch = try Scratch()
        let content = Array(Self.content.prefix(3000) + Self.content.suffix(3000))
        for packer in ["gzip -n -6", "gzip -n -1"] {
            let good = try packed(scratch, packer, content)
            for position in stride(from: 10, to: good.count, by: 1 + good.count / 100) {
                var bytes = good
                bytes[position] ^= 1 << UInt8.random(in: 0...7)
                if let result = try? decompress(bytes, pieces: 100_000...200_000) { #expect(result == content) }
            }
        }
    }

    @Test func aBombIsRefusedBeforeItFillsTheDisk() throws {
        let scratch = try Scratch()
        try scratch.run("sh", "-c", "head -c 1500000000 /dev/zero | zstd -q >\(scratch.path)/bomb.zst")
        let source = try DecompressedSource(
            FileSource("\(scratch.path)/bomb.zst", subject: "the bomb"), subject: "the bomb")
        #expect {
            while try !source.next().isEmpty {}
        } throws: { error in
            (error as? EngineError)?.code == .invalidArgument && "\(error)".contains("decompression bomb")
        }
    }

    @Test func aPipeHoldsNoMoreThanItsCapacity() async throws {
        let pipe = BytePipe(capacity: 1000)
        let (written, isWritten) = AsyncStream.makeStream(of: Int.self)
        let writer = Task {
            for round in 0..<100 {
                try await pipe.write([UInt8](repeating: UInt8(round), count: 300))
                isWritten.yield(round)
            }
            pipe.end()
            isWritten.finish()
        }
        // Three pieces fit; the fourth is handed over only when somebody reads.
        var rounds = written.makeAsyncIterator()
        for _ in 0..<3 { _ = await rounds.next() }
        let total = try await runOnOwnThread {
            var total = 0
            while true {
                let bytes = try pipe.read()
                if bytes.isEmpty { return total }
                #expect(bytes.count <= 250)
                #expect(bytes.first == UInt8(total / 300))
                total += bytes.count
            }
        }
        #expect(total == 30_000)
        try await writer.value
    }

    @Test func aFailureWakesBothSidesOfAPipe() async throws {
        let failure = EngineError(.system, "it broke")
        let full = BytePipe(capacity: 10)
        try await full.write([UInt8](repeating: 0, count: 10))
        let writer = Task { try await full.write([1]) }
        let empty = BytePipe(capacity: 10)
        let reader = Task { try await runOnOwnThread { _ = try empty.read() } }
        full.fail(failure)
        empty.fail(failure)
        await #expect(throws: failure) { try await writer.value }
        await #expect(throws: failure) { try await reader.value }
    }
}
