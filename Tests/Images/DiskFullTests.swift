import Harness
import Engine
import Glibc
import Images
import LinuxSystem
import OCI
import Testing

/// On a file system of a few hundred kilobytes that only one thread sees, and that is gone with it.
@Suite(.enabled(if: geteuid() == 0, "a small file system is mounted, which needs root"))
struct DiskFullTests {
    /// Runs `body` where the directory `full` of the scratch directory is a file system of `size` bytes.
    private func withSmallDisk(
        _ scratch: Scratch, size: Int, _ body: @escaping @Sendable (ImageStore) throws -> Void
    ) async throws {
        let directory = "\(scratch.path)/full"
        try Files.makeDirectories(directory)
        // Processes of this thread's are in its namespace; what is mounted there ends with the thread.
        let mount = ["mount", "-t", "tmpfs", "-o", "size=\(size)", "tmpfs", directory]
        let run = UncheckedScratch(scratch)
        try await runOnOwnThread {
            let mounts = try PrivateMounts()
            try run.scratch.run(mount)
            // Whoever lets go of the scratch directory last removes it, and that may be this thread.
            defer { _ = try? run.scratch.run("umount", directory) }
            try body(ImageStore(root: "\(directory)/store"))
            _ = consume mounts
        }
    }

    private struct UncheckedScratch: @unchecked Sendable {
        let scratch: Scratch

        init(_ scratch: Scratch) { self.scratch = scratch }
    }

    /// An archive with one image of about 60 kB, and one of about 300 kB that shares a layer.
    private func archives(_ scratch: Scratch) throws {
        var shared = TarBuilder()
        shared.add("shared", content: String(repeating: "shared", count: 5_000))
        try shared.write(to: "\(scratch.path)/shared.tar")
        var large = TarBuilder()
        for number in 0..<10 {
            large.add("large/\(number)", content: String(repeating: "\(number)", count: 12_000))
        }
        try large.write(to: "\(scratch.path)/large.tar")
        try scratch.dockerArchive("small.tar", layers: ["shared.tar"], tags: ["small:1"])
        try scratch.dockerArchive("large-image.tar", layers: ["shared.tar", "large.tar"], tags: ["large:1"])
    }

    private static func load(_ path: String, into store: ImageStore) throws {
        let file = try OwnedDescriptor.open(path)
        _ = try store.load(fromDescriptor: file.rawValue)
    }

    private static func state(_ store: ImageStore) throws -> [String] {
        let blobs = try Files.list("\(store.root)/blobs/sha256").map(\.name)
        let layers = try Files.list("\(store.root)/layers").map(\.name)
        return try (blobs + layers).sorted() + store.images().flatMap(\.tags)
    }

    @Test func aFullDiskLeavesTheStoreAsItWas() async throws {
        let scratch = try Scratch()
        try archives(scratch)
        let path = scratch.path
        // From just enough for the first image to enough for the second, so that every write fails once.
        for size in stride(from: 260 << 10, through: 900 << 10, by: 20 << 10) {
            try await withSmallDisk(scratch, size: size) { store in
                try Self.load("\(path)/small.tar", into: store)
                let before = try Self.state(store)
                do {
                    try Self.load("\(path)/large-image.tar", into: store)
                    #expect(size > 300 << 10)
                    #expect(try store.resolve("large:1").layers.count == 2)
                } catch let error as EngineError {
                    #expect(size < 900 << 10)
                    #expect(error.code == .system)
                    #expect(error.description.contains("No space left on device"))
                    #expect(error.hint?.contains("spyhop image prune") == true, "\(error)")
                    #expect(try Self.state(store) == before)
                    #expect(try Files.list("\(store.root)/staging").filter { !$0.name.hasSuffix(".lock") } == [])
                }
                let image = try store.resolve("small:1")
                #expect(try store.readFile("/shared", inLayersOf: image)?.count == 30_000)
            }
        }
    }

    @Test func imagesAreRemovedFromAFullDisk() async throws {
        let scratch = try Scratch()
        try archives(scratch)
        let path = scratch.path
        try await withSmallDisk(scratch, size: 2 << 20) { store in
            try Self.load("\(path)/small.tar", into: store)
            try Self.load("\(path)/large-image.tar", into: store)
            for name in ["small:1", "large:1"] { _ = try store.resolve(name) }
            let filler = try OwnedDescriptor.open("\(path)/full/filler", O_WRONLY | O_CREAT)
            #expect(throws: SystemError.self) { try filler.writeAll([UInt8](repeating: 1, count: 4 << 20)) }
            #expect(throws: EngineError.self) { try Self.load("\(path)/small.tar", into: store) }
            let removals = try store.remove("large:1", force: false) { ImageUse() }
            #expect(removals.count == 2)
            #expect(try store.images().flatMap(\.tags) == ["small:1"])
            #expect(try Files.list("\(store.root)/layers").count == 2)
            // What that has given back is enough for the next.
            try Self.load("\(path)/small.tar", into: store)
        }
    }

    @Test func anExportThatDoesNotFitLeavesNothing() async throws {
        let scratch = try Scratch()
        try archives(scratch)
        let path = scratch.path
        let store = scratch.store
        try Self.load("\(path)/large-image.tar", into: store)
        try await withSmallDisk(scratch, size: 100 << 10) { _ in
            let file = try OwnedDescriptor.open("\(path)/full/saved.tar", O_WRONLY | O_CREAT)
            #expect {
                try store.save(["large:1"], toDescriptor: file.rawValue)
            } throws: { error in
                "\(error)".contains("No space left on device")
            }
        }
    }

    @Test func aPullOntoAFullDiskGoesOnWhenThereIsRoom() async throws {
        let scratch = try Scratch()
        try scratch.run("sh", "-c", "head -c 400000 /dev/urandom >\(scratch.path)/noise")
        try scratch.run("tar", "-C", scratch.path, "-cf", "\(scratch.path)/noise.tar", "noise")
        let fixture = try RemoteFixture(scratch, archives: ["noise.tar"])
        let pipe = try Pipe()
        let keeper = UncheckedScratch(scratch)
        let (places, found) = AsyncStream<String>.makeStream()
        let directory = "\(scratch.path)/full"
        try Files.makeDirectories(directory)
        let held = pipe.read.rawValue
        // The ingest has threads of its own, which go through the root of the one that sees the small disk.
        async let thread: Void = runOnOwnThread {
            defer { found.finish() }
            let mounts = try PrivateMounts()
            try keeper.scratch.run(["mount", "-t", "tmpfs", "-o", "size=1200k", "tmpfs", directory])
            if let own = realpath("/proc/thread-self", nil) {
                found.yield(String(cString: own) + "/root" + directory)
                free(own)
            }
            var byte: UInt8 = 0
            _ = read(held, &byte, 1)
            try keeper.scratch.run("umount", directory)
            _ = consume mounts
        }
        var place: String?
        for await text in places {
            place = text
            break
        }
        do {
            let disk = try #require(place)
            let filler = "\(disk)/filler"
            try Files.writeAtomically([UInt8](repeating: 1, count: 700_000), to: filler)
            let store = ImageStore(root: "\(disk)/store")
            await #expect {
                try await fixture.pull(into: store, as: "app")
            } throws: { error in
                guard let error = error as? EngineError else { return false }
                return error.code == .system && error.hint?.contains("spyhop image prune") == true
            }
            #expect(try store.images() == [])
            try Files.remove(filler)
            #expect(try await fixture.pull(into: store, as: "app") == .updated)
            let image = try store.resolve("app")
            #expect(try store.readFile("/noise", inLayersOf: image)?.count == 400_000)
        } catch {
            try pipe.write.writeAll([0])
            try await thread
            throw error
        }
        try pipe.write.writeAll([0])
        try await thread
    }
}
