import Engine
import Testing

@testable import SpyhopCommands

struct LocationArgumentTests {
    @Test(arguments: [
        ("busybox", ImageLocation.registry("busybox")), ("busybox:1.36", .registry("busybox:1.36")),
        ("localhost:5000/a/b:c", .registry("localhost:5000/a/b:c")),
        ("quay.io/a@sha256:1", .registry("quay.io/a@sha256:1")),
        ("docker://localhost:5000/a", .registry("localhost:5000/a")),
        ("spyhop:busybox:latest", .store("busybox:latest")),
        ("oci:layout", .layout(path: "/w/layout", name: nil)),
        ("oci:/a/b:name:tag", .layout(path: "/a/b", name: "name:tag")),
        ("oci-archive:../x.tar:n", .layoutArchive(path: "/x.tar", name: "n")),
        ("docker-archive:x.tar:busybox:1", .dockerArchive(path: "/w/x.tar", name: "busybox:1")),
        ("docker-archive:x.tar:", .dockerArchive(path: "/w/x.tar", name: nil)),
        ("dir:a:b", .directory(path: "/w/a:b")),
    ])
    func placesAreSpeltAsSkopeoSpellsThem(text: String, location: ImageLocation) throws {
        #expect(try LocationArgument.parse(text, directory: "/w") == location)
    }

    @Test(arguments: [
        "docker://", "docker:busybox", "spyhop:", "oci:", "oci::name", "docker-archive:", "dir:", "docker-daemon:a:b",
        "containers-storage:a", "ftp://a/b", "https://quay.io/a",
    ])
    func whatIsNoPlaceIsTold(text: String) {
        do {
            _ = try LocationArgument.parse(text, directory: "/w")
            Issue.record("\(text) was taken")
        } catch { #expect(error.message.contains(text), "\(error)") }
    }
}
