import Engine
import Glibc
import Images
import LinuxSystem
import Testing

@Suite(
    .enabled(if: geteuid() == 0, "unpacking keeps owners and makes whiteouts, which needs root"),
    .enabled(if: Files.exists("/usr/bin/skopeo"), "skopeo is not installed"))
struct SkopeoTests {
    private func filled() throws -> Scratch {
        let scratch = try Scratch()
        var tar = TarBuilder()
        tar.add("file", content: "x")
        try tar.write(to: "\(scratch.path)/layer.tar")
        try scratch.dockerArchive("image.tar", layers: ["layer.tar"], tags: ["busybox:latest"])
        _ = try scratch.load("image.tar")
        return scratch
    }

    @Test func skopeoReadsTheStoreByName() throws {
        let scratch = try filled()
        let image = try #require(try scratch.store.images().first)
        let text = try scratch.run("skopeo", "inspect", "oci:\(scratch.store.root):busybox:latest")
        #expect(text.contains(image.digest))
    }

    @Test func skopeoReadsWhatSaveWrites() throws {
        let scratch = try filled()
        try scratch.save(["busybox"], to: "saved.tar")
        let path = "\(scratch.path)/saved.tar"
        #expect(try scratch.run("skopeo", "inspect", "docker-archive:\(path)").contains("Layers"))
        try scratch.run(
            "skopeo", "copy", "--insecure-policy", "docker-archive:\(path):busybox:latest", "dir:\(scratch.path)/d")
        try scratch.run("skopeo", "copy", "--insecure-policy", "oci-archive:\(path)", "dir:\(scratch.path)/o")
    }

    @Test(arguments: ["docker-archive", "oci-archive"])
    func loadsWhatSkopeoWrites(kind: String) throws {
        let scratch = try filled()
        try scratch.run(
            "skopeo", "copy", "--insecure-policy", "oci:\(scratch.store.root):busybox:latest",
            "\(kind):\(scratch.path)/theirs.tar:copied:2")
        let other = ImageStore(root: "\(scratch.path)/other")
        #expect(try scratch.load("theirs.tar", into: other) == ["copied:2"])
        let layers = try other.inspect("copied:2").layers
        #expect(try layers == scratch.store.inspect("busybox").layers)
    }

    @Test func resolvesWhatSkopeoPutsIntoTheStore() throws {
        let scratch = try filled()
        let other = ImageStore(root: "\(scratch.path)/other")
        try other.collectGarbage()
        try scratch.run(
            "skopeo", "copy", "--insecure-policy", "oci:\(scratch.store.root):busybox:latest", "oci:\(other.root):app:3"
        )
        let image = try other.resolve("app:3")
        let layer = try #require(image.layers.first)
        #expect(try Files.readText("\(image.layersDirectory)/\(layer)/file") == "x")
    }
}
