import Foundation
import Harness
import Testing

/// Kills transfers at random moments: the store opens afterwards, and what it lists is whole.
@Suite(.needsRoot, .needsRegistry, .serialized)
struct StoreCrashTests {
    private static let rounds = 200

    @Test func twoHundredKillsOfPullPushAndPruneLoseNothing() throws {
        let seed = UInt64.random(in: 0 ... .max)
        var numbers = SeededNumbers(seed: seed)
        try Workplace.with { (place) throws in
            let registry = try RegistryServer(in: place.directory)
            let names = (0..<3).map { "\(registry.address)/box\($0)" }
            for (number, name) in names.enumerated() {
                try HandmadeImage.box(80_000, 120_000 + number, 60_000).put(as: name, scratch: place.directory)
            }
            let longest = try span(of: names[0], in: place)
            for round in 0..<Self.rounds {
                let victims = try commands(names, round, &numbers).map { try place.start($0) }
                usleep(UInt32.random(in: 0...longest, using: &numbers))
                for victim in victims {
                    victim.signal(SIGKILL)
                    victim.wait()
                }
                let told = try place.run("images", "--no-trunc", "--format", "{{.ID}}")
                #expect(told.code == 0, "seed \(seed), round \(round): \(told.errors)")
                let lost = try place.missingContent()
                #expect(lost == [], "seed \(seed), round \(round)")
                guard told.code == 0, lost.isEmpty else { return }
            }
            for name in names {
                try place.succeed("pull", "-q", name)
                try place.succeed("tag", name, name + ":pushed")
                try place.succeed("push", "-q", name + ":pushed")
                #expect(
                    try Skopeo.copy(
                        "docker://\(name):pushed", "dir:\(place.directory)/back", scratch: place.directory
                    ).code == 0)
                #expect(try place.run("run", "--rm", name, "ls", "/layers").lines.count == 3)
            }
            #expect(try place.transfer("image", "verify").code == 0, "seed \(seed)")
            try place.succeed("image", "prune", "--all", "--force")
            #expect(try place.storedFiles() == [], "seed \(seed)")
        }
    }

    /// One or two commands that meet each other in the store.
    private func commands(_ names: [String], _ round: Int, _ numbers: inout SeededNumbers) -> [[String]] {
        (0...Int.random(in: 0...1, using: &numbers)).map { _ in
            let name = names[Int.random(in: 0..<names.count, using: &numbers)]
            switch Int.random(in: 0..<6, using: &numbers) {
            case 0: return ["image", "prune", "--all", "--force"]
            case 1: return ["image", "prune", "--force"]
            case 2: return ["rmi", "--force", name]
            case 3: return ["push", name]
            default: return ["pull", name]
            }
        }
    }

    /// Microseconds that a pull takes from its start to its end, and some more.
    private func span(of name: String, in place: Workplace) throws -> UInt32 {
        let start = DispatchTime.now().uptimeNanoseconds
        try place.succeed("pull", name)
        return UInt32((DispatchTime.now().uptimeNanoseconds - start) / 1000 * 5 / 4)
    }
}
