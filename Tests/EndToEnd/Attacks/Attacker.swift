import Foundation
import Harness

/// The program of `Attacker/attacker.c`, built once for the test process.
enum Attacker {
    /// Its path on the host; nil without a C compiler.
    static let path: String? = {
        guard let compiler = Programs.installed("gcc") ?? Programs.installed("cc"),
            let directory = try? TemporaryDirectory.make("spyhop-attacker")
        else { return nil }
        folder = directory
        atexit { try? FileManager.default.removeItem(atPath: Attacker.folder) }
        let source = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Attacker/attacker.c").path
        let made = try? Command.run(
            [compiler, "-static", "-O1", "-Wall", "-o", directory + "/attacker", source], scratch: directory)
        return made?.code == 0 ? directory + "/attacker" : nil
    }()

    /// Written once before `path` is known, read when the process ends.
    nonisolated(unsafe) private static var folder = ""

    /// The option that brings it into a container, as /attacker.
    static func volume() throws -> [String] {
        guard let path else { throw HarnessError("the attacker cannot be built: is there a C compiler?") }
        return ["-v", "\(path):/attacker:ro"]
    }
}

extension Workplace {
    /// What an attack says that is tried by the first process of a container.
    func attack(_ words: String..., options: [String] = []) throws -> String {
        try run(["run", "--rm"] + options + Attacker.volume() + ["busybox", "/attacker"] + words).trimmed
    }

    /// What it says as a further process of the running container `name`, which has the attacker.
    func attack(in name: String, _ words: String...) throws -> String {
        try run(["exec", name, "/attacker"] + words).trimmed
    }
}
