import Cgroups
import Engine
import Glibc
import LinuxSystem
import OCI

@testable import Runtime

/// A bundle with a busybox root in a directory of its own, which goes when the scope ends.
struct BundleFixture {
    let directory: String
    let launcher: BundleLauncher

    static func with(_ body: (BundleFixture) throws -> Void) throws {
        let directory = "/tmp/spyhop-bundle-\(UInt32.random(in: 0 ... .max))"
        defer { try? Files.removeTree(directory) }
        for name in ["bin", "etc", "proc", "dev", "sys", "tmp", "root"] {
            try Files.makeDirectories("\(directory)/rootfs/\(name)")
        }
        try Files.writeAtomically(try Files.read("/bin/busybox"), to: directory + "/rootfs/bin/busybox", mode: 0o755)
        for name in ["sh", "cat", "true", "sleep", "id", "hostname", "ls", "stat", "ps", "grep", "cut"] {
            _ = symlink("busybox", "\(directory)/rootfs/bin/\(name)")
        }
        try Files.writeAtomically(Array("root:x:0:0:root:/root:/bin/sh\n".utf8), to: directory + "/rootfs/etc/passwd")
        let launcher = BundleLauncher(
            monitorPath: ContainerFixture.monitorPath, seccompCache: directory + "/seccomp", hierarchies: try .detect())
        try body(BundleFixture(directory: directory, launcher: launcher))
    }

    func spec(_ script: String) -> Spec {
        let kinds: [LinuxNamespace.Kind] = [.pid, .network, .mount, .ipc, .uts, .cgroup]
        return Spec(
            process: OCI.Process(
                cwd: "/", env: ["PATH=/bin"], args: ["sh", "-c", script],
                capabilities: LinuxCapabilities(
                    bounding: ["CAP_KILL"], effective: ["CAP_KILL"], permitted: ["CAP_KILL"])),
            root: Root(path: directory + "/rootfs"), hostname: "whale",
            mounts: [
                Mount(destination: "/proc", type: "proc", source: "proc"),
                Mount(destination: "/dev", type: "tmpfs", source: "tmpfs", options: ["nosuid", "mode=755"]),
            ],
            linux: Linux(namespaces: kinds.map { LinuxNamespace(type: $0) }))
    }

    func launch(
        _ script: String, output: Int32, gate: String?, _ change: (inout Spec) -> Void = { _ in },
        handlers: @escaping (Int32) throws -> Void = { _ in }
    ) throws -> Int32 {
        var spec = spec(script)
        change(&spec)
        var launch = BundleLaunch(
            spec: spec, id: "one", bundle: directory, rootfs: directory + "/rootfs",
            cgroup: ContainerCgroup(paths: [:]), gate: gate)
        launch.streams = [0, output, output]
        return try launcher.create(launch, LaunchHandlers(hooks: handlers))
    }

    /// Runs a script to its end; its output, which must fit into a pipe, and its exit code.
    func run(
        _ script: String, _ change: (inout Spec) -> Void = { _ in },
        handlers: @escaping (Int32) throws -> Void = { _ in }
    ) throws -> (output: String, code: Int32) {
        let ends = try Pipe().take()
        let reading = OwnedDescriptor(owning: ends.read)
        let writing = OwnedDescriptor(owning: ends.write)
        let pid = try launch(script, output: writing.rawValue, gate: nil, change, handlers: handlers)
        close(writing.take())
        let output = try reading.readAll(limit: 1 << 16)
        return (String(decoding: output, as: UTF8.self), Self.wait(pid))
    }

    static func wait(_ pid: Int32) -> Int32 {
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0 { if errno != EINTR { return -1 } }
        return status & 0x7f == 0 ? (status >> 8) & 0xff : 128 + (status & 0x7f)
    }
}
