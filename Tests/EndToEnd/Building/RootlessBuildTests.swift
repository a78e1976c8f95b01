import Foundation
import Harness
import Testing

/// An ordinary user builds, with and without subordinate ids.
@Suite(.needsRoot, .serialized)
struct RootlessBuildTests {
    private func context(_ place: UserPlace, owners: Bool = true) throws -> String {
        let path = place.home + "/context"
        mkdir(path, 0o755)
        let text = """
            FROM box
            RUN id -u > /who && mkdir /d && echo f > /d/f\(owners ? " && chown 1000:1000 /d/f" : "")
            COPY \(owners ? "--chown=7:8 " : "")word /word
            RUN rm -r /usr && echo again > /d/g
            CMD ["sh", "-c", "cat /who /word /d/g; stat -c %u:%g /d/f /word"]

            """
        try text.write(toFile: path + "/Dockerfile", atomically: true, encoding: .utf8)
        try "here\n".write(toFile: path + "/word", atomically: true, encoding: .utf8)
        for name in ["", "/Dockerfile", "/word"] { chown(path + name, place.uid, place.uid) }
        return path
    }

    @Test func anOrdinaryUserBuildsAndRuns() throws {
        try UserPlace.with { (place) throws in
            try place.importImage()
            let context = try context(place)
            let built = try place.run("build", "--progress", "plain", "--network", "none", "-t", "app", context)
            #expect(built.code == 0, "\(built.errors)")
            let told = try place.run("run", "--rm", "--network", "none", "app")
            #expect(told.output == "0\nhere\nagain\n1000:1000\n7:8\n", "\(told)")
            let again = try place.run("build", "--progress", "plain", "--network", "none", "-t", "app", context)
            #expect(BuildLog(again.errors).done.filter { !$0.contains("FROM") } == [], "\(again.errors)")
        }
    }

    @Test func aBuildIsRefusedInWordsWhereTheKernelMayNotJoinLayers() throws {
        try UserPlace.with { (place) throws in
            var surroundings = UserPlace.Surroundings()
            surroundings.usesFuse = true
            let made = try place.run(
                "import", "--change", #"CMD ["sh"]"#, try place.archive(), "box", surroundings: surroundings)
            #expect(made.code == 0, "\(made.errors)")
            let built = try place.run(
                "build", "--progress", "plain", "--network", "none", "-t", "app", try context(place),
                surroundings: surroundings)
            #expect(built.code == 1)
            #expect(built.errors.contains("the kernel cannot join layers there"), "\(built.errors)")
        }
    }

    @Test func aUserWithoutSubordinatesBuildsWhatIsAllHisOwn() throws {
        try UserPlace.with { (place) throws in
            var surroundings = UserPlace.Surroundings()
            surroundings.hasSubordinates = false
            let made = try place.run(
                "import", "--change", #"CMD ["sh"]"#, try place.archive(foreign: false), "box",
                surroundings: surroundings)
            #expect(made.code == 0, "\(made.errors)")
            let built = try place.run(
                "build", "--progress", "plain", "--network", "none", "-t", "app", try context(place, owners: false),
                surroundings: surroundings)
            #expect(built.code == 0, "\(built.errors)")
            let told = try place.run("run", "--rm", "--network", "none", "app", surroundings: surroundings)
            #expect(told.output == "0\nhere\nagain\n0:0\n0:0\n", "\(told)")
        }
    }
}
