@testable import Build
import Engine
import Glibc
import Images
import LinuxSystem
import OCI
import Testing

@Suite(.enabled(if: geteuid() == 0, "contexts are unpacked with modes, which needs root"))
struct BuildContextTests {
    private let bench: CopyBench

    init() throws { bench = try CopyBench() }

    /// Answers a URL with a file of the bench.
    private struct OneFile: BuildServices {
        var path: String

        func baseImage(
            _ reference: String, platform: Platform, pull: Bool, change: StoreChange,
            progress: @escaping TransferProgress
        ) async throws -> BaseImage { throw EngineError(.unsupported, "no images") }

        func fetch(_ url: String, into path: String) async throws -> FetchedFile {
            try Files.writeAtomically(try Files.read(self.path), to: path)
            return FetchedFile(name: "", digest: Digest(of: []), size: 0, modifiedAt: nil)
        }

        func importCache(_ location: BuildCacheLocation, change: StoreChange) async throws -> any RemoteCache {
            throw EngineError(.unsupported, "no caches")
        }

        func exportCache(_ steps: [CachedStep], to location: BuildCacheLocation, change: StoreChange) async throws {}

        func push(_ name: String, progress: @escaping TransferProgress) async throws {}
    }

    private func open(_ context: BuildRequest.Context) async throws -> BuildContext {
        try await BuildContext.open(
            BuildRequest(context: context), change: bench.change, services: OneFile(path: "\(bench.path)/file"))
    }

    private var directory: BuildRequest.Context { .directory("\(bench.path)/context") }

    private func files(_ context: BuildContext) throws -> [String] {
        try bench.listing(bench.made(bench.job(".", to: "/", from: context.origin)))
    }

    @Test(arguments: ["Dockerfile", "dockerfile", "Containerfile"]) func theDockerfileIsFound(name: String) async throws
    {
        try bench.shell("echo 'FROM scratch' > \(name)")
        let found = try await open(directory).dockerfile(.standard)
        #expect(found.name == name && found.bytes == Array("FROM scratch\n".utf8))
    }

    @Test func aMissingDockerfileIsToldAndSoIsAMissingContext() async throws {
        let context = try await open(directory)
        let error = try #require(throws: EngineError.self) { _ = try context.dockerfile(.standard) }
        #expect(error.code == .notFound && error.message.contains("open Dockerfile: no such file"))
        await #expect(throws: EngineError.self) { _ = try await open(.directory("\(bench.path)/nowhere")) }
        try bench.shell("echo 1 > file")
        await #expect(throws: EngineError.self) { _ = try await open(.directory("\(bench.path)/context/file")) }
    }

    @Test func aDockerfilesOwnRulesComeBeforeTheContexts() async throws {
        try bench.shell(
            """
            echo '*.a' > .dockerignore; echo '*.b' > Own.dockerignore; echo 'FROM scratch' > Own; cp Own Dockerfile
            echo 1 > x.a; echo 2 > x.b
            """)
        let context = try await open(directory)
        #expect(try files(context).count == 6)
        _ = try context.dockerfile(.path("\(bench.path)/context/Own"))
        let own = try files(context).joined()
        #expect(!own.contains("x.b") && own.contains("x.a"))
        _ = try context.dockerfile(.standard)
        let usual = try files(context).joined()
        #expect(usual.contains("x.b") && !usual.contains("x.a"))
        let other = try await open(directory)
        #expect(try other.dockerfile(.text(Array("FROM x".utf8))).bytes == Array("FROM x".utf8))
        #expect(!(try files(other).contains { $0.contains("x.a") }))
    }

    @Test func aLinkForADockerfileStaysWithinTheContext() async throws {
        try bench.shell("echo secret > ../Dockerfile; ln -s ../Dockerfile Dockerfile")
        let context = try await open(directory)
        #expect(throws: EngineError.self) { _ = try context.dockerfile(.standard) }
    }

    @Test(arguments: ["", "-z", "--zstd", "-J"]) func anArchiveIsAContext(option: String) async throws {
        try bench.shell(
            """
            mkdir d; echo 1 > d/f; chown 5:5 d/f; chmod 755 d/f; echo 'FROM scratch' > Dockerfile
            tar -c \(option) -f ../a.tar .; rm -r *
            """
        )
        let file = try OwnedDescriptor.open("\(bench.path)/a.tar")
        let context = try await open(.archive(descriptor: file.rawValue))
        #expect(try context.dockerfile(.path("d/../Dockerfile")).bytes == Array("FROM scratch\n".utf8))
        #expect(try files(context) == ["644 0:0 Dockerfile FROM scratch", "755 0:0 d", "755 0:0 d/f 1"])
    }

    @Test func aURLGivesAnArchiveOrADockerfile() async throws {
        try bench.shell("echo 'FROM scratch' > Dockerfile; tar -czf ../file .")
        let context = try await open(.remote("https://example.com/context.tar.gz"))
        #expect(try files(context) == ["644 0:0 Dockerfile FROM scratch"])
        try bench.shell("echo 'FROM busybox' > ../file")
        let text = try await open(.remote("https://example.com/Dockerfile"))
        #expect(try text.dockerfile(.standard).bytes == Array("FROM busybox\n".utf8))
        #expect(try files(text).isEmpty)
        await #expect(throws: EngineError.self) { _ = try await open(.remote("nonsense")) }
    }

    @Test func aNamedDirectoryHasRulesOfItsOwn() async throws {
        try bench.shell("echo '*.a' > .dockerignore; echo 1 > x.a; echo 2 > x.b")
        let context = try await BuildContext.open(
            named: "other", "\(bench.path)/context", change: bench.change, services: OneFile(path: ""))
        let found = try files(context).joined()
        #expect(found.contains("x.b") && !found.contains("x.a"))
    }

    @Test func anEmptyContextHasNothing() async throws {
        #expect(try files(try await open(.empty)).isEmpty)
    }
}
