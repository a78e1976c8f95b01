import Foundation
import Harness
import Testing

/// Registries that lie, flood or never answer: each costs a clear message, and nothing that was here before.
@Suite(.needsRoot)
struct HostileRegistryTests {
    private static let image = Result { try HandmadeImage.box(10, 50_000) }

    @Test(arguments: HostileRegistry.answers)
    func isRefusedAndLeavesNothing(hostile: HostileRegistry) throws { try refuse(hostile) }

    @Test(arguments: HostileRegistry.layers)
    func layersAreRefusedAndLeaveNothing(hostile: HostileRegistry) throws { try refuse(hostile) }

    private func refuse(_ hostile: HostileRegistry) throws {
        try Workplace.with { (place) throws in
            let (content, answer) = try hostile.make(Self.image.get())
            let registry = try ScriptedRegistry(content, answer: answer)
            defer { registry.stop() }
            let images = try place.images
            let files = try place.storedFiles()
            let outcome = try place.transfer("pull", "\(registry.address)/\(hostile.reference)")
            #expect(outcome.code == 1, "\(outcome)")
            let message = outcome.errors.lowercased()
            #expect(hostile.words.contains { message.contains($0.lowercased()) }, "\(outcome.errors)")
            #expect(outcome.errors.split(separator: "\n").count <= 4, "\(outcome.errors)")
            let controls = (outcome.errors + outcome.output).unicodeScalars.filter { $0.value < 0x20 && $0 != "\n" }
            #expect(controls.isEmpty, "\(controls)")
            #expect(registry.server.bytesSent < hostile.patience)
            #expect(try place.images == images)
            if hostile.mayKeepDownload { try place.succeed("image", "prune", "--force") }
            let left = try place.storedFiles()
            #expect(left == files)
            #expect(!FileManager.default.fileExists(atPath: "/tmp/spyhop-escape"))
            #expect(try place.run("run", "--rm", "busybox", "echo", "fine").output == "fine\n")
        }
    }

    @Test func credentialsStayWithTheRegistryThatTheyAreFor() throws {
        try Workplace.with(image: false) { (place) throws in
            let image = try Self.image.get()
            let content = ScriptedRegistry.Content(image)
            let elsewhere = try ScriptedServer { request in
                ScriptedRegistry.blob(content.blobs[String(request.path.dropFirst())] ?? [], request)
            }
            defer { elsewhere.stop() }
            let registry = try ScriptedRegistry(content) { request in
                guard request.header("authorization") != nil else {
                    return .status(401, [("WWW-Authenticate", "Basic realm=\"whales\"")])
                }
                guard request.path.contains("/blobs/") else { return nil }
                let digest = request.path.split(separator: "/").last ?? ""
                return .status(307, [("Location", "http://localhost:\(elsewhere.port)/\(digest)")])
            }
            defer { registry.stop() }
            try place.writeDockerConfiguration(login: "whale:spout", at: registry.address)
            try place.succeed("pull", "\(registry.address)/box")
            #expect(elsewhere.requests.count >= image.blobs.count)
            #expect(elsewhere.requests.allSatisfy { $0.header("authorization") == nil && $0.header("cookie") == nil })
        }
    }

    @Test func tagsWithoutAnEndAreGivenUp() throws {
        try Workplace.with(image: false) { (place) throws in
            let registry = try ScriptedServer { request in
                guard request.path.hasSuffix("/tags/list") else { return .status(200, body: "{}") }
                let page = (Int(request.query.filter(\.isNumber)) ?? 0) + 1
                return .status(
                    200,
                    [("Link", "</v2/box/tags/list?last=\(page)>; rel=\"next\""), ("Content-Type", "application/json")],
                    body: #"{"name":"box","tags":["v\#(page)"]}"#)
            }
            defer { registry.stop() }
            let outcome = try place.transfer("tags", "\(registry.host)/box")
            #expect(outcome.code == 1)
            #expect(outcome.errors.contains("pages") || outcome.errors.contains("tags"), "\(outcome.errors)")
        }
    }

    @Test func theSamePageOfTagsAgainIsNoReasonToGoOn() throws {
        try Workplace.with(image: false) { (place) throws in
            let registry = try ScriptedServer { request in
                .status(200, [("Link", "<\(request.target)>; rel=\"next\"")], body: #"{"name":"box","tags":["v1"]}"#)
            }
            defer { registry.stop() }
            _ = try place.transfer("tags", "\(registry.host)/box")
            #expect(registry.requests.count < 10)
        }
    }
}
