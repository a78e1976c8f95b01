@testable import Build
import Engine
import Glibc
import Images
import LinuxSystem
import OCI
import Testing

/// What a copy hashes to decides whether a step is done again.
@Suite(.enabled(if: geteuid() == 0, "copies keep owners, which needs root"))
struct CopyDigestTests {
    private let bench: CopyBench

    init() throws {
        bench = try CopyBench()
        try bench.shell(
            "mkdir d; echo 1 > d/f; echo 2 > d/g; ln -s f d/l; echo 3 > other; touch -d @1000 d/f d/g other")
    }

    private func digest(_ pattern: String = "d", rules: String? = nil) throws -> Digest {
        try bench.job(pattern, to: "/x/", from: bench.context(ignoring: rules)).digest()
    }

    @Test(arguments: [
        "echo 9 > d/f", "touch d/new", "rm d/g", "mv d/g d/h", "chmod 600 d/f", "ln -sf g d/l", "mkdir d/e",
        "chmod 700 d/../d/f; mkdir d/e", "rm d/g; ln d/f d/g", "printf '1\\n' > d/tmp; mv d/tmp d/f; chmod 755 d/f",
        "python3 -c 'import os; os.setxattr(\"d/f\", \"user.a\", b\"b\")'",
    ]) func whatIsCopiedCounts(change: String) throws {
        let before = try digest()
        try bench.shell(change)
        #expect(try digest() != before)
    }

    @Test(arguments: ["touch d/f d", "echo 4 > other", "chown 5:5 d/f", "cp d/f tmp; rm d/f; mv tmp d/f"])
    func timesOwnersAndOtherFilesDoNot(change: String) throws {
        let before = try digest()
        try bench.shell(change)
        #expect(try digest() == before)
    }

    @Test func ownersOfAStageCount() throws {
        let one = try bench.layer("echo 1 > f"), other = try bench.layer("echo 1 > f; chown 1:1 f")
        #expect(
            try bench.job("/f", to: "/", from: .layers([one])).digest()
                != bench.job("/f", to: "/", from: .layers([other])).digest())
    }

    @Test func whatRulesLeaveOutDoesNotCount() throws {
        let before = try digest(".", rules: "other\n")
        try bench.shell("echo 4 > other")
        #expect(try digest(".", rules: "other\n") == before)
        #expect(try digest(".") != before)
    }

    @Test func theNameOfAMatchCounts() throws {
        let before = try digest("o*")
        try bench.shell("mv other others")
        #expect(try digest("o*") != before)
    }

    // MARK: - The memory of hashes

    /// Long enough that the kernel's clock has moved on.
    private func settle() { usleep(80_000) }

    private func freshMemory() { bench.memory = FileMemory(of: "\(bench.path)/context", in: bench.store) }

    @Test func whatIsRememberedIsNotReadAgain() throws {
        settle()
        freshMemory()
        let before = try digest()
        freshMemory()
        #expect(try Files.list(bench.store.hashesDirectory).count == 1)
        #expect(try digest() == before)
        // The content is changed behind the file system's back: the memory has nothing to notice it by.
        let facts = try #require(try Files.status("\(bench.path)/context/d/f"))
        let key = FileMemory.Key(device: facts.device, inode: facts.inode)
        var asked = false
        var native = stat()
        #expect(lstat("\(bench.path)/context/d/f", &native) == 0)
        _ = try bench.memory?.hash(native) { () throws(EngineError) in
            asked = true
            return FileHash(0, 0, 0, 0)
        }
        #expect(!asked && key.inode == UInt64(native.st_ino))
    }

    @Test func aFileThatWasChangedAMomentAgoIsNotRemembered() throws {
        freshMemory()
        try bench.shell("echo 8 > d/f")
        var native = stat()
        #expect(lstat("\(bench.path)/context/d/f", &native) == 0)
        _ = try bench.memory?.hash(native) { () throws(EngineError) in FileHash(1, 1, 1, 1) }
        let second = try bench.memory?.hash(native) { () throws(EngineError) in FileHash(2, 2, 2, 2) }
        // On a machine that slept in between both may be the first.
        let now = Clock.realtime()
        if now - (Int64(native.st_ctim.tv_sec) * 1_000_000_000 + Int64(native.st_ctim.tv_nsec)) < 50_000_000 {
            #expect(second == FileHash(2, 2, 2, 2))
        }
    }

    @Test func aChangeOfTheSameSizeWithItsOldTimeIsNoticed() throws {
        settle()
        freshMemory()
        let before = try digest()
        try bench.shell("printf '7\\n' > d/f; touch -d @1000 d/f")
        #expect(try digest() != before)
    }

    @Test func aDamagedMemoryIsForgotten() throws {
        settle()
        freshMemory()
        let before = try digest()
        let name = try #require(try Files.list(bench.store.hashesDirectory).first?.name)
        var bytes = try Files.read("\(bench.store.hashesDirectory)/\(name)")
        bytes[bytes.count / 2] ^= 1
        try Files.writeAtomically(bytes, to: "\(bench.store.hashesDirectory)/\(name)")
        freshMemory()
        #expect(try digest() == before)
    }
}
