import Foundation
import Harness
import Testing

/// A Spyhop of its own for one test: state below a temporary directory, gone with all its containers when the test ends.
final class Workplace {
    let root: String
    let directory: String

    /// Where the programs of this build are.
    static let products = Programs.directory
    static let spyhop = Programs.spyhop

    private init() throws {
        directory = try TemporaryDirectory.make("spyhop-test")
        root = directory + "/root"
        mkdir(root, 0o700)
        network = try NetworkSpace()
    }

    /// The network namespace that its commands run in, so that networks are never made on the machine itself.
    let network: NetworkSpace

    /// Gives `body` a workplace with the image `busybox`, and afterwards checks that nothing is left of it.
    static func with<Result>(image: Bool = true, _ body: (Workplace) throws -> Result) throws -> Result {
        let workplace = try Workplace()
        return try workplace.network.inside { try with(workplace, image: image, body) }
    }

    private static func with<Result>(
        _ workplace: Workplace, image: Bool, _ body: (Workplace) throws -> Result
    ) throws -> Result {
        defer { workplace.cleanUp() }
        if image {
            let made = try workplace.run("import", "--change", #"CMD ["sh"]"#, BusyboxRoot.path, "busybox:latest")
            guard made.code == 0 else { throw HarnessError("import failed: \(made.errors)") }
        }
        let result = try body(workplace)
        workplace.removeContainers()
        #expect(workplace.leftovers() == [], "left behind")
        return result
    }

    var environment: [String] {
        [
            Command.searchPath, "HOME=\(directory)", "LANG=C.UTF-8",
            "SPYHOP_ROOT=\(root)", "XDG_CONFIG_HOME=\(directory)/config",
        ]
    }

    /// Runs `spyhop ARGUMENTS` to its end.
    @discardableResult
    func run(_ arguments: String..., input: String = "", environment extra: [String] = []) throws -> Outcome {
        try run(arguments, input: input, environment: extra)
    }

    /// Runs `spyhop ARGUMENTS` to its end.
    func run(_ arguments: [String], input: String = "", environment extra: [String] = []) throws -> Outcome {
        try Command.run(
            [Self.spyhop] + arguments, environment: environment + extra, input: input, scratch: directory)
    }

    /// Starts `spyhop ARGUMENTS` without waiting; its output is thrown away.
    func start(_ arguments: String...) throws -> Child { try start(arguments) }

    /// Starts `spyhop ARGUMENTS` without waiting; its output is thrown away.
    func start(_ arguments: [String]) throws -> Child {
        try Command.start([Self.spyhop] + arguments, environment: environment)
    }

    /// The state word of a container (`running`, `exited`, …); empty when there is none.
    func state(_ name: String) throws -> String { try run("inspect", "--format", "{{.State.Status}}", name).trimmed }

    /// Asks again until `condition` holds; the bound is there to end a test that would hang, not to time anything.
    func eventually(
        _ what: String, sourceLocation: SourceLocation = #_sourceLocation, _ condition: () throws -> Bool
    ) throws {
        for _ in 0..<600 {
            if try condition() { return }
            usleep(50_000)
        }
        Issue.record("never happened: \(what)", sourceLocation: sourceLocation)
    }

    func removeContainers() {
        guard let all = try? run("ps", "-aq"), all.code == 0, !all.lines.isEmpty else { return }
        _ = try? run(["rm", "-f"] + all.lines)
    }

    /// Every trace of this workplace outside its directory: processes, mounts, cgroups.
    func leftovers() -> [String] {
        HostTraces.processes(mentioning: root) + HostTraces.mounts(mentioning: root)
            + HostTraces.cgroups(of: identifiers)
    }

    /// Identifiers of containers that this workplace ever had, for the search in the cgroup trees.
    private(set) var identifiers: [String] = []

    /// Remembers an identifier for the search of `leftovers`.
    func watch(_ identifier: String) {
        if !identifier.isEmpty, !identifiers.contains(identifier) { identifiers.append(identifier) }
    }

    private func cleanUp() {
        removeContainers()
        for line in HostTraces.processes(mentioning: root) {
            if let pid = line.split(separator: " ").dropFirst().first.flatMap({ pid_t($0) }) { kill(pid, SIGKILL) }
        }
        try? FileManager.default.removeItem(atPath: directory)
    }
}
