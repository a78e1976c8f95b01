import Foundation
import Harness
import Testing

/// The same input makes the same image, to the byte.
@Suite(.needsRoot, .serialized)
struct ReproducibleBuildTests {
    private func digest(_ place: Workplace, _ context: String, _ environment: [String]) throws -> String {
        let metadata = place.directory + "/metadata"
        try place.built("-t", "app", "--metadata-file", metadata, "--no-cache", context, environment: environment)
        return Command.text(metadata)
    }

    @Test func twoBuildsAtDifferentTimesHaveTheSameDigest() throws {
        try Workplace.with { (place) throws in
            let context = try place.context([
                "Dockerfile": """
                FROM busybox
                RUN mkdir /d && for n in 3 1 2; do echo $n > /d/$n; done && ln /d/1 /d/link && rm /var -r
                COPY . /all
                WORKDIR /made
                RUN date > /dev/null; echo $SOURCE_DATE_EPOCH
                """,
                "x": "x", "y": "y",
            ])
            let epoch = ["SOURCE_DATE_EPOCH=1700000000"]
            let one = try digest(place, context, epoch)
            usleep(1_100_000)
            // Copies of the same files elsewhere, with other times and in another order.
            let copy = place.directory + "/copy"
            #expect(try Command.run(["/bin/cp", "-r", context, copy], scratch: place.directory).code == 0)
            #expect(try digest(place, copy, epoch) == one)
            #expect(try digest(place, context, ["SOURCE_DATE_EPOCH=1700000001"]) != one)
            let created = try place.run("image", "inspect", "-f", "{{.Created}}", "app").trimmed
            #expect(created.hasPrefix("2023-11-14T22:13:21"), "\(created)")
            let newest = try place.output(
                of: "app", "sh", "-c", "find /d /all /made -exec stat -c %Y {} + | sort -n | tail -n 1")
            #expect(newest == "1700000001\n")
        }
    }

    @Test func anotherStoreMakesTheSameImage() throws {
        let files = ["Dockerfile": "FROM busybox\nRUN echo a > /a && chmod 600 /a\nCOPY word /word\n", "word": "here"]
        func once() throws -> String {
            try Workplace.with(image: false) { (place) throws in
                let root = try place.context(["Dockerfile": "FROM scratch\nADD root.tar /\nENV PATH=/bin\n"])
                let packed = try Command.run(
                    [
                        "/bin/tar", "-C", BusyboxRoot.path, "--sort=name", "--mtime=@1000000000", "-cf",
                        root + "/root.tar", ".",
                    ],
                    scratch: place.directory)
                try #require(packed.code == 0)
                let epoch = ["SOURCE_DATE_EPOCH=1600000000"]
                try place.built("-t", "busybox", root, environment: epoch)
                return try digest(place, try place.context(files), epoch)
            }
        }
        #expect(try once() == once())
    }
}
