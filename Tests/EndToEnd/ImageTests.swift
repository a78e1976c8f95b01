import Foundation
import Harness
import Testing

@Suite(.needsRoot)
struct ImageTests {
    @Test func imagesAreTaggedSavedRemovedAndLoaded() throws {
        try Workplace.with { (place) throws in
            #expect(try place.run("tag", "busybox", "localhost:5000/team/box:v1").code == 0)
            let names = try place.run("images", "--format", "{{.Repository}}:{{.Tag}}").lines
            #expect(Set(names) == ["busybox:latest", "localhost:5000/team/box:v1"])
            let identifier = try place.run("images", "-q", "--no-trunc", "busybox").trimmed
            let archive = place.directory + "/saved.tar"
            #expect(try place.run("save", "-o", archive, "busybox", "localhost:5000/team/box:v1").code == 0)
            #expect(
                try place.run("rmi", "localhost:5000/team/box:v1").output.contains(
                    "Untagged: localhost:5000/team/box:v1"))
            #expect(try place.run("rmi", "busybox").output.contains("Deleted: \(identifier)"))
            #expect(try place.run("images", "-q").output == "")
            let loaded = try place.run("load", "-i", archive)
            #expect(loaded.output.contains("Loaded image: busybox:latest"))
            #expect(try place.run("images", "-q", "--no-trunc", "busybox").trimmed == identifier)
            #expect(try place.run("run", "--rm", "busybox", "echo", "back").output == "back\n")
        }
    }

    @Test func imagesInUseAreKept() throws {
        try Workplace.with { (place) throws in
            try place.run("create", "--name", "user", "busybox")
            let refused = try place.run("rmi", "busybox")
            #expect(refused.code == 1)
            #expect(refused.errors.contains("container"))
            #expect(try place.run("images", "-q").lines.count == 1)
        }
    }

    @Test func damagedArchivesAreRefusedAndLeaveNothing() throws {
        try Workplace.with(image: false) { (place) throws in
            let file = place.directory + "/broken.tar"
            try String(repeating: "not a tar ", count: 1000).write(toFile: file, atomically: true, encoding: .utf8)
            let outcome = try place.run("load", "-i", file)
            #expect(outcome.code == 1)
            #expect(!outcome.errors.isEmpty)
            #expect(try place.run("images", "-q").output == "")
        }
    }
}
