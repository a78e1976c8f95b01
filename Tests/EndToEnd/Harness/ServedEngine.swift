import Foundation
import Harness
import Testing

/// Another engine with its API on a socket, and a Spyhop of its own beside it; gone when the test ends.
struct ServedEngine {
    /// Which one it is.
    enum Kind: String, CaseIterable, CustomTestStringConvertible {
        case docker, podman

        var testDescription: String { rawValue }
        var isInstalled: Bool { self == .docker ? DockerDaemon.isInstalled : PodmanHome.isInstalled }
    }

    let kind: Kind
    let directory: String
    let socket: String
    /// Runs the engine's own command line.
    let native: ([String]) throws -> Outcome
    /// dockerd, or podman's service.
    let daemon: Child
    /// Starts podman's service anew on its socket.
    var revive: () throws -> Child? = { nil }

    /// What containers are made with: no network is made on the machine itself.
    var options: [String] {
        kind == .docker
            ? ["--network", "none"]
            : ["--network", "none", "--cgroup-parent", "/" + (directory as NSString).lastPathComponent]
    }

    /// Gives `body` an engine that has the image `busybox`.
    static func with(_ kind: Kind, _ body: (ServedEngine) throws -> Void) throws {
        switch kind {
        case .docker:
            try DockerDaemon.with { (docker) throws in
                try body(
                    ServedEngine(
                        kind: kind, directory: docker.directory, socket: docker.socket,
                        native: { try docker.run($0) }, daemon: docker.daemon))
            }
        case .podman:
            try PodmanHome.with { (podman) throws in
                let service = try podman.service()
                defer {
                    if service.poll() == nil { service.signal(SIGTERM) }
                    service.wait()
                    // A command's watchman stays for five minutes, for who asks for the command's end late.
                    for line in HostTraces.processes(mentioning: podman.directory)
                    where line.contains("--exec-process-spec") {
                        if let pid = line.split(separator: " ").dropFirst().first.flatMap({ pid_t($0) }) {
                            kill(pid, SIGKILL)
                        }
                    }
                }
                try body(
                    ServedEngine(
                        kind: kind, directory: podman.directory, socket: podman.socket,
                        native: { try podman.run($0) }, daemon: service, revive: { try podman.service() }))
            }
        }
    }

    var environment: [String] {
        [
            Command.searchPath, "HOME=\(directory)/home", "LANG=C.UTF-8", "SPYHOP_ROOT=\(directory)/spyhop",
            "XDG_CONFIG_HOME=\(directory)/config",
        ]
    }

    /// Runs `spyhop --engine KIND -H SOCKET ARGUMENTS`.
    @discardableResult
    func run(_ arguments: String..., input: String = "") throws -> Outcome { try run(arguments, input: input) }

    @discardableResult
    func run(_ arguments: [String], input: String = "") throws -> Outcome {
        try plain(["--engine", kind.rawValue, "-H", "unix://\(socket)"] + arguments, input: input)
    }

    /// Runs `spyhop ARGUMENTS`, to which the environment tells of the engine.
    @discardableResult
    func plain(_ arguments: [String], input: String = "") throws -> Outcome {
        let address = kind == .docker ? "DOCKER_HOST" : "CONTAINER_HOST"
        return try Command.run(
            [Programs.spyhop] + arguments, environment: environment + ["\(address)=unix://\(socket)"], input: input,
            scratch: directory, seconds: 120)
    }

    /// `spyhop --engine KIND -H SOCKET ARGUMENTS` on a terminal.
    func terminal(_ arguments: String..., columns: Int = 120, rows: Int = 40) throws -> PseudoTerminal {
        try PseudoTerminal(
            [Programs.spyhop, "--engine", kind.rawValue, "-H", "unix://\(socket)"] + arguments,
            environment: environment + ["TERM=xterm-256color", "COLORTERM=truecolor"], columns: columns, rows: rows)
    }

    /// `spyhop run OPTIONS ARGUMENTS`.
    @discardableResult
    func runContainer(_ arguments: String..., input: String = "") throws -> Outcome {
        try run(["run"] + options + arguments, input: input)
    }

    /// What the engine itself says a container's state is.
    func state(_ name: String) throws -> String {
        try native(["inspect", "--format", "{{.State.Status}}", name]).trimmed
    }
}
