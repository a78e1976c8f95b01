import Foundation
import Harness
import Testing

/// A podman of its own for one test: storage, run-time files, configuration and mounts are gone when the test ends.
final class PodmanHome {
    let directory: String
    private let hall: MountHall
    private let runtime: String
    var cgroupParent: String { "/" + (directory as NSString).lastPathComponent }

    /// Whether this machine has what it takes.
    static let isInstalled = Programs.installed("podman") != nil && Programs.installed("conmon") != nil

    private init() throws {
        directory = try TemporaryDirectory.make("spyhop-podman")
        runtime = EngineRuntime.path(in: directory)
        hall = try MountHall()
        // podman's own default raises limits above the ones of this process, which takes CAP_SYS_RESOURCE.
        let limits = "[containers]\ndefault_ulimits = [\"nofile=1024:1024\", \"nproc=4096:4096\"]\n"
        try limits.write(toFile: directory + "/containers.conf", atomically: true, encoding: .utf8)
        // Docker takes whatever is on loopback for a registry that may speak plain HTTP.
        try "[[registry]]\nlocation = \"127.0.0.1:5000\"\ninsecure = true\n".write(
            toFile: directory + "/registries.conf", atomically: true, encoding: .utf8)
    }

    /// Gives `body` a podman that has the image `busybox`, and afterwards looks whether anything is left.
    static func with(_ body: (PodmanHome) throws -> Void) throws {
        let podman = try PodmanHome()
        defer { podman.cleanUp() }
        let archive = podman.directory + "/busybox.tar"
        let packed = try Command.run(
            ["/bin/tar", "-C", BusyboxRoot.path, "-cf", archive, "."], scratch: podman.directory)
        let imported = try podman.run("import", archive, "busybox:latest")
        guard packed.code == 0, imported.code == 0 else {
            throw HarnessError("no image: \(packed.errors)\(imported.errors)")
        }
        try body(podman)
        podman.removeContainers()
        #expect(Command.eventually { HostTraces.processes(mentioning: podman.directory).isEmpty }, "processes are left")
        #expect(HostTraces.mounts(mentioning: podman.directory) == [], "left behind")
        #expect(HostTraces.cgroups(of: podman.seen) == [], "left behind")
    }

    /// Identifiers of containers, for the search in the cgroup trees.
    private(set) var seen: [String] = []

    private var environment: [String] {
        [
            Command.searchPath, "HOME=\(directory)", "LANG=C.UTF-8", "CONTAINERS_CONF=\(directory)/containers.conf",
            "CONTAINERS_REGISTRIES_CONF=\(directory)/registries.conf",
            "XDG_RUNTIME_DIR=\(directory)", "TMPDIR=\(directory)",
        ]
    }

    /// Every call is made in the same mount namespace, whose overlays vanish with it.
    private var clientWords: [String] {
        hall.entering + [
            Programs.installed("podman") ?? "podman", "--root", directory + "/root", "--runroot", directory + "/run",
            "--tmpdir", directory + "/tmp", "--network-config-dir", directory + "/networks", "--runtime", runtime,
            "--cgroup-manager", "cgroupfs", "--storage-driver", "overlay", "--events-backend", "file",
        ]
    }

    /// The socket of `service`.
    var socket: String { directory + "/podman.sock" }

    /// Starts podman's service, which speaks docker's API on `socket`; it ends with the test.
    func service() throws -> Child {
        let child = try Command.start(
            clientWords + ["system", "service", "--time", "0", "unix://\(socket)"], environment: environment,
            output: directory + "/service.log")
        guard Command.eventually({ access(socket, F_OK) == 0 }) else {
            throw HarnessError(
                "podman's service does not come up: \(Command.text(directory + "/service.log").suffix(2000))")
        }
        return child
    }

    /// Runs `podman ARGUMENTS` to its end.
    @discardableResult
    func run(_ arguments: String..., input: String = "") throws -> Outcome { try run(arguments, input: input) }

    @discardableResult
    func run(_ arguments: [String], input: String = "") throws -> Outcome {
        let outcome = try Command.run(
            clientWords + arguments, environment: environment, input: input, scratch: directory, seconds: 60)
        if outcome.code == 0, arguments.first == "run", outcome.trimmed.count == 64 { seen.append(outcome.trimmed) }
        return outcome
    }

    /// `podman run` below the test's own cgroup and without a network of its own making.
    @discardableResult
    func runContainer(_ arguments: String..., input: String = "") throws -> Outcome {
        try run(["run", "--cgroup-parent", cgroupParent, "--network", "none"] + arguments, input: input)
    }

    /// `podman ARGUMENTS` on a terminal.
    func terminal(_ arguments: String...) throws -> PseudoTerminal {
        try PseudoTerminal(clientWords + arguments, environment: environment + ["TERM=xterm"])
    }

    /// One field of `podman inspect`.
    func inspect(_ name: String, _ template: String) throws -> String {
        try run("inspect", "--format", template, name).trimmed
    }

    /// A file below a container's cgroup, by its v1 controller and file, and its v2 file.
    func limit(_ name: String, _ controller: String, v1: String, v2: String) throws -> String {
        try CgroupFile.value(of: inspect(name, "{{.State.Pid}}"), controller, v1: v1, v2: v2)
    }

    private func removeContainers() {
        _ = try? run("pod", "rm", "--all", "--force", "--time", "0")
        _ = try? run("rm", "--all", "--force", "--time", "0")
    }

    private func cleanUp() {
        removeContainers()
        for line in HostTraces.processes(mentioning: directory) {
            if let pid = line.split(separator: " ").dropFirst().first.flatMap({ pid_t($0) }) { kill(pid, SIGKILL) }
        }
        hall.close()
        CgroupFile.remove(named: (directory as NSString).lastPathComponent)
        _ = Command.eventually(attempts: 50) {
            (try? FileManager.default.removeItem(atPath: directory)) != nil || access(directory, F_OK) != 0
        }
    }
}
