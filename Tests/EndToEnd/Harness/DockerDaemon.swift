import Foundation
import Harness
import Testing

/// A dockerd with its containerd for one test: its state below a temporary directory, its mounts in a namespace of its own.
final class DockerDaemon {
    let directory: String
    let daemon: Child
    var socket: String { directory + "/docker.sock" }

    /// Whether this machine has what it takes.
    static let isInstalled = Programs.installed("dockerd") != nil && Programs.installed("containerd") != nil

    private init(_ further: (_ directory: String) throws -> [String]) throws {
        directory = try TemporaryDirectory.make("spyhop-docker")
        guard let dockerd = Programs.installed("dockerd"), let unshare = Programs.installed("unshare") else {
            throw HarnessError("dockerd is not installed")
        }
        let runtime = EngineRuntime.path(in: directory)
        try "{}".write(toFile: directory + "/daemon.json", atomically: true, encoding: .utf8)
        let words = [
            unshare, "--mount", "--", dockerd, "--config-file", directory + "/daemon.json", "--data-root",
            directory + "/data", "--exec-root", directory + "/exec", "--pidfile", directory + "/pid", "--host",
            "unix://\(directory)/docker.sock", "--bridge", "none", "--iptables=false", "--ip6tables=false",
            "--add-runtime", "spyhop=\(runtime)", "--default-runtime", "spyhop", "--cgroup-parent",
            "/" + (directory as NSString).lastPathComponent,
        ]
        daemon = try Command.start(
            words + further(directory), environment: Self.environment, output: directory + "/log")
    }

    private static let environment = [Command.searchPath, "HOME=/nonexistent", "LANG=C.UTF-8"]

    /// Gives `body` a daemon that has the image `busybox`, and afterwards looks whether anything is left.
    /// - Parameter further: options for it, when its directory is there.
    static func with(
        _ further: (_ directory: String) throws -> [String] = { _ in [] }, _ body: (DockerDaemon) throws -> Void
    ) throws {
        let docker = try DockerDaemon(further)
        defer { docker.cleanUp() }
        guard try Command.eventually({ try docker.run("version").code == 0 }) else {
            throw HarnessError("dockerd does not come up: \(Command.text(docker.directory + "/log").suffix(2000))")
        }
        let archive = docker.directory + "/busybox.tar"
        let packed = try Command.run(
            ["/bin/tar", "-C", BusyboxRoot.path, "-cf", archive, "."], scratch: docker.directory)
        guard packed.code == 0, try docker.run("import", archive, "busybox:latest").code == 0 else {
            throw HarnessError("no image: \(packed.errors)")
        }
        try body(docker)
        docker.removeContainers()
        let left = HostTraces.cgroups(of: docker.seen)
        #expect(left == [], "left behind")
    }

    /// Identifiers of containers, for the search in the cgroup trees.
    private(set) var seen: [String] = []

    /// Runs `docker ARGUMENTS` to its end.
    @discardableResult
    func run(_ arguments: String..., input: String = "") throws -> Outcome { try run(arguments, input: input) }

    @discardableResult
    func run(_ arguments: [String], input: String = "") throws -> Outcome {
        let outcome = try Command.run(
            clientWords + arguments, environment: Self.environment, input: input, scratch: directory, seconds: 60)
        if outcome.code == 0, ["run", "create"].contains(arguments.first), outcome.trimmed.count == 64 {
            seen.append(outcome.trimmed)
        }
        return outcome
    }

    /// `docker ARGUMENTS` on a terminal.
    func terminal(_ arguments: String...) throws -> PseudoTerminal {
        try PseudoTerminal(clientWords + arguments, environment: Self.environment + ["TERM=xterm"])
    }

    private var clientWords: [String] { ["/usr/bin/docker", "--host", "unix://\(socket)"] }

    /// One field of `docker inspect`.
    func inspect(_ name: String, _ template: String) throws -> String {
        try run("inspect", "--format", template, name).trimmed
    }

    /// A file below a container's cgroup, by its v1 controller and file, and its v2 file.
    func limit(_ name: String, _ controller: String, v1: String, v2: String) throws -> String {
        let pid = try inspect(name, "{{.State.Pid}}")
        return CgroupFile.value(of: pid, controller, v1: v1, v2: v2)
    }

    private func removeContainers() {
        guard let all = try? run("ps", "-aq"), !all.lines.isEmpty else { return }
        _ = try? run(["rm", "-f", "-v"] + all.lines)
    }

    private func cleanUp() {
        removeContainers()
        daemon.signal(SIGTERM)
        if (try? daemon.wait(seconds: 20)) == nil { daemon.wait() }
        for line in HostTraces.processes(mentioning: directory) {
            if let pid = line.split(separator: " ").dropFirst().first.flatMap({ pid_t($0) }) { kill(pid, SIGKILL) }
        }
        CgroupFile.remove(named: (directory as NSString).lastPathComponent)
        _ = Command.eventually(attempts: 50) {
            (try? FileManager.default.removeItem(atPath: directory)) != nil || access(directory, F_OK) != 0
        }
    }
}
