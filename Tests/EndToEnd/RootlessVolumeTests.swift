import Foundation
import Harness
import Testing

/// Volumes of an ordinary user.
@Suite(.needsRoot)
struct RootlessVolumeTests {
    @Test(arguments: [false, true])
    func volumesAreFilledWithTheirOwnersAndKept(byFuse: Bool) throws {
        try UserPlace.with { (place) throws in
            var surroundings = UserPlace.Surroundings()
            surroundings.usesFuse = byFuse
            func run(_ words: String...) throws -> Outcome {
                try Command.run(place.spyhop(words, surroundings), scratch: place.directory, seconds: 60)
            }
            try place.importImage()
            let look = "stat -c '%u:%g' /srv/theirs; cat /srv/theirs; echo own > /srv/own"
            let first = try run("run", "--rm", "--network", "none", "-v", "data:/srv", "box", "sh", "-c", look)
            #expect(first.output == "1000:2000\ntheirs\n", "\(first.errors)")
            let kept = try run("run", "--rm", "--network", "none", "-v", "data:/d", "box", "cat", "/d/own", "/d/theirs")
            #expect(kept.output == "own\ntheirs\n", "\(kept.errors)")
            _ = try run("create", "--name", "held", "--network", "none", "-v", "data:/d", "-v", "/anon", "box")
            #expect(try run("volume", "rm", "data").errors.contains("in use by held"))
            #expect(try run("cp", "held:/d/own", place.home + "/copied").code == 0)
            #expect(Command.text(place.home + "/copied") == "own\n")
            _ = try run("rm", "-v", "held")
            #expect(try run("volume", "ls", "-q").output == "data\n")
            #expect(try run("volume", "prune", "-af").output.hasPrefix("Deleted Volumes:\ndata\n"))
        }
    }
}
