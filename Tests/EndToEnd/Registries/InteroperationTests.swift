import Foundation
import Harness
import Testing

/// Images go to the real peers and come from them.
@Suite(.needsRoot, .needsRegistry, .serialized)
struct InteroperationTests {
    @Test(.enabled(if: DockerDaemon.isInstalled, "needs docker.io and containerd"))
    func dockerAndSpyhopTakeEachOthersImages() throws {
        try Workplace.with { (place) throws in
            let registry = try RegistryServer(in: place.directory)
            let ours = "\(registry.address)/ours"
            let theirs = "\(registry.address)/theirs"
            try place.succeed("tag", "busybox", ours)
            try place.succeed("push", ours)
            try place.succeed("save", "-o", place.directory + "/ours.tar", ours)
            let identifier = try place.run("images", "-q", "--no-trunc", ours).trimmed
            try DockerDaemon.with { docker in
                let pulled = try docker.run("pull", ours)
                #expect(pulled.code == 0, "\(pulled)")
                #expect(try docker.inspect(ours, "{{.Id}}") == identifier)
                try docker.run("rmi", ours)
                let loaded = try docker.run("load", "-i", place.directory + "/ours.tar")
                #expect(loaded.output.contains("Loaded image: \(ours):latest"), "\(loaded)")

                try docker.run("tag", "busybox", theirs)
                let pushed = try docker.run("push", theirs)
                #expect(pushed.code == 0, "\(pushed)")
                try docker.run("save", "-o", place.directory + "/theirs.tar", theirs)
                let id = try docker.inspect(theirs, "{{.Id}}")
                try place.succeed("pull", theirs)
                #expect(try place.run("images", "-q", "--no-trunc", theirs).trimmed == id)
                #expect(try place.run("run", "--rm", theirs, "echo", "theirs").output == "theirs\n")
                try place.succeed("rmi", theirs)
                let back = try place.succeed("load", "-i", place.directory + "/theirs.tar")
                #expect(back.output.contains("Loaded image: \(theirs):latest"))
                #expect(try place.run("images", "-q", "--no-trunc", theirs).trimmed == id)
            }
        }
    }

    @Test(
        .enabled(if: PodmanHome.isInstalled, "needs podman and conmon"), arguments: ["docker-archive", "oci-archive"])
    func podmanAndSpyhopTakeEachOthersArchives(format: String) throws {
        try Workplace.with { (place) throws in
            let ours = place.directory + "/ours"
            try place.succeed("tag", "busybox", "localhost/ours:v1")
            try place.succeed("save", "--format", format, "-o", ours, "localhost/ours:v1")
            let identifier = try place.run("images", "-q", "--no-trunc", "busybox").trimmed
            try PodmanHome.with { podman in
                let loaded = try podman.run("load", "-i", ours)
                #expect(loaded.code == 0, "\(loaded)")
                #expect("sha256:" + (try podman.inspect("localhost/ours:v1", "{{.Id}}")) == identifier)
                let saved = try podman.run(
                    "save", "--format", format, "-o", place.directory + "/theirs", "localhost/ours:v1")
                #expect(saved.code == 0, "\(saved)")
            }
            try place.succeed("rmi", "busybox", "localhost/ours:v1")
            try place.succeed("load", "-i", place.directory + "/theirs")
            #expect(try place.images == ["localhost/ours:v1 \(identifier)"])
            #expect(try place.run("run", "--rm", "localhost/ours:v1", "echo", "back").output == "back\n")
        }
    }

    /// Every transport of skopeo that is written here, read there, and the other way round.
    @Test(arguments: ["oci:%:v1", "oci-archive:%:v1", "docker-archive:%:box:v1", "dir:%"])
    func skopeoAndSpyhopReadEachOthersPlaces(transport: String) throws {
        try Workplace.with(image: false) { (place) throws in
            func at(_ name: String) -> String {
                transport.replacingOccurrences(of: "%", with: "\(place.directory)/\(name)")
            }
            let registry = try RegistryServer(in: place.directory)
            let image = try HandmadeImage.box(20_000, 30_000)
            let origin = "docker://\(registry.address)/box:v1"
            try image.put(as: "\(registry.address)/box:v1", scratch: place.directory)

            try place.succeed("copy", origin, at("ours"))
            let read = try Skopeo.copy(at("ours"), "docker://\(registry.address)/read:v1", scratch: place.directory)
            #expect(read.code == 0, "\(read)")
            let written = try Skopeo.copy(origin, at("theirs"), scratch: place.directory)
            #expect(written.code == 0, "\(written)")
            try place.succeed("copy", at("theirs"), "docker://\(registry.address)/back:v1")
            for name in ["read", "back"] {
                try place.succeed("pull", "\(registry.address)/\(name):v1")
                #expect(
                    try place.run("images", "-q", "--no-trunc", "\(registry.address)/\(name):v1").trimmed
                        == image.identifier)
            }
            try place.succeed("copy", at("theirs"), "spyhop:local:v1")
            #expect(try place.run("run", "--rm", "local:v1", "ls", "/layers").output == "0\n1\n")
        }
    }

    @Test func aCopyBetweenRegistriesIsTheSameToTheByte() throws {
        try Workplace.with(image: false) { (place) throws in
            let one = try RegistryServer(in: place.directory)
            let other = try RegistryServer(in: place.directory, port: 5002)
            let own = try HandmadeImage.box(10)
            var tar = TarBuilder()
            tar.add("there", content: "x")
            let index = HandmadeImage.index([own, try HandmadeImage([tar.bytes], platform: "linux/s390x")])
            let foreign = try HandmadeImage([tar.bytes], platform: "linux/s390x")
            try HandmadeImage.put(index, of: [own, foreign], as: "\(one.address)/many", scratch: place.directory)
            try place.succeed("copy", "--all", "docker://\(one.address)/many", "docker://\(other.address)/many")
            let copied = try Skopeo.manifest("\(other.address)/many", scratch: place.directory)
            #expect(HandmadeImage.digest(Array(copied.output.utf8)) == index.digest, "\(copied)")
            #expect(FileManager.default.fileExists(atPath: other.file(of: foreign.layers[0].digest)))
            #expect(try place.storedFiles() == [])
        }
    }

    @Test func skopeoReadsTheStoreItself() throws {
        try Workplace.with { (place) throws in
            let copied = try Skopeo.copy(
                "oci:\(place.root):busybox:latest", "dir:\(place.directory)/out",
                scratch: place.directory)
            #expect(copied.code == 0, "\(copied)")
        }
    }
}
