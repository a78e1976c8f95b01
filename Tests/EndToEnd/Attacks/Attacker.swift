import Foundation
import Harness

/// The program of `Attacker/attacker.c`.
enum Attacker {
    private static let program: BuiltProgram = {
        let program = BuiltProgram("Attacker/attacker.c")
        atexit { Attacker.program.remove() }
        return program
    }()

    /// Its path on the host; nil without a C compiler.
    static var path: String? { program.path }

    /// The option that brings it into a container, as /attacker.
    static func volume() throws -> [String] { try program.volume() }
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
