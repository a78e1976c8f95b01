import Foundation
import Harness
import Testing

/// Registries as an ordinary user.
@Suite(.needsRoot, .needsRegistry)
struct RootlessPullTests {
    @Test func anOrdinaryUserPullsRunsAndPushes() throws {
        try UserPlace.with { (place) throws in
            let registry = try RegistryServer(in: place.directory)
            let name = "\(registry.address)/box"
            let image = try HandmadeImage.box(10, 20_000)
            try image.put(as: name, scratch: place.directory)
            let pulled = try place.run("pull", name)
            #expect(pulled.code == 0, "\(pulled)")
            #expect(try place.run("images", "-q", "--no-trunc").trimmed == image.identifier)
            let ran = try place.run("run", "--rm", name, "ls", "/layers")
            #expect(ran.output == "0\n1\n", "\(ran)")
            #expect(try place.run("tag", name, name + ":mine").code == 0)
            let pushed = try place.run("push", name + ":mine")
            #expect(pushed.code == 0, "\(pushed)")
            let back = try Skopeo.manifest(name + ":mine", scratch: place.directory)
            #expect(HandmadeImage.digest(Array(back.output.utf8)) == image.digest)
            #expect(try place.run("image", "verify", name).code == 0)
        }
    }
}
