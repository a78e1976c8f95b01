import Engine
import Glibc
import LinuxSystem
import Testing

@testable import LocalEngine

@Suite(.enabled(if: RealEngine.isPossible), .serialized)
struct BrowsingTests {
    /// Bytes as a descriptor that stands at their beginning.
    private func content(_ text: String) throws -> OwnedDescriptor {
        let file = try OwnedDescriptor.memory("content")
        try file.writeAll(Array(text.utf8))
        #expect(lseek(file.rawValue, 0, SEEK_SET) == 0)
        return file
    }

    private func create(
        _ path: ContainerPath, _ text: String, mode: UInt32, in reference: String, _ engine: LocalEngine
    )
        async throws
    {
        let file = try content(text)
        try await engine.createFile(path, in: reference, fromDescriptor: file.rawValue, mode: mode)
        withExtendedLifetime(file) {}
    }

    private func replace(
        _ path: ContainerPath, _ text: String, expecting version: FileVersion?, in reference: String,
        _ engine: LocalEngine
    ) async throws -> FileVersion {
        let file = try content(text)
        defer { withExtendedLifetime(file) {} }
        return try await engine.replaceFile(
            path, in: reference, fromDescriptor: file.rawValue, expecting: version)
    }

    private func text(_ path: String, in reference: String, _ engine: LocalEngine) async throws -> String {
        let stretch = try await engine.readFile(ContainerPath(path), in: reference, from: 0, count: 1000)
        return String(decoding: stretch.bytes, as: UTF8.self)
    }

    @Test(arguments: [false, true])
    func directoriesAreListedWithWhatTheyHold(whileRunning: Bool) async throws {
        try await RealEngine.run { bench async throws in
            let engine = bench.engine
            try await bench.start(
                bench.spec(
                    "ln -s file /data/link; ln -s /nowhere /data/dangling; ln -s /tmp /data/dir; touch /ready; "
                        + (whileRunning ? "sleep 1000" : "true"), name: "ls"))
            let isReady = try await RealEngine.eventually {
                try await engine.stat("/ready", in: "ls", followLink: false) != nil
            }
            #expect(isReady)
            if !whileRunning { _ = try await engine.wait("ls") }
            let found = try await engine.listDirectory(ContainerPath("/data"), in: "ls", limit: 100)
            #expect(!found.isCut)
            #expect(
                found.files.map { String(decoding: $0.name, as: UTF8.self) }
                    == ["dangling", "dir", "file", "link", "other"])
            #expect(found.files.map(\.kind) == [.symbolicLink, .symbolicLink, .regular, .symbolicLink, .regular])
            #expect(found.files.map(\.link?.kind) == [nil, .directory, nil, .regular, nil])
            #expect(found.files[0].link?.target == Array("/nowhere".utf8))
            #expect(found.files[2].size == 4)
            #expect(try await engine.listDirectory(ContainerPath("/data"), in: "ls", limit: 2).isCut)
            let error = await #expect(throws: EngineError.self) {
                try await engine.listDirectory(ContainerPath("/data/file"), in: "ls", limit: 2)
            }
            #expect(error?.code == .invalidArgument)
        }
    }

    @Test(arguments: [false, true])
    func aFileIsReplacedInOneStepAndKeepsItsOwnerAndMode(whileRunning: Bool) async throws {
        try await RealEngine.run { bench async throws in
            let engine = bench.engine
            let tail = whileRunning ? "sleep 1000" : "true"
            // This busybox knows chown and chmod by its own name alone.
            let script = "busybox chown 100:101 /data/file; busybox chmod 640 /data/file; ln -s data/file /l; \(tail)"
            try await bench.start(bench.spec(script, name: "re"))
            let isReady = try await RealEngine.eventually {
                try await engine.stat("/l", in: "re", followLink: false) != nil
            }
            #expect(isReady)
            if !whileRunning { _ = try await engine.wait("re") }
            let old = try await engine.readFile(ContainerPath("/l"), in: "re", from: 1, count: 2)
            #expect(old.bytes == Array("ex".utf8))
            // Through the link: the file behind it is another one, the link stays.
            let version = try await replace(
                ContainerPath("/l"), "other words", expecting: old.version, in: "re", engine)
            #expect(try await text("/data/file", in: "re", engine) == "other words")
            #expect(try await engine.stat("/l", in: "re", followLink: false)?.isSymbolicLink == true)
            let file = try #require(
                try await engine.listDirectory(ContainerPath("/data"), in: "re", limit: 9).files.first)
            #expect((file.uid, file.gid, file.mode & 0o7777) == (100, 101, 0o640))
            #expect(version.size == 11)
            // Whoever has seen the former state does not overwrite this one.
            let error = await #expect(throws: EngineError.self) {
                _ = try await replace(ContainerPath("/data/file"), "lost", expecting: old.version, in: "re", engine)
            }
            #expect(error?.code == .conflict)
            #expect(try await text("/data/file", in: "re", engine) == "other words")
            let names = try await engine.listDirectory(ContainerPath("/data"), in: "re", limit: 9).files.map(\.name)
            #expect(names == [Array("file".utf8), Array("other".utf8)])
        }
    }

    @Test func aCopyThatIsCancelledEndsAndLeavesNothing() async throws {
        try await RealEngine.run { bench async throws in
            let engine = bench.engine
            try await bench.start(bench.spec("touch /ready; sleep 1000", name: "cp"))
            // A pipe that nobody fills or empties: neither copy would ever end by itself.
            var ends: [Int32] = [-1, -1]
            #expect(pipe(&ends) == 0)
            let (read, write) = (ends[0], ends[1])
            defer { for end in ends { close(end) } }
            _ = fcntl(write, F_SETFL, O_NONBLOCK)
            let piece = [UInt8](repeating: 7, count: 4096)
            while Glibc.write(write, piece, piece.count) > 0 {}
            _ = fcntl(write, F_SETFL, 0)
            let into = Task {
                try await engine.createFile(ContainerPath("/made"), in: "cp", fromDescriptor: read, mode: 0o600)
            }
            // The first piece has come through, so the copy is in its midst.
            let isCopying = try await RealEngine.eventually {
                try await engine.listDirectory(.root, in: "cp", limit: 100).files.contains {
                    $0.size >= 4096 && String(decoding: $0.name, as: UTF8.self).hasPrefix(".spyhop-")
                }
            }
            #expect(isCopying)
            into.cancel()
            // It looks up with the next piece.
            _ = Glibc.write(write, piece, piece.count)
            let error = await #expect(throws: EngineError.self) { try await into.value }
            #expect(error?.code == .cancelled)
            let files = try await engine.listDirectory(.root, in: "cp", limit: 100).files
            let names = files.map { String(decoding: $0.name, as: UTF8.self) }
            #expect(!names.contains("made") && !names.contains { $0.hasPrefix(".spyhop-") })
        }
    }

    @Test(arguments: [false, true])
    func noLinkLeadsOutOfTheContainer(whileRunning: Bool) async throws {
        try await RealEngine.run { bench async throws in
            let engine = bench.engine
            let outside = bench.scratch.path + "/outside"
            try Files.makeDirectories(outside)
            try bench.scratch.write("secret", to: "outside/secret")
            let up = String(repeating: "../", count: 20)
            let tail = whileRunning ? "sleep 1000" : "true"
            let links = "ln -s \(outside) /abs; ln -s \(up)\(outside.dropFirst()) /rel; ln -s /proc/1/root /magic"
            try await bench.start(bench.spec("\(links); touch /ready; \(tail)", name: "evil"))
            if !whileRunning { _ = try await engine.wait("evil") }
            let isReady = try await RealEngine.eventually {
                try await engine.stat("/ready", in: "evil", followLink: false) != nil
            }
            #expect(isReady)
            for link in ["/abs", "/rel", "/magic/\(outside)", "/../../\(outside)", "/proc/self/root/\(outside)"] {
                let secret = ContainerPath(link + "/secret")
                await #expect(throws: EngineError.self) {
                    _ = try await engine.listDirectory(ContainerPath(link), in: "evil", limit: 9)
                }
                await #expect(throws: EngineError.self) {
                    _ = try await engine.readFile(secret, in: "evil", from: 0, count: 9)
                }
                await #expect(throws: EngineError.self) {
                    _ = try await replace(secret, "broken", expecting: nil, in: "evil", engine)
                }
                await #expect(throws: EngineError.self) { try await engine.removeFile(secret, in: "evil") }
                await #expect(throws: EngineError.self) {
                    try await engine.makeDirectory(ContainerPath(link + "/new"), in: "evil")
                }
                await #expect(throws: EngineError.self) {
                    try await engine.renameFile(ContainerPath("/data/file"), to: secret, in: "evil")
                }
            }
            #expect(try Files.list(outside).map(\.name) == ["secret"])
            #expect(try Files.readText(outside + "/secret") == "secret")
            // A link to a directory outside is removed itself.
            try await engine.removeFile(ContainerPath("/abs"), in: "evil")
            #expect(try Files.list(outside).map(\.name) == ["secret"])
        }
    }

    @Test func namesThatAreNoTextAreBrowsedAndChanged() async throws {
        try await RealEngine.run { bench async throws in
            let engine = bench.engine
            try await bench.start(bench.spec("sleep", "1000", name: "odd"))
            let hostile: [[UInt8]] = [[0xFF, 0xFE], Array("\u{1b}[31mred".utf8), Array("two\nlines".utf8)]
            for name in hostile {
                let path = try #require(ContainerPath("/tmp").appending(name))
                try await create(path, "x", mode: 0o644, in: "odd", engine)
            }
            let found = try await engine.listDirectory(ContainerPath("/tmp"), in: "odd", limit: 9).files.map(\.name)
            #expect(Set(found) == Set(hostile))
            let changed = try await engine.changes(in: "odd").map(\.location)
            #expect(Set(hostile.compactMap { ContainerPath("/tmp").appending($0) }).isSubset(of: changed))
            for name in hostile {
                let path = try #require(ContainerPath("/tmp").appending(name))
                let other = try #require(ContainerPath("/data").appending(name))
                try await engine.renameFile(path, to: other, in: "odd")
                #expect(try await engine.readFile(other, in: "odd", from: 0, count: 9).bytes == [0x78])
                try await engine.removeFile(other, in: "odd")
            }
            #expect(try await engine.listDirectory(ContainerPath("/data"), in: "odd", limit: 9).files.count == 2)
            let error = await #expect(throws: EngineError.self) {
                try await create(ContainerPath("/data/file"), "x", mode: 0o644, in: "odd", engine)
            }
            #expect(error?.code == .conflict)
        }
    }

    @Test func aTreeIsRemovedButNothingThatIsMountedInIt() async throws {
        try await RealEngine.run { bench async throws in
            let engine = bench.engine
            let shared = bench.scratch.path + "/shared"
            try Files.makeDirectories(shared)
            try bench.scratch.write("mine", to: "shared/kept")
            var spec = bench.spec("sleep", "1000", name: "rm")
            spec.mounts = [
                MountSpec(source: .bind(path: shared, createMissing: false), target: "/data/deep/volume")
            ]
            try await bench.start(spec)
            let error = await #expect(throws: EngineError.self) {
                try await engine.removeFile(ContainerPath("/data"), in: "rm")
            }
            #expect(error?.code == .conflict)
            #expect(try Files.list(shared).map(\.name) == ["kept"])
            try await engine.makeDirectory(ContainerPath("/tmp/new"), in: "rm")
            try await create(ContainerPath("/tmp/new/file"), "x", mode: 0o600, in: "rm", engine)
            try await engine.removeFile(ContainerPath("/tmp/new"), in: "rm")
            #expect(try await engine.listDirectory(ContainerPath("/tmp"), in: "rm", limit: 9).files.isEmpty)
        }
    }
}
