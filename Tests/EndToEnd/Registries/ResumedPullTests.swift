import Foundation
import Harness
import Testing

/// Pulls that break and go on.
@Suite(.needsRoot, .needsRegistry)
struct ResumedPullTests {
    /// A registry with one image behind a bad line: what each test begins with.
    private func with(
        _ fault: Relay.Fault,
        _ body: (_ place: Workplace, _ registry: RegistryServer, _ line: Relay, _ image: HandmadeImage) throws -> Void
    ) throws {
        try Workplace.with(image: false) { (place) throws in
            let registry = try RegistryServer(in: place.directory)
            var numbers = SeededNumbers(seed: 7)
            var tar = TarBuilder()
            tar.add("big", bytes: (0..<4_000_000).map { _ in UInt8.random(in: 0...255, using: &numbers) })
            let image = try HandmadeImage([tar.bytes])
            try image.put(as: "\(registry.address)/big", scratch: place.directory)
            let line = try Relay(to: 5000, fault: fault)
            defer { line.stop() }
            try body(place, registry, line, image)
        }
    }

    @Test func aPullThatBreaksGoesOnWhereItBroke() throws {
        try with(.cut(after: 2_500_000, times: 2)) { place, registry, line, image in
            let pulled = try place.transfer("pull", "\(line.address)/big")
            #expect(pulled.code == 0, "\(pulled)")
            #expect(try place.run("images", "-q", "--no-trunc").trimmed == image.identifier)
            #expect(registry.requests.contains { $0.status == 206 && $0.path.hasSuffix(image.layers[0].digest) })
            #expect(line.passed < image.layers[0].bytes.count * 2)
            #expect(try place.succeed("image", "verify", "\(line.address)/big").code == 0)
        }
    }

    @Test func aKilledPullIsTakenUpByTheNext() throws {
        try with(.hold(after: 2_500_000)) { place, registry, line, image in
            let victim = try place.start("pull", "\(line.address)/big")
            let digits = image.layers[0].digest.dropFirst("sha256:".count)
            #expect(Command.eventually { Workplace.size(of: "\(place.root)/downloads/\(digits)") > 2_000_000 })
            victim.signal(SIGKILL)
            victim.wait()
            line.mend()
            #expect(try place.run("images", "-q").output == "")
            let before = line.passed
            let pulled = try place.transfer("pull", "\(line.address)/big")
            #expect(pulled.code == 0, "\(pulled)")
            #expect(registry.requests.contains { $0.status == 206 && $0.path.hasSuffix(image.layers[0].digest) })
            #expect(line.passed - before < image.layers[0].bytes.count / 2, "only the rest is fetched")
            #expect(try place.run("images", "-q", "--no-trunc").trimmed == image.identifier)
            #expect(try place.succeed("image", "verify", "\(line.address)/big").code == 0)
        }
    }

    @Test func aPullThatIsInterruptedEndsSoonAndLeavesThePastAlone() throws {
        try with(.hold(after: 2_500_000)) { place, _, line, _ in
            let victim = try place.start("pull", "\(line.address)/big")
            #expect(Command.eventually { line.isHolding })
            victim.signal(SIGINT)
            #expect(try victim.wait(seconds: 20) == 130)
            #expect(try place.run("images", "-q").output == "")
        }
    }
}
