import Foundation
import Harness
import Testing

/// What registries say beside images: limits, pages, search, referrers, and being busy.
@Suite(.needsRoot)
struct RegistryAnswerTests {
    @Test func whatIsLeftOfARateLimitIsTold() throws {
        try Workplace.with(image: false) { (place) throws in
            let image = try HandmadeImage.box(10)
            let registry = try ScriptedRegistry(ScriptedRegistry.Content(image)) { request in
                guard request.path.contains("/manifests/") else { return nil }
                return .status(
                    200,
                    [
                        ("Content-Type", image.manifest.mediaType), ("ratelimit-limit", "100;w=21600"),
                        ("ratelimit-remaining", "3;w=21600"),
                    ], body: image.manifest.bytes)
            }
            defer { registry.stop() }
            let pulled = try place.succeed("pull", "\(registry.address)/box")
            #expect((pulled.output + pulled.errors).contains("3 of 100"), "\(pulled)")
        }
    }

    @Test func aLimitThatIsReachedIsTold() throws {
        try Workplace.with(image: false) { (place) throws in
            let registry = try ScriptedServer { request in
                request.path.contains("/manifests/")
                    ? .status(
                        429, [("Content-Type", "application/json"), ("Retry-After", "3600")],
                        body:
                            #"{"errors":[{"code":"TOOMANYREQUESTS","message":"You have reached your pull rate limit."}]}"#
                    )
                    : .status(200, body: "{}")
            }
            defer { registry.stop() }
            let refused = try place.transfer("pull", "\(registry.host)/box")
            #expect(refused.code == 1)
            #expect(refused.errors.contains("You have reached your pull rate limit"), "\(refused.errors)")
        }
    }

    @Test func aRegistryThatIsBusyIsAskedAgain() throws {
        try Workplace.with(image: false) { (place) throws in
            let image = try HandmadeImage.box(10)
            let busy = FirstTimes()
            let registry = try ScriptedRegistry(ScriptedRegistry.Content(image)) { request in
                guard request.path.count > "/v2/".count, busy.isFirst(request.path) else { return nil }
                return .status(503, [("Retry-After", "0")], body: "busy")
            }
            defer { registry.stop() }
            try place.succeed("pull", "\(registry.address)/box")
            #expect(try place.run("images", "-q", "--no-trunc").trimmed == image.identifier)
        }
    }

    @Test func tagsComeInPages() throws {
        try Workplace.with(image: false) { (place) throws in
            let registry = try ScriptedServer { request in
                guard request.path == "/v2/box/tags/list" else { return .status(200, body: "{}") }
                let page = request.query.contains("last=b") ? 1 : 0
                let link = ("Link", "</v2/box/tags/list?last=b&n=2>; rel=\"next\"")
                return .status(
                    200, page == 0 ? [link] : [],
                    body: #"{"name":"box","tags":\#(page == 0 ? #"["a","b"]"# : #"["c"]"#)}"#)
            }
            defer { registry.stop() }
            #expect(try place.succeed("tags", "\(registry.host)/box").lines == ["a", "b", "c"])
        }
    }

    @Test(.needsRegistry) func aRegistryIsSearchedByItsCatalog() throws {
        try Workplace.with(image: false) { (place) throws in
            let registry = try RegistryServer(in: place.directory)
            let image = try HandmadeImage.box(10)
            for name in ["team/whale", "team/dolphin"] {
                try image.put(as: "\(registry.address)/\(name)", scratch: place.directory)
            }
            let found = try place.succeed("search", "--format", "{{.Name}}", "\(registry.address)/whale")
            #expect(found.lines.count == 1 && found.output.contains("team/whale"), "\(found.output)")
        }
    }

    @Test(.needsRegistry) func anImageIsLookedAtWithoutItsLayers() throws {
        try Workplace.with(image: false) { (place) throws in
            let registry = try RegistryServer(in: place.directory)
            let own = try HandmadeImage.box(10, 20)
            let other = try HandmadeImage([TarBuilder().bytes], platform: "linux/s390x")
            let index = HandmadeImage.index([own, other])
            let name = "\(registry.address)/many"
            try HandmadeImage.put(index, of: [own, other], as: name, scratch: place.directory)
            let told = try place.succeed("inspect", "--remote", name)
            for word in [index.digest, own.digest, "linux/s390x", own.layers[1].digest] {
                #expect(told.output.contains(word), "\(word) in \(told.output)")
            }
            #expect(registry.fetches(of: own.layers[0].digest).isEmpty)
            #expect(try place.storedFiles() == [])
        }
    }

    /// docker-registry 2.8 has no list of referrers: it is the fall-back tag's (distribution-spec, "Referrers Tag Schema").
    @Test(arguments: [true, false])
    func whatRefersToAnImageIsTold(hasList: Bool) throws {
        try Workplace.with(image: false) { (place) throws in
            let image = try HandmadeImage.box(10)
            let artifact = HandmadeImage.Blob(
                mediaType: image.family.manifest,
                bytes: Array(
                    """
                    {"schemaVersion":2,"mediaType":"\(image.family.manifest)","artifactType":"application/vnd.example.sbom",\
                    "config":{"mediaType":"application/vnd.oci.empty.v1+json","digest":"\(HandmadeImage.digest(Array("{}".utf8)))",\
                    "size":2},"layers":[],"subject":\(image.manifest.descriptor)}
                    """.utf8))
            let entry = artifact.descriptor.dropLast() + #","artifactType":"application/vnd.example.sbom"}"#
            let list = HandmadeImage.Blob(
                mediaType: image.family.index,
                bytes: Array(#"{"schemaVersion":2,"mediaType":"\#(image.family.index)","manifests":[\#(entry)]}"#.utf8))
            var content = ScriptedRegistry.Content(image)
            content.manifests[artifact.digest] = artifact
            if !hasList { content.manifests["sha256-" + image.digest.dropFirst("sha256:".count)] = list }
            let registry = try ScriptedRegistry(content) { request in
                hasList && request.path.hasSuffix("/referrers/\(image.digest)")
                    ? .status(200, [("Content-Type", image.family.index)], body: list.bytes) : nil
            }
            defer { registry.stop() }
            let told = try place.succeed("inspect", "--remote", "\(registry.address)/box")
            #expect(told.output.contains(artifact.digest), "\(told.output)")
            #expect(told.output.contains("application/vnd.example.sbom"))
        }
    }
}
