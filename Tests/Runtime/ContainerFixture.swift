import Cgroups
import Engine
import Glibc
import LinuxSystem
import OCI

@testable import Runtime

/// Real containers from a busybox root, with everything they leave removed when the scope ends, also after a failure.
final class ContainerFixture: Sendable {
    static let canRun = getuid() == 0 && Files.exists("/bin/busybox") && Files.exists(monitorPath)

    /// The monitor that was built beside the tests.
    static let monitorPath: String = {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = buffer.withUnsafeMutableBytes { bytes in
            bytes.baseAddress.map { readlink("/proc/self/exe", $0, bytes.count) } ?? 0
        }
        let own = String(decoding: buffer.prefix(max(count, 0)), as: UTF8.self)
        // swift test runs the tests by a helper of the toolchain's, or as a program of their own.
        let arguments = CommandLine.arguments + [own]
        for path in arguments where path.contains("/debug/") || path.contains("/release/") {
            let candidate = Files.directory(of: path) + "/spyhop-monitor"
            if Files.exists(candidate) { return candidate }
        }
        return "/nonexistent/spyhop-monitor"
    }()

    let directory: String
    let id = ContainerID.random()
    let runtime: ContainerRuntime

    init() throws {
        directory = "/tmp/spyhop-runtime-\(UInt32.random(in: 0 ... .max))"
        for name in ["layer/bin", "state/upper", "state/work", "state/merged", "seccomp"] {
            try Files.makeDirectories("\(directory)/\(name)")
        }
        try Files.writeAtomically(try Files.read("/bin/busybox"), to: directory + "/layer/bin/busybox", mode: 0o755)
        for name in [
            "sh", "cat", "true", "sleep", "id", "mount", "hostname", "stty", "tty", "ps", "ls", "echo", "kill",
        ] {
            _ = symlink("busybox", "\(directory)/layer/bin/\(name)")
        }
        for name in ["hosts", "hostname", "resolv.conf"] {
            try Files.writeAtomically(Array("\(name) of spyhop\n".utf8), to: "\(directory)/state/\(name)")
        }
        runtime = ContainerRuntime(
            monitorPath: Self.monitorPath, seccompCache: directory + "/seccomp", hierarchies: try .detect())
    }

    var bundle: Bundle {
        Bundle(
            id: id, directory: directory + "/state",
            root: .overlay(
                base: directory, layers: ["layer"], upper: "state/upper", work: "state/work",
                merged: directory + "/state/merged"),
            socketPath: directory + "/monitor.sock", logPath: directory + "/state/container.log",
            eventsPath: directory + "/events.jsonl", eventAttributes: ["name": "test", "image": "busybox"])
    }

    /// Starts a container; `change` adjusts the request.
    func start(
        _ command: [String], attachment: Attachment? = nil, user: UInt32 = 0, network: BundleNetwork? = nil,
        _ change: (inout ContainerSpec) -> Void = { _ in }
    ) async throws -> Started {
        var request = ContainerSpec(image: "busybox", command: command)
        change(&request)
        let process = ResolvedProcess(
            arguments: command, workingDirectory: request.workingDirectory ?? "/", uid: user, gid: user)
        let spec = try SpecBuilder(
            request: request, process: process, hostname: "whale", rootPath: directory + "/state/merged",
            nameFilesDirectory: directory + "/state",
            host: HostFeatures.detect(runtime.hierarchies, privileged: request.privileged)
        ).spec()
        var bundle = self.bundle
        bundle.apply(request)
        bundle.network = network
        if request.tty { bundle.terminalSize = TerminalSize(columns: 91, rows: 33) }
        return try await runtime.start(spec, bundle, attachment: attachment)
    }

    /// Runs a command to its end; its output, both streams together, and its exit code.
    func run(
        _ script: String, user: UInt32 = 0, _ change: (inout ContainerSpec) -> Void = { _ in }
    ) async throws -> (output: String, code: Int32) {
        let started = try await start(["sh", "-c", script], attachment: [.output, .owner], user: user, change)
        return try await Self.drain(started.session)
    }

    static func drain(_ session: MonitorSession?) async throws -> (output: String, code: Int32) {
        var output: [UInt8] = []
        while let event = try await session?.next() {
            switch event {
            case .output(_, let bytes): output += bytes
            case .exited(let code): return (String(decoding: output, as: UTF8.self), code)
            case .detached(let reason): throw EngineError(.system, reason)
            }
        }
        throw EngineError(.system, "the session ended without an exit: \(String(decoding: output, as: UTF8.self))")
    }

    var status: MonitorStatus {
        get throws { try ContainerRuntime.status(directory: directory + "/state") }
    }

    /// Waits for the monitor's end, so that `status` is final.
    func waitForEnd() async throws -> MonitorStatus {
        while let monitor = try status.monitorPID {
            if let pidfd = try? Processes.open(monitor) { try await Readiness.shared.readable(pidfd.rawValue) }
        }
        return try status
    }

    /// Kills what still runs and removes every trace.
    func remove() async {
        if let cgroup = try? ContainerCgroup.expected(id: id, in: runtime.hierarchies) {
            if let monitor = try? status.monitorPID, let pidfd = try? Processes.open(monitor) {
                try? Processes.signal(pidfd: pidfd, SIGKILL)
                try? await Readiness.shared.readable(pidfd.rawValue)
            }
            try? cgroup.kill()
            try? cgroup.remove()
        }
        try? Files.removeTree(directory)
    }

    static func with(_ body: (ContainerFixture) async throws -> Void) async throws {
        let fixture = try ContainerFixture()
        do { try await body(fixture) } catch {
            await fixture.remove()
            throw error
        }
        await fixture.remove()
    }
}
