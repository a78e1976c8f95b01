import Engine
import OCI
import Testing

@Suite struct ReferenceTests {
    @Test(arguments: [
        ("busybox", "docker.io/library/busybox:latest", "busybox:latest"),
        ("docker.io/library/busybox:latest", "docker.io/library/busybox:latest", "busybox:latest"),
        ("index.docker.io/busybox", "docker.io/library/busybox:latest", "busybox:latest"),
        ("docker.io/user/app:2", "docker.io/user/app:2", "user/app:2"),
        ("user/app", "docker.io/user/app:latest", "user/app:latest"),
        ("localhost/app", "localhost/app:latest", "localhost/app:latest"),
        ("localhost:5000/a/b:x", "localhost:5000/a/b:x", "localhost:5000/a/b:x"),
        ("[::1]:5000/app", "[::1]:5000/app:latest", "[::1]:5000/app:latest"),
        ("ghcr.io/a_b/c--d/e__f.g:V1.0-x", "ghcr.io/a_b/c--d/e__f.g:V1.0-x", "ghcr.io/a_b/c--d/e__f.g:V1.0-x"),
    ])
    func normalisesNamesAsDockerDoes(written: String, full: String, familiar: String) throws {
        let reference = try ImageReference(written)
        #expect(reference.full == full)
        #expect(reference.familiar == familiar)
        #expect(try ImageReference(full) == reference)
    }

    @Test func keepsDigestWithoutInventingTag() throws {
        let digest = "sha256:" + String(repeating: "a", count: 64)
        let reference = try ImageReference("busybox@\(digest)")
        #expect(reference.tag == nil)
        #expect(reference.digest == digest)
        #expect(reference.familiar == "busybox@\(digest)")
        #expect(try ImageReference("busybox:1@\(digest)").tag == "1")
    }

    @Test(arguments: [
        "", ":tag", "busybox:", "Busybox", "a//b", "/a", "a/", "a b", "a:b c", "a@sha256:12", "-a", "a-", "a..b",
        "a___b",
        "a:-x", "localhost:x/a", "b\u{1B}[31m", "ä", String(repeating: "a", count: 64), "host.example:5000/",
        "../escape", "a/../b",
    ])
    func refusesMalformedNames(written: String) {
        #expect {
            _ = try ImageReference(written)
        } throws: { error in
            (error as? EngineError)?.code == .invalidArgument
        }
    }
}
