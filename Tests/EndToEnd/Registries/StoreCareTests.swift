import Foundation
import Harness
import Testing

/// What `image prune` and `image verify` do with images that registries have.
@Suite(.needsRoot, .needsRegistry)
struct StoreCareTests {
    private func with(
        _ body: (_ place: Workplace, _ registry: RegistryServer, _ name: String, _ image: HandmadeImage) throws -> Void
    ) throws {
        try Workplace.with(image: false) { (place) throws in
            let registry = try RegistryServer(in: place.directory)
            let image = try HandmadeImage.box(50_000)
            let name = "\(registry.address)/box:latest"
            try image.put(as: name, scratch: place.directory)
            try place.succeed("pull", name)
            try body(place, registry, name, image)
        }
    }

    @Test func aFlippedBitOfABlobIsFoundAndFetchedAgain() throws {
        try with { place, registry, name, image in
            #expect(try place.transfer("image", "verify", name).code == 0)
            for blob in [image.layers[0], image.layers[1], image.configuration] {
                try place.flipBit(in: place.file(of: blob.digest))
                let found = try place.transfer("image", "verify", name)
                #expect(found.code == 1)
                #expect((found.output + found.errors).contains(blob.digest.dropFirst(7).prefix(12)), "\(found)")
                let repaired = try place.transfer("image", "verify", "--repair", name)
                #expect(repaired.code == 0, "\(repaired)")
                #expect(try place.transfer("image", "verify", name).code == 0)
            }
            #expect(try place.run("run", "--rm", name, "ls", "/layers").output == "0\n")
            registry.stop()
            try place.flipBit(in: place.file(of: image.layers[1].digest))
            let failed = try place.transfer("image", "verify", "--repair", name)
            #expect(failed.code == 1)
            #expect((failed.output + failed.errors).contains(registry.address), "\(failed)")
        }
    }

    @Test func aFlippedBitOfAnUnpackedLayerIsFoundAndUnpackedAgain() throws {
        try with { place, _, name, _ in
            let layers = try FileManager.default.contentsOfDirectory(atPath: place.root + "/layers")
            let paths = layers.map { "\(place.root)/layers/\($0)/layers/0" }
            let path = try #require(paths.first { FileManager.default.fileExists(atPath: $0) })
            try place.flipBit(in: path)
            #expect(try place.transfer("image", "verify", name).code == 1)
            let repaired = try place.transfer("image", "verify", "--repair", name)
            #expect(repaired.code == 0, "\(repaired)")
            #expect(try place.transfer("image", "verify", name).code == 0)
        }
    }

    @Test func aPruneTakesWhatNobodyNames() throws {
        try with { place, registry, name, old in
            let newer = try HandmadeImage.box(50_000, 30_000)
            try newer.put(as: name, scratch: place.directory)
            try place.succeed("pull", name)
            #expect(try place.run("images", "-q", "--no-trunc", "--filter", "dangling=true").trimmed == old.identifier)
            try place.succeed("create", "--name", "user", name)
            let pruned = try place.succeed("image", "prune", "--force")
            #expect(pruned.output.contains(old.identifier))
            #expect(pruned.lines.last?.hasPrefix("Total reclaimed space: ") == true)
            #expect(try place.images == ["\(name) \(newer.identifier)"])
            try place.succeed("image", "prune", "--all", "--force")
            #expect(try place.images == ["\(name) \(newer.identifier)"], "a container uses it")
            try place.succeed("rm", "user")
            try place.succeed("image", "prune", "--all", "--force")
            #expect(try place.storedFiles() == [])
            _ = registry
        }
    }

    @Test func aPruneDoesNotHurtAPullThatIsUnderWay() throws {
        try Workplace.with(image: false) { (place) throws in
            let registry = try RegistryServer(in: place.directory)
            let image = try HandmadeImage.box(500_000, 700_000)
            try image.put(as: "\(registry.address)/box", scratch: place.directory)
            let line = try Relay(to: 5000, fault: .hold(after: 400_000))
            defer { line.stop() }
            let pull = try place.start("pull", "\(line.address)/box")
            #expect(Command.eventually { line.isHolding })
            for _ in 0..<5 { try place.succeed("image", "prune", "--all", "--force") }
            line.mend()
            #expect(try pull.wait(seconds: 60) == 0)
            #expect(try place.transfer("image", "verify").code == 0)
            #expect(try place.run("run", "--rm", "\(line.address)/box", "ls", "/layers").output == "0\n1\n")
        }
    }
}
