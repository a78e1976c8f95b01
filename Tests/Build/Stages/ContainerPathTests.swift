import Testing

@testable import Build

struct ContainerPathTests {
    @Test func pathsAreJoinedAndCleaned() {
        #expect(ContainerPath.resolve("b/../c/./d//", from: "/a") == "/a/c/d")
        #expect(ContainerPath.resolve("/x", from: "/a") == "/x")
        #expect(ContainerPath.resolve("../../..", from: "/a") == "/")
    }

    @Test func aSlashAtADestinationsEndStays() {
        #expect(ContainerPath.destination(".", from: "/app") == "/app/")
        #expect(ContainerPath.destination("", from: "/app") == "/app/")
        #expect(ContainerPath.destination("sub/", from: "/app") == "/app/sub/")
        #expect(ContainerPath.destination("file", from: "/app") == "/app/file")
        #expect(ContainerPath.destination("/", from: "/app") == "/")
    }
}
