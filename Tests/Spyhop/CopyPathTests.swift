import Engine
import Testing

@testable import SpyhopCommands

struct CopyPathTests {
    @Test(arguments: [
        ("web:/a", "b", CopyRequest.out(container: "web", path: "/a", to: "b")),
        ("web:a", "-", .out(container: "web", path: "a", to: nil)),
        ("./x:y", "web:/a", .into(container: "web", path: "/a", from: "./x:y")),
        ("/x:y", "web:/a", .into(container: "web", path: "/a", from: "/x:y")),
        ("-", "web:/a", .into(container: "web", path: "/a", from: nil)),
    ])
    func oneSideNamesAContainer(source: String, destination: String, request: CopyRequest) throws {
        #expect(try CopyRequest(source: source, destination: destination) == request)
    }

    @Test(arguments: [("a", "b"), ("a:/x", "b:/y"), ("-", "-")])
    func otherRequestsAreRefused(source: String, destination: String) {
        #expect(throws: EngineError.self) { try CopyRequest(source: source, destination: destination) }
    }

    @Test(arguments: [
        // source, is it a directory, destination, what stands there, into, as
        ("/s/f", false, "/d", CopyPath.Standing.directory, "/d", "f"),
        ("/s/f", false, "/d/g", .nothing, "/d", "g"),
        ("/s/f", false, "/d/g", .file, "/d", "g"),
        ("/s/f", false, "/d/", .directory, "/d", "f"),
        ("/s", true, "/d", .directory, "/d", "s"),
        ("/s/.", true, "/d", .directory, "/d", "."),
        ("/s", true, "/d/n", .nothing, "/d", "n"),
        ("/s/.", true, "/d/n", .nothing, "/d", "n"),
        ("/s/", true, "/d/n/", .nothing, "/d", "n"),
        ("/", true, "/d", .directory, "/d", "."),
        (".", true, "n", .nothing, "/w", "n"),
        ("f", false, "/g", .nothing, "/", "g"),
    ])
    func copiesAreCalledAsInDocker(
        source: String, isDirectory: Bool, destination: String, standing: CopyPath.Standing, into: String, name: String
    ) throws {
        let placement = try CopyPath(destination, in: "/w").placement(
            of: CopyPath(source, in: "/w"), isDirectory: isDirectory, onto: standing)
        #expect(placement == CopyPath.Placement(directory: into, name: name))
    }

    @Test(arguments: [
        ("/s", true, "/d", CopyPath.Standing.file), ("/f", false, "/d/", .nothing), ("/f", false, "/d/", .file),
        ("/f/", false, "/d", .directory), ("/f/.", false, "/d", .directory),
    ])
    func copiesThatCannotBeAreRefused(
        source: String, isDirectory: Bool, destination: String, standing: CopyPath.Standing
    ) {
        #expect(throws: EngineError.self) {
            try CopyPath(destination, in: "/").placement(
                of: CopyPath(source, in: "/"), isDirectory: isDirectory, onto: standing)
        }
    }
}
