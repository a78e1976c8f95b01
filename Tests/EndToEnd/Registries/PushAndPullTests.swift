import Foundation
import Harness
import Testing

/// Images to a real registry and back.
@Suite(.needsRoot, .needsRegistry)
struct PushAndPullTests {
    @Test func whatIsPushedComesBackAsItWas() throws {
        try Workplace.with { (place) throws in
            let registry = try RegistryServer(in: place.directory)
            let name = "\(registry.address)/team/box:v1"
            try place.succeed("tag", "busybox", name)
            let identifier = try place.run("images", "-q", "--no-trunc", "busybox").trimmed
            let pushed = try place.succeed("push", name)
            let told = try #require(pushed.lines.last)
            #expect(told.hasPrefix("v1: digest: sha256:") && told.contains(" size: "), "\(pushed.output)")
            try place.succeed("rmi", "busybox", name)
            let remains = try place.storedFiles()
            #expect(remains == [])

            let pulled = try place.succeed("pull", name)
            let digest = told.split(separator: " ")[2]
            #expect(pulled.lines.first == "v1: Pulling from team/box")
            #expect(
                pulled.lines.suffix(3) == [
                    "Digest: \(digest)", "Status: Downloaded newer image for \(name)", name,
                ])
            #expect(try place.images == ["\(registry.address)/team/box:v1 \(identifier)"])
            #expect(try place.run("run", "--rm", name, "echo", "back").output == "back\n")
            let again = try place.succeed("pull", name)
            #expect(again.lines.contains("Status: Image is up to date for \(name)"))
            #expect(registry.fetches().count == 2, "configuration and layer, once each: \(registry.fetches())")
        }
    }

    @Test(arguments: [HandmadeImage.Family.oci, .docker])
    func bothFamiliesOfManifestsArePulled(family: HandmadeImage.Family) throws {
        try Workplace.with(image: false) { (place) throws in
            let registry = try RegistryServer(in: place.directory)
            let image = try HandmadeImage.box(10, 200_000, family: family)
            let name = "\(registry.address)/box"
            try image.put(as: name, scratch: place.directory)
            try place.succeed("pull", "-q", name)
            #expect(try place.images == ["\(name):latest \(image.identifier)"])
            #expect(
                try place.run("inspect", "--format", "{{json .RepoDigests}}", name).trimmed
                    == #"["\#(name)@\#(image.digest)"]"#)
            #expect(try place.run("run", "--rm", name, "stat", "-c", "%s", "/layers/1").trimmed == "200000")

            try place.succeed("tag", name, name + ":again")
            try place.succeed("push", "-q", name + ":again")
            let back = try Skopeo.manifest(name + ":again", scratch: place.directory)
            #expect(HandmadeImage.digest(Array(back.output.utf8)) == image.digest, "the manifest goes back unchanged")
        }
    }

    @Test func anIndexGivesTheImageOfThePlatform() throws {
        try Workplace.with(image: false) { (place) throws in
            let registry = try RegistryServer(in: place.directory)
            let own = try HandmadeImage.box(10)
            var tar = TarBuilder()
            tar.add("only-there", content: "x")
            let other = try HandmadeImage([tar.bytes], platform: "linux/s390x")
            let index = HandmadeImage.index([other, own])
            let name = "\(registry.address)/many"
            try HandmadeImage.put(index, of: [other, own], as: name, scratch: place.directory)

            let pulled = try place.succeed("pull", name)
            #expect(pulled.lines.contains("Digest: \(index.digest)"))
            #expect(try place.images == ["\(name):latest \(own.identifier)"])
            #expect(registry.fetches(of: other.layers[0].digest).isEmpty)
            try place.succeed("pull", "--platform", "linux/s390x", name)
            #expect(try place.images.contains("\(name):latest \(other.identifier)"))
            let refused = try place.transfer("pull", "--platform", "linux/riscv64", name)
            #expect(refused.code == 1)
            #expect(refused.errors.contains("linux/riscv64") && refused.errors.contains("linux/s390x"))
        }
    }

    @Test func digestsArePulledAndWhatIsNotThereIsTold() throws {
        try Workplace.with(image: false) { (place) throws in
            let registry = try RegistryServer(in: place.directory)
            let image = try HandmadeImage.box(10)
            let name = "\(registry.address)/box"
            try image.put(as: name, scratch: place.directory)
            let pinned = "\(name)@\(image.digest)"
            try place.succeed("pull", pinned)
            #expect(try place.run("images", "-q", "--no-trunc").trimmed == image.identifier)
            #expect(try place.run("run", "--rm", pinned, "echo", "pinned").output == "pinned\n")

            let files = try place.storedFiles()
            for missing in [
                "\(name):none", "\(registry.address)/nothing", "\(name)@sha256:\(String(repeating: "0", count: 64))",
            ] {
                let refused = try place.transfer("pull", missing)
                #expect(refused.code == 1)
                #expect(refused.errors.contains(missing), "\(refused.errors)")
            }
            #expect(try place.storedFiles() == files)
        }
    }

    @Test func aRunOfAnImageThatIsNotHerePullsIt() throws {
        try Workplace.with(image: false) { (place) throws in
            let registry = try RegistryServer(in: place.directory)
            let name = "\(registry.address)/box:v1"
            try HandmadeImage.box(10).put(as: name, scratch: place.directory)
            let refused = try place.transfer("run", "--rm", "--pull", "never", name, "true")
            #expect(refused.code == 125)
            let ran = try place.transfer("run", "--rm", name, "echo", "here")
            #expect(ran.code == 0 && ran.output == "here\n", "\(ran)")
            #expect(ran.errors.contains("Unable to find image '\(name)' locally"))
            let newer = try HandmadeImage.box(10, 10, seed: 2)
            try newer.put(as: name, scratch: place.directory)
            let always = try place.transfer("run", "--rm", "--pull", "always", name, "ls", "/layers")
            #expect(always.output == "0\n1\n", "\(always)")
        }
    }

    @Test func layersThatThereAreAreNotSentAgain() throws {
        try Workplace.with(image: false) { (place) throws in
            let registry = try RegistryServer(in: place.directory)
            let first = "\(registry.address)/first"
            let image = try HandmadeImage.box(100_000)
            try image.put(as: first, scratch: place.directory)
            try place.succeed("pull", first)
            try place.succeed("tag", first, first + ":again")
            try place.succeed("tag", first, "\(registry.address)/second")
            let before = registry.requests.count
            try place.succeed("push", first + ":again")
            try place.succeed("push", "\(registry.address)/second")
            let sent = registry.requests.dropFirst(before)
            #expect(sent.filter { ["PATCH", "PUT"].contains($0.method) && $0.path.contains("/blobs/") }.isEmpty)
            let mounts = sent.filter { $0.method == "POST" && $0.path.contains("mount=") && $0.status == 201 }
            #expect(mounts.count == image.blobs.count, "\(sent)")
            #expect(try Skopeo.manifest("\(registry.address)/second", scratch: place.directory).code == 0)
        }
    }

    @Test func twoPullsAtOnceFetchALayerOnce() throws {
        try Workplace.with(image: false) { (place) throws in
            let registry = try RegistryServer(in: place.directory)
            let image = try HandmadeImage.box(1_000_000, 2_000_000)
            try image.put(as: "\(registry.address)/box", scratch: place.directory)
            let line = try Relay(to: 5000, fault: .hold(after: 300_000))
            defer { line.stop() }
            let before = registry.requests.count
            let pulls = try (0..<3).map { _ in try place.start("pull", "\(line.address)/box") }
            #expect(Command.eventually { line.isHolding })
            line.mend()
            #expect(try pulls.map { try $0.wait(seconds: 60) } == [0, 0, 0])
            for layer in image.layers {
                let fetched = registry.requests.dropFirst(before).filter {
                    $0.path.hasSuffix(layer.digest) && $0.method == "GET"
                }
                #expect(fetched.reduce(0) { $0 + $1.written } == layer.bytes.count, "\(fetched)")
            }
            #expect(try place.run("run", "--rm", "\(line.address)/box", "ls", "/layers").output == "0\n1\n")
        }
    }

    @Test func tagsAreListed() throws {
        try Workplace.with(image: false) { (place) throws in
            let registry = try RegistryServer(in: place.directory)
            let image = try HandmadeImage.box(10)
            for tag in ["v2", "v1", "latest"] {
                try image.put(as: "\(registry.address)/box:\(tag)", scratch: place.directory)
            }
            #expect(Set(try place.succeed("tags", "\(registry.address)/box").lines) == ["latest", "v1", "v2"])
            let all = try place.succeed("pull", "--all-tags", "\(registry.address)/box")
            #expect(all.code == 0)
            #expect(try place.images.count == 3)
        }
    }

    @Test func transfersAreEvents() throws {
        try Workplace.with { (place) throws in
            let registry = try RegistryServer(in: place.directory)
            let name = "\(registry.address)/box:v1"
            try place.succeed("tag", "busybox", name)
            try place.succeed("push", name)
            try place.succeed("pull", name)
            let events = try place.run(
                "events", "--since", "1h", "--until", "0s", "--filter", "type=image", "--format",
                "{{.Action}} {{.Actor.ID}}"
            ).lines
            #expect(events.contains("push \(name)"), "\(events)")
            #expect(events.contains("pull \(name)"), "\(events)")
        }
    }
}
