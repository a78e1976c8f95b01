import Build
import Engine
import Glibc
import Images
import LinuxSystem
import OCI
import Testing

@testable import LocalEngine

/// Build caches in directories.
@Suite(.enabled(if: RealEngine.isPossible)) struct BuildCacheArtifactTests {
    private func layer(_ real: RealEngine, _ change: StoreChange, _ text: String) throws -> BuiltLayer {
        let draft = try change.makeDraft()
        try Files.writeAtomically(Array(text.utf8), to: draft.upper + "/file")
        return try change.commit(draft, epoch: nil)
    }

    private func step(_ text: String, _ layer: BuiltLayer?) -> CachedStep {
        CachedStep(
            key: Digest(of: Array(text.utf8)), layer: layer, instruction: "RUN \(text)",
            createdAt: Timestamp(nanoseconds: 1_000_000_000))
    }

    private func export(_ steps: [CachedStep], _ real: RealEngine, _ change: StoreChange) async throws
        -> BuildCacheLocation
    {
        let location = BuildCacheLocation.directory(path: real.scratch.path + "/cache", isComplete: true)
        try await EngineBuildServices(real.engine).exportCache(steps, to: location, change: change)
        return location
    }

    @Test func whatIsPutIntoADirectoryIsFoundThere() async throws {
        try await RealEngine.run { real in
            let change = try real.engine.store.beginChange()
            defer { change.finish() }
            let first = step("one", try layer(real, change, "content"))
            let location = try await export([first, step("two", nil)], real, change)
            // Another store, in which nothing of it is.
            try await RealEngine.run { other in
                let taking = try other.engine.store.beginChange()
                defer { taking.finish() }
                let services = EngineBuildServices(other.engine)
                let cache = try await services.importCache(location, change: taking)
                #expect(cache.step(Digest(of: Array("none".utf8))) == nil)
                let found = try #require(cache.step(first.key))
                #expect(found.instruction == "RUN one")
                #expect(cache.step(step("two", nil).key)?.layer == nil)
                let built = try await cache.fetch(found, change: taking) { _ in }
                #expect(built.diffID == first.layer?.diffID)
                let path = "\(other.engine.store.layersDirectory)/\(built.directory)/file"
                #expect(try Files.readText(path) == "content")
                // Asked for again, it is here.
                #expect(try await cache.fetch(found, change: taking) { _ in } == built)
            }
        }
    }

    @Test func aLaterExportTakesTheEarliersPlace() async throws {
        try await RealEngine.run { real in
            let change = try real.engine.store.beginChange()
            defer { change.finish() }
            _ = try await export([step("one", try layer(real, change, "1"))], real, change)
            let location = try await export([step("two", try layer(real, change, "2"))], real, change)
            let cache = try await EngineBuildServices(real.engine).importCache(location, change: change)
            #expect(cache.step(step("one", nil).key) == nil)
            #expect(cache.step(step("two", nil).key) != nil)
        }
    }

    @Test func whatIsNoCacheIsRefusedInWords() async throws {
        try await RealEngine.run { real in
            let change = try real.engine.store.beginChange()
            defer { change.finish() }
            let services = EngineBuildServices(real.engine)
            let missing = BuildCacheLocation.directory(path: real.scratch.path + "/none", isComplete: false)
            await #expect(throws: EngineError.self) { _ = try await services.importCache(missing, change: change) }
            // An image is none.
            let directory = real.scratch.path + "/image"
            _ = try await ImageCopyOperation(
                from: StoreSource("box", in: real.engine.store), to: LayoutDestination(directory: directory),
                platform: .host, allPlatforms: false, progress: { _ in }
            ).run(names: [StepCacheArtifact.layoutName])
            let image = BuildCacheLocation.directory(path: directory, isComplete: false)
            do {
                _ = try await services.importCache(image, change: change)
                Issue.record("an image was taken for a cache")
            } catch let error as EngineError {
                #expect(error.code == .unsupported)
            }
        }
    }

    @Test func aDamagedListIsRefused() async throws {
        try await RealEngine.run { real in
            let change = try real.engine.store.beginChange()
            defer { change.finish() }
            let location = try await export([step("one", nil)], real, change)
            let blobs = real.scratch.path + "/cache/blobs/sha256"
            for entry in try Files.list(blobs) {
                let text = try Files.readText("\(blobs)/\(entry.name)")
                guard text.hasPrefix("[") else { continue }
                try Files.writeAtomically(
                    Array(text.replacing("RUN one", with: "RUN two").utf8), to: "\(blobs)/\(entry.name)")
            }
            do {
                _ = try await EngineBuildServices(real.engine).importCache(location, change: change)
                Issue.record("a damaged list was taken")
            } catch let error as EngineError {
                #expect(error.code == .corrupted)
            }
        }
    }
}
