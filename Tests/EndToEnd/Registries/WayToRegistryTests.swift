import Foundation
import Harness
import Testing

/// Mirrors and proxies.
@Suite(.needsRoot)
struct WayToRegistryTests {
    @Test func aMirrorIsAskedFirstAndTheRegistryAfterwards() throws {
        try Workplace.with(image: false) { (place) throws in
            let image = try HandmadeImage.box(10)
            let registry = try ScriptedRegistry(ScriptedRegistry.Content(image))
            defer { registry.stop() }
            let mirror = try ScriptedRegistry(ScriptedRegistry.Content(image))
            defer { mirror.stop() }
            try place.configure(#"registries: {"\#(registry.address)": {mirrors: ["http://\#(mirror.address)"]}}"#)
            try place.succeed("pull", "\(registry.address)/box")
            #expect(registry.server.requests.isEmpty)
            #expect(try place.images == ["\(registry.address)/box:latest \(image.identifier)"])

            mirror.stop()
            try place.succeed("image", "prune", "--all", "--force")
            let pulled = try place.succeed("pull", "\(registry.address)/box")
            #expect(!registry.server.requests.isEmpty)
            #expect(pulled.code == 0)
        }
    }

    @Test func mirrorsOfDockerHubGetItsNames() throws {
        try Workplace.with(image: false) { (place) throws in
            let image = try HandmadeImage.box(10)
            let mirror = try ScriptedRegistry(ScriptedRegistry.Content(image))
            defer { mirror.stop() }
            try place.configure(#"registries: {docker.io: {mirrors: ["http://\#(mirror.address)"]}}"#)
            try place.succeed("pull", "box")
            #expect(mirror.server.requests.contains { $0.path.hasPrefix("/v2/library/box/") })
            #expect(try place.images == ["box:latest \(image.identifier)"])
        }
    }

    @Test func aMirrorThatLiesIsPassedOver() throws {
        try Workplace.with(image: false) { (place) throws in
            let image = try HandmadeImage.box(10)
            let registry = try ScriptedRegistry(ScriptedRegistry.Content(image))
            defer { registry.stop() }
            let mirror = try ScriptedServer { _ in .status(500, body: "not today") }
            defer { mirror.stop() }
            try place.configure(#"registries: {"\#(registry.address)": {mirrors: ["http://\#(mirror.host)"]}}"#)
            try place.succeed("pull", "\(registry.address)/box")
            #expect(!mirror.requests.isEmpty)
            #expect(try place.images == ["\(registry.address)/box:latest \(image.identifier)"])
        }
    }

    @Test func aProxyIsSpokenToForWhatIsNotHere() throws {
        try Workplace.with(image: false) { (place) throws in
            let image = try HandmadeImage.box(10)
            let registry = try ScriptedRegistry(ScriptedRegistry.Content(image))
            defer { registry.stop() }
            let proxy = try Relay(to: Int(registry.server.port), isProxy: true)
            defer { proxy.stop() }
            let name = "registry.example:5000/box"
            try place.configure(#"registries: {"registry.example:5000": {insecure: true}}"#)
            let variables = ["HTTP_PROXY=http://\(proxy.address)", "HTTPS_PROXY=http://\(proxy.address)"]
            let pulled = try place.transfer("pull", name, environment: variables)
            #expect(pulled.code == 0, "\(pulled)")
            #expect(Set(proxy.wanted) == ["registry.example:5000"])
            let direct = try place.transfer("pull", name, environment: variables + ["NO_PROXY=.example"])
            #expect(direct.code == 1)
        }
    }
}
