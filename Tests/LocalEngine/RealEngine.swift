import Engine
import Glibc
import LinuxSystem
import Logging

@testable import LocalEngine

/// An engine in a directory of its own with an image made from the host's busybox, for tests with real containers.
final class RealEngine: Sendable {
    static let monitorPath: String = {
        var path = [CChar](repeating: 0, count: 4096)
        let count = readlink("/proc/self/exe", &path, 4095)
        let program = String(decoding: path.prefix(max(0, count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return Files.directory(of: program) + "/spyhop-monitor"
    }()
    static let busybox = "/bin/busybox"
    /// Containers need root, the monitor and a busybox to put into the image.
    static let isPossible = getuid() == 0 && Files.exists(monitorPath) && Files.exists(busybox)

    let scratch: Scratch
    let engine: LocalEngine

    /// Runs `body` with an engine, and removes every container afterwards, whatever happened.
    static func run(_ body: (RealEngine) async throws -> Void) async throws {
        let bench = try RealEngine()
        do {
            try await bench.makeImage()
            try await body(bench)
        } catch {
            await bench.clear()
            throw error
        }
        await bench.clear()
    }

    private init() throws {
        scratch = try Scratch()
        engine = Self.engine(scratch)
    }

    /// A further engine on the same root, as another process would have it.
    func another() -> LocalEngine { Self.engine(scratch) }

    private static func engine(_ scratch: Scratch) -> LocalEngine {
        LocalEngine(
            LocalEngine.Configuration(
                root: scratch.path + "/root", runRoot: scratch.path + "/run", monitorPath: monitorPath,
                exitCommand: ["/bin/true"], logger: Logger(label: "test")))
    }

    private func makeImage() async throws {
        let tree = scratch.path + "/tree"
        for name in ["bin", "etc", "tmp", "data"] { try Files.makeDirectories("\(tree)/\(name)") }
        try scratch.write("root:x:0:0::/root:/bin/sh\nweb:x:100:101::/srv:/bin/sh\n", to: "tree/etc/passwd")
        try scratch.write("root:x:0:\nwww:x:101:\nlogs:x:200:web\n", to: "tree/etc/group")
        try scratch.write("text", to: "tree/data/file")
        try scratch.write("text", to: "tree/data/other")
        try Files.writeAtomically(try Files.read(Self.busybox), to: tree + "/bin/busybox", mode: 0o755)
        for name in ["sh", "sleep", "cat", "echo", "true", "id", "kill", "rm", "touch", "mkdir", "ln", "pwd"] {
            guard symlink("busybox", "\(tree)/bin/\(name)") == 0 else { throw SystemError.last("symlink", name) }
        }
        _ = try await engine.importRoot(
            ImageImport(source: .directory(tree), reference: "box", changes: ["CMD [\"sh\"]", "ENV FROM_IMAGE=yes"]))
    }

    private func clear() async {
        for container in (try? await engine.containers()) ?? [] {
            try? await engine.remove(container.id.rawValue, force: true)
        }
    }

    // MARK: - Shorthand

    func spec(_ script: String..., name: String? = nil) -> ContainerSpec {
        var spec = ContainerSpec(image: "box", command: script.count == 1 ? ["sh", "-c", script[0]] : script)
        spec.name = name
        // The machine's own network is no test's to change; end-to-end tests have one of their own.
        spec.networkMode = .none
        return spec
    }

    /// Makes and starts a container.
    @discardableResult
    func start(_ spec: ContainerSpec) async throws -> ContainerID {
        let id = try await engine.create(spec)
        try await engine.start(id.rawValue)
        return id
    }

    /// Runs a container to its end; its output and exit code.
    func output(_ spec: ContainerSpec) async throws -> (text: String, code: Int32) {
        let id = try await engine.create(spec)
        return try await Self.drain(try await engine.startAttached(id.rawValue, size: nil))
    }

    static func drain(_ session: any Session) async throws -> (text: String, code: Int32) {
        var bytes: [UInt8] = []
        while let event = try await session.next() {
            switch event {
            case .output(_, let more): bytes += more
            case .exited(let code): return (String(decoding: bytes, as: UTF8.self), code)
            case .detached(let reason): throw EngineError(.system, reason)
            }
        }
        throw EngineError(.system, "the session ended without an exit")
    }

    /// Waits for what happens soon; `false` when it does not within ten seconds.
    static func eventually(_ condition: () async throws -> Bool) async throws -> Bool {
        for _ in 0..<1000 {
            if try await condition() { return true }
            try await Task.sleep(for: .milliseconds(10))
        }
        return false
    }

    func state(_ reference: String) async throws -> ContainerState { try await engine.container(reference).state }
}
